// basin run, as a user runs it: same bytes on any number of workers, plain words, exit codes.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { curvesCsv, fingerprint, inProcess, runExperiment, runsCsv } from "@basin/experiment";
import { readStore } from "@basin/experiment/node";
import { basin, bytesOf, environment, fresh, main, recordsIn } from "./basin.ts";

const small = [
  "run",
  "sphere",
  "--optimizers",
  "gradient-descent,random-search",
  "--seeds",
  "4",
  "--budget",
  "300",
];

describe("results", () => {
  const folders = [1, 2, 3].map((workers) => {
    const out = fresh();
    basin([...small, "--workers", String(workers), "-o", out]);
    return out;
  });
  const all = folders.map(bytesOf);

  test("are the same bytes on 1, 2 and 3 workers", () => {
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
    expect(Object.keys(all[0]!)).toEqual([
      "curves.csv",
      "curves.svg",
      "runs.csv",
      "runs.ndjson",
      "spec.json",
      "summary.csv",
    ]);
  });

  test("are those of the experiment package in this process, byte for byte", async () => {
    const result = await runExperiment(
      { problems: ["sphere"], optimizers: ["gradient-descent", "random-search"], replicates: 4, budget: 300 },
      { catalog, executor: inProcess(catalog, () => performance.now()) },
    );
    expect(all[0]!["runs.csv"]).toBe(runsCsv(result));
    expect(all[0]!["curves.csv"]).toBe(curvesCsv(result));
    const read = readStore(folders[0]!, catalog);
    expect(fingerprint(read)).toBe(fingerprint(result));
    expect(basin(small).out).toContain(`Fingerprint ${fingerprint(result)}`);
  });

  test("the picture is an SVG with the names of the optimizers", () => {
    expect(all[0]!["curves.svg"]).toMatch(/^<svg xmlns=[^]*gradient-descent[^]*random-search[^]*<\/svg>\n$/);
  });

  test("the same command again runs nothing and changes nothing", () => {
    const again = basin([...small, "-o", folders[0]!]);
    expect(again.err).toBe(`${folders[0]!}: 8 of 8 runs are there already.\n`);
    expect(again.code).toBe(0);
    expect(bytesOf(folders[0]!)).toEqual(all[0]);
  });

  test("its spec.json is an experiment file", () => {
    const out = fresh();
    expect(basin(["run", join(folders[0]!, "spec.json"), "-o", out]).code).toBe(0);
    expect(bytesOf(out)).toEqual(all[0]);
  });
});

describe("words", () => {
  const long = [
    "run",
    "sphere,rosenbrock",
    "--optimizers",
    "adam,adam:rate=0.01,random-search,cma-es",
    "--seeds",
    "5",
    "--budget",
    "500",
  ];
  test("fit into 80 columns where nothing says how wide the terminal is, without colour", () => {
    const { out, code } = basin(long);
    expect(code).toBe(0);
    for (const line of out.split("\n")) expect([...line].length <= 80 || line).toBe(true);
    expect(out).not.toContain("\u001B");
    expect(out).toMatch(/evaluations \(log scale\)/);
    expect(out).toMatch(/On rosenbrock: after 500 evaluations/);
    expect(out).toMatch(/✗ Same care[^]*adam\s+rate=0\.01/);
  });
  test("have colour where it is forced, and none where it is refused", () => {
    expect(basin(small, { FORCE_COLOR: "1" }).out).toContain("\u001B[38;5;");
    expect(basin(small, { FORCE_COLOR: "1", NO_COLOR: "1" }).out).not.toContain("\u001B");
  });
  test("--json gives one event a line and nothing else", () => {
    const { out, err } = basin([...small, "--json"]);
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual([
      "begin",
      ...Array.from({ length: 8 }, () => "run"),
      "end",
    ]);
    expect(err).toBe("");
  });
});

describe("an experiment file", () => {
  test("may have comments and trailing commas, and the command line changes its numbers", () => {
    const file = `${fresh("file")}.jsonc`;
    writeFileSync(
      file,
      `{
        // what is compared
        "problems": ["sphere"], /* and how */
        "optimizers": ["gradient-descent", "random-search",],
        "replicates": 100,
      }`,
    );
    const out = fresh();
    expect(basin(["run", file, "--seeds", "4", "--budget", "300", "-o", out]).code).toBe(0);
    expect(recordsIn(out)).toBe(8);
  });
  test("that is piped in is read", () => {
    const text = `{ "problems": ["sphere"], "optimizers": ["random-search"], "replicates": 2, "budget": "10n" }`;
    const { code, out, err } = basin(["plan", "-", "--seeds", "3", "--json"], {}, text);
    expect([code, err, (JSON.parse(out) as { runs: number }).runs]).toEqual([0, "", 3]);
    expect(basin(["run", "-"], {}, "{").err).toMatch(
      /^basin: standard input: line 1, column 2: it is not JSON/,
    );
  });
  test("with faults is refused, and all of them are told", () => {
    const file = `${fresh("file")}.json`;
    writeFileSync(
      file,
      `{ "problems": ["spere"], "optimizers": [{ "name": "adam", "settings": { "rte": 1 } }], "seeds": 3 }`,
    );
    const { code, err } = basin(["run", file]);
    expect(code).toBe(2);
    expect(err).toContain(`basin: ${file}: 3 faults:\n  line 1: seeds is unknown`);
    expect(err).toMatch(/problems\[0\]: there is no problem spere \(did you mean sphere\)/);
    expect(err).toMatch(/optimizers\[0\]\.settings: rte is unknown \(did you mean rate\)/);
  });
});

describe("options beside a file", () => {
  const file = `${fresh("file")}.json`;
  writeFileSync(
    file,
    JSON.stringify({
      problems: [{ name: "sphere", settings: { dimension: 3 } }],
      optimizers: [
        "random-search",
        { name: "adam", settings: { rate: [0.01, 0.1] } },
        {
          name: "adam",
          label: "tuned",
          settings: { rate: 0.3 },
          tuning: { runs: 9, seeds: 3, varied: ["rate"], criterion: "" },
        },
      ],
      replicates: 2,
      budget: 50,
      seed: 7,
    }),
  );
  const specOf = (...options: readonly string[]): Record<string, unknown> & { optimizers: object[] } => {
    const out = fresh();
    const { code, err } = basin(["run", file, ...options, "-o", out, "--no-plot"]);
    expect([code, err]).toEqual([0, ""]);
    return JSON.parse(readFileSync(join(out, "spec.json"), "utf8")) as never;
  };
  const adam = (label: string, rate: number): object => ({
    name: "adam",
    label,
    settings: { rate },
    family: "gradient-descent",
  });

  test("stand above what it says, and spec.json says so", () => {
    expect(specOf("--optimizers", "adam:rate=0.2", "--seeds", "1", "--budget", "20n", "--seed", "3")).toEqual(
      {
        problems: [{ name: "sphere", settings: { dimension: 3 }, label: "sphere", dimension: 3 }],
        optimizers: [adam("adam", 0.2)],
        replicates: 1,
        budget: "20n",
        seed: 3,
      },
    );
    expect(specOf("--problems", "branin", "--target", "1")).toMatchObject({
      problems: [{ name: "branin" }],
      optimizers: [{ name: "random-search" }, adam("adam rate=0.01", 0.01), {}, { label: "tuned" }],
      target: 1,
      budget: 50,
    });
  });
  test("--set takes the place of a grid, and what is set by hand is not tuned", () => {
    const { optimizers } = specOf("--set", "adam.rate=0.5", "--problem-set", "dimension=2");
    expect(optimizers.slice(1)).toEqual([adam("adam", 0.5), adam("tuned", 0.5)]);
  });
  test("go into presets too", () => {
    const words = ["--problem-set", "dimension=3", "--optimizers", "adam", "--seeds", "1", "--budget", "9"];
    const { out } = basin(["plan", "local-minima", ...words, "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      runs: 3,
      spec: { problems: [{ settings: { dimension: 3 } }, {}, {}], budget: 9 },
    });
  });
  test("all faults are told, those of the file and those of the options", () => {
    const { code, err } = basin(["run", file, "--problems", "spere", "--set", "adam.rte=1"]);
    expect([code, err]).toEqual([2, expect.stringMatching(/no problem spere[^]*rte is unknown/)]);
  });
});

describe("usage", () => {
  const file = `${fresh("file")}.json`;
  writeFileSync(file, "{ not json");
  const empty = fresh("empty");
  mkdirSync(empty);
  test.each<[string, readonly string[], RegExp]>([
    ["no command", [], /Usage: basin/],
    ["no problem", ["run"], /missing required argument 'problem'/],
    ["an unknown command", ["rum", "sphere"], /unknown command 'rum'[^]*Did you mean run/],
    ["an unknown option", ["run", "sphere", "--optimisers", "adam"], /Did you mean --optimizers/],
    ["a misspelt problem", ["run", "penguin-logistic"], /did you mean penguins-logistic/],
    ["a misspelt optimizer", ["run", "sphere", "--optimizers", "adm"], /did you mean adam/],
    ["no optimizer", ["run", "sphere", "--optimizers", ","], /give at least one optimizer/],
    [
      "a misspelt setting",
      ["run", "sphere", "--optimizers", "adam:rte=1"],
      /rte is unknown \(did you mean rate\)/,
    ],
    ["a setting out of range", ["run", "sphere", "--optimizers", "adam", "--set", "adam.rate=-1"], /rate/],
    [
      "a setting for nobody",
      ["run", "sphere", "--optimizers", "adam", "--set", "adm.rate=1"],
      /did you mean adam/,
    ],
    ["no setting", ["run", "sphere", "--optimizers", "adam", "--set", "adam.rate"], /write it as name=value/],
    [
      "a misspelt setting of the problem",
      ["run", "sphere", "--optimizers", "adam", "--problem-set", "dimensions=3"],
      /did you mean dimension/,
    ],
    ["an endless target", ["run", "sphere", "--target", "Infinity"], /Give a number/],
    ["a folder without a name", ["run", "sphere", "--optimizers", "adam", "-o", ""], /"": it is not there/],
    ["an empty folder to report", ["report", empty], /it holds no experiment/],
    ["a folder to tune into", ["tune", "sphere", "-o", empty, "--force"], /is a folder/],
    ["a folder to tune into that cannot be", ["tune", "sphere", "-o", join(file, "t.json")], /not a folder/],
    ["half a seed", ["run", "sphere", "--seeds", "1.5"], /whole number/],
    ["no budget", ["run", "sphere", "--budget", "0"], /above 0/],
    ["words for a number", ["run", "sphere", "--budget", "many"], /Write evaluations, such as 2000/],
    ["a misspelt multiple", ["run", "sphere", "--budget", "100*n"], /a multiple of the dimension: "100n"/],
    ["no workers", ["run", "sphere", "--workers", "0"], /1 to 1024, or auto/],
    [
      "an optimizer that does not fit",
      ["run", "plateau,one-max", "--optimizers", "gradient-descent"],
      /one-max/,
    ],
    ["a folder", ["run", tmpdir()], /it is a folder; name a problem/],
    ["a file of another kind", ["run", fileURLToPath(import.meta.url)], /ends in \.json or \.jsonc/],
    ["a file that is not there", ["run", "nowhere.json"], /cannot be read/],
    ["a file that is not JSON", ["run", file], /not JSON/],
    ["other problems beside problems", ["run", "sphere", "--problems", "branin"], /sphere,branin/],
    [
      "a folder below a file",
      ["run", "sphere", "--optimizers", "adam", "-o", join(file, "out")],
      /not a folder/,
    ],
    ["a file as folder", ["run", "sphere", "--optimizers", "adam", "-o", file], /a file, not a folder/],
    ["an unknown name to list", ["list", "adm"], /did you mean adam/],
    ["a name to list that is like none", ["list", "zzzzzzzzz"], /basin list names them all/],
    ["a problem that is like none", ["run", "zzzzzzzzz"], /^basin: .{20,300} and \d+ more\)$/m],
    ["a module that is not there", ["check", "./nowhere.js"], /no such file/],
    ["a package that is not there", ["check", "no-such-package"], /cannot be imported/],
  ])("%s: exit 2, plain words, no stack trace", (_, args, said) => {
    const { code, err, out } = basin(args);
    expect(err + out).toMatch(said);
    expect(err).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });
  // systems differ in where nothing can be written
  test.runIf(existsSync("/dev/full"))("a full disk behind the output is told in one line", () => {
    const { status, stderr } = spawnSync("sh", ["-c", '"$0" "$1" list > /dev/full', process.execPath, main], {
      env: environment(),
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^basin: its output could not be written: [^\n]*\n$/),
    ]);
  });
  test("help and version are no mistakes", () => {
    for (const args of [["--help"], ["run", "--help"], ["--version"]]) expect(basin(args).code).toBe(0);
  });
});

describe("the folder", () => {
  test("of another experiment is refused, unless it is forced", () => {
    const out = fresh();
    expect(basin([...small, "-o", out]).code).toBe(0);
    const before = bytesOf(out);
    const other = [...small.slice(0, -1), "200", "-o", out];
    const refused = basin(other);
    expect([refused.code, refused.out]).toEqual([2, ""]);
    expect(refused.err).toMatch(
      /another experiment \(with other budget: 300 there, 200 here\); choose another folder, or add --force/,
    );
    expect(bytesOf(out)).toEqual(before);
    expect(basin([...other, "--force"]).code).toBe(0);
    expect(JSON.parse(readFileSync(join(out, "spec.json"), "utf8"))).toMatchObject({ budget: 200 });
    expect(recordsIn(out)).toBe(8);
  });
  test("that is named as if it were a problem: how to go on with it is said", () => {
    const out = fresh();
    expect(basin([...small, "-o", out]).code).toBe(0);
    const { code, err } = basin(["run", out]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`basin run ${out}/spec.json -o ${out} goes on with it`),
    ]);
    expect(basin(["run", `${out}/spec.json`, "-o", out]).code).toBe(0);
  });
  test("that holds other files is refused; --force leaves them", () => {
    const out = fresh();
    mkdirSync(out);
    writeFileSync(join(out, "thesis.tex"), "dear");
    expect(basin([...small, "-o", out]).err).toMatch(/holds files, but no experiment/);
    expect(basin([...small, "-o", out, "--force"]).code).toBe(0);
    expect(readFileSync(join(out, "thesis.tex"), "utf8")).toBe("dear");
  });
});
