// basin tune, and the schema of experiment files.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { basin, fresh } from "./basin.ts";

const words = ["sphere", "--optimizers", "gradient-descent,random-search", "--budget", "60", "--seeds", "3"];

test("tune writes an experiment with what was chosen, and says with what effort; the comparison takes it", () => {
  const file = `${fresh("tuned")}.json`;
  const effort = ["--trials", "6", "--tune-seeds", "2", "--parameters", "gradient-descent.rate"];
  // choices are tried as well; what belongs to none of them is found out, and said
  const usual = basin(["tune", ...words, "--trials", "2", "--tune-seeds", "1"]);
  expect(usual.out.replaceAll("\n", " ")).toMatch(
    /Left alone, because they change nothing here: [^.]*order of gradient-descent\./,
  );
  // whatever was chosen can be read
  expect(usual.out).not.toContain("…");
  const { code, out, err } = basin(["tune", ...words, ...effort, "-o", file]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/lowest median loss after 60 evaluations over 2 held-out seeds\./);
  for (const line of out.split("\n\nWritten")[0]!.split("\n"))
    expect([...line].length <= 80 || line).toBe(true);
  const spec = JSON.parse(readFileSync(file, "utf8")) as {
    optimizers: { settings: object; tuning: object }[];
  };
  expect(spec.optimizers[0]!.tuning).toMatchObject({ runs: 12, seeds: 2, varied: ["rate"] });
  expect(Object.keys(spec.optimizers[0]!.settings)).toEqual(["rate"]);
  expect(basin(["run", file]).out).toMatch(
    /✓ Same care: every optimizer got the same number of tuning runs\./,
  );
  // the same choice again, on another number of threads; and nothing is overwritten unasked
  const again = `${fresh("again")}.json`;
  basin(["tune", ...words, ...effort, "--workers", "1", "-o", again]);
  expect(readFileSync(again, "utf8")).toBe(readFileSync(file, "utf8"));
  expect(basin(["tune", ...words, "-o", file]).err).toMatch(/it is there already/);
});

test.each<[string, readonly string[], RegExp]>([
  ["one that does not take part", ["--parameters", "adam.rate"], /adam does not take part/],
  [
    "one that is unknown",
    ["--parameters", "gradient-descent.rte"],
    /neither a range nor choices to be tuned over/,
  ],
  ["no hyperparameter", ["--parameters", "rate"], /optimizer\.setting/],
])("tune refuses %s", (_, args, said) => {
  const out = `${fresh("never")}.json`;
  const { code, err } = basin(["tune", ...words, ...args, "-o", out]);
  expect([code, err, existsSync(out)]).toEqual([2, expect.stringMatching(said), false]);
});

test("list --schema is a JSON Schema of experiment files", () => {
  const schema = JSON.parse(basin(["list", "--schema"]).out) as { properties: object };
  expect(Object.keys(schema.properties)).toContain("problems");
});

test("lists and ranges on the command line are grids", () => {
  const { out, code } = basin([
    "plan",
    "bbob-*",
    "--problem-set",
    "dimension=[2,3]",
    "--optimizers",
    "random-search",
    "--seeds",
    "1",
    "--budget",
    "20",
    "--json",
  ]);
  expect([code, (JSON.parse(out) as { runs: number }).runs]).toEqual([0, 48]);
});
