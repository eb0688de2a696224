// Parts, merging, verifying, planning and exporting: what is done with experiments that are kept in folders.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { basin, bytesOf, fresh, recordsIn } from "./basin.ts";

const words = ["bbob-f1,sphere", "--optimizers", "cma-es,random-search", "--seeds", "3", "--budget", "300"];
const whole = fresh("whole");
const reference = basin(["run", ...words, "-o", whole]);

test("parts that are merged are the same bytes as one run", () => {
  const parts = [1, 2, 3].map((i) => {
    const out = fresh("part");
    const { code, out: said } = basin(["run", ...words, "--shard", `${i}/3`, "-o", out]);
    expect([code, said]).toEqual([0, expect.stringMatching(new RegExp(`^Part ${i} of 3 is complete`))]);
    expect(recordsIn(out)).toBe(4);
    return out;
  });
  const out = fresh("merged");
  const first = basin(["merge", parts[2]!, parts[0]!, "-o", out]);
  expect([first.code, first.out]).toEqual([0, expect.stringMatching(/8 of 12 runs are there, 4 missing/)]);
  const all = basin(["merge", ...parts, "-o", out]);
  expect(all.code).toBe(0);
  expect(bytesOf(out)).toEqual(bytesOf(whole));
  expect(all.out.split("\n\nWritten")[0]).toBe(reference.out.split("\n\nWritten")[0]);
});

test("parts of other experiments are not merged", () => {
  const other = fresh("other");
  expect(basin(["run", "sphere", "--optimizers", "random-search", "--seeds", "1", "-o", other]).code).toBe(0);
  const { code, err } = basin(["merge", whole, other, "-o", fresh()]);
  expect([code, err]).toEqual([2, expect.stringMatching(/holds another experiment/)]);
});

test("verify finds every bit the same, and one that is not", () => {
  expect(basin(["verify", whole])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^✓ 12 of 12 runs run again with Node .*: every bit is the same\.\n$/),
  });
  expect(basin(["verify", whole, "--sample", "2"]).out).toMatch(/^✓ 2 of 12 runs/);
  const events = basin(["verify", whole, "--sample", "2", "--seed", "3", "--json"])
    .out.trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: string });
  expect(events.map(({ event }) => event)).toEqual(["run", "run", "end"]);
  expect(events.at(-1)).toEqual({ event: "end", compared: 2, differing: 0 });
  const forged = fresh("forged");
  basin(["run", ...words, "-o", forged]);
  const file = join(forged, "runs.ndjson");
  const text = readFileSync(file, "utf8");
  // the last digit of one loss, somewhere in the middle of a trace
  const changed = text.replace(
    /("loss":\{"\$":"Float64Array","v":\[.*?)(\d)(,)/,
    (_, head: string, digit: string, rest: string) => head + String((Number(digit) + 1) % 10) + rest,
  );
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  const { code, out, err } = basin(["verify", forged]);
  expect([code, out + err]).toEqual([
    1,
    expect.stringMatching(/✗ run 0 \(cma-es on bbob-f1, seed 1\)[^]*1 of 12 runs differ/),
  ]);
});

test("plan counts the runs and forecasts the time, and runs nothing", () => {
  const { code, out } = basin(["plan", ...words]);
  expect(code).toBe(0);
  expect(out).toMatch(/^12 runs, 300 evaluations each\n/);
  expect(out).toMatch(/^bbob-f1 +cma-es +3 +1 s$/m);
  expect(out).toMatch(/^About \d+ s on \d+ workers? here/m);
  const json = JSON.parse(basin(["plan", ...words, "--json"]).out) as { runs: number; seconds: number };
  expect(json.runs).toBe(12);
  expect(json.seconds).toBeGreaterThan(0);
});

test("a plan of many problems is told in few lines, and its pairs do not wait for each other", () => {
  const { out } = basin(["plan", "bbob", "--budget", "20n", "--dimensions", "2", "--json"]);
  const { seconds, spec } = JSON.parse(out) as {
    seconds: number;
    spec: { problems: { dimension: number }[] };
  };
  expect([spec.problems.length, spec.problems[0]!.dimension]).toEqual([120, 2]);
  // 24,000 evaluations: together the pairs would wait for each other, and make hours of it
  expect(seconds).toBeLessThan(120);
  const lines = basin(["plan", "bbob", "--budget", "20n", "--dimensions", "2"]).out.split("\n");
  expect(lines[0]).toBe("600 runs, 20 × n evaluations each");
  expect(lines.length).toBeLessThan(45);
});

test("export writes logs for COCO and IOHprofiler, and refuses what COCO does not know", () => {
  const ioh = fresh("ioh");
  expect(basin(["export", whole, "--format", "ioh", "-o", ioh]).code).toBe(0);
  expect(readdirSync(ioh).length).toBeGreaterThan(0);
  const refused = basin(["export", whole, "--format", "coco", "-o", fresh()]);
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringMatching(/^basin: \S+: sphere: not among the functions of bbob/),
  ]);
  expect(basin(["export", whole, "--format", "ioh", "-o", ioh]).err).toMatch(/not empty/);
  expect(basin(["export", whole, "--format", "csv", "-o", fresh()]).code).toBe(2);
});

test("more seeds and optimizers take over what another folder has, to the same bytes as if all had been run", () => {
  const more = [
    "bbob-f1,sphere",
    "--optimizers",
    "random-walk,cma-es,random-search",
    "--seeds",
    "4",
    "--budget",
    "300",
  ];
  const [anew, out] = [fresh("anew"), fresh("extended")];
  expect(basin(["run", ...more, "-o", anew]).code).toBe(0);
  const { code, err } = basin(["run", ...more, "-o", out, "--reuse", whole]);
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(/^12 runs are taken over from .*\n.*: 12 of 24 runs are there already\.\n$/),
  ]);
  expect(bytesOf(out)).toEqual(bytesOf(anew));
  // another budget gives other runs
  const longer = basin(["run", ...words.slice(0, -1), "301", "-o", fresh(), "--reuse", whole]);
  expect(longer.err).toMatch(/^0 runs are taken over/);
  expect(basin(["run", ...more, "--reuse", whole]).err).toMatch(/add -o <folder>/);
  expect(basin(["run", ...more, "-o", fresh(), "--reuse", fresh("nowhere")]).code).toBe(2);
});

test("more seeds are added to the folder itself, to the same bytes as if all had been run", () => {
  const [anew, out] = [fresh("anew"), fresh("more")];
  const seeds = (n: number): string[] => words.map((word) => (word === "3" ? String(n) : word));
  const fresher = basin(["run", ...seeds(5), "-o", anew]);
  expect(basin(["run", ...words, "-o", out]).code).toBe(0);
  const { code, err, out: said } = basin(["run", join(out, "spec.json"), "--seeds", "5", "-o", out]);
  expect([code, err]).toEqual([
    0,
    `${out}: 5 seeds now, 3 before.\n${out}: 12 of 20 runs are there already.\n`,
  ]);
  expect(said.replaceAll(out, anew)).toBe(fresher.out);
  expect(bytesOf(out)).toEqual(bytesOf(anew));
  // fewer, or with another budget too: nothing is touched
  const fewer = basin(["run", ...words, "-o", out]);
  expect([fewer.code, fewer.err]).toEqual([
    2,
    expect.stringMatching(/holds this experiment with 5 seeds, and 3 are asked for; ask for 5 or more, /),
  ]);
  expect(basin(["run", ...seeds(7), "--budget", "301", "-o", out]).err).toMatch(
    /other replicates: 5 there, 7 here, budget: 300 there, 301 here/,
  );
  expect(bytesOf(out)).toEqual(bytesOf(anew));
});

test("verify refuses a folder in which nothing has ended: nothing is no proof", () => {
  const out = fresh("empty");
  basin(["run", ...words, "-o", out]);
  writeFileSync(join(out, "runs.ndjson"), "");
  const { code, err } = basin(["verify", out]);
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/no run of it has ended yet; run it first: basin run .*spec\.json -o /),
  ]);
});

test("a part without a folder, and parts that are none, are refused", () => {
  expect(basin(["run", ...words, "--shard", "1/2"]).err).toMatch(/add -o <folder>/);
  expect(basin(["run", ...words, "--shard", "3/2", "-o", fresh()]).err).toMatch(/write it as i\/n/);
});
