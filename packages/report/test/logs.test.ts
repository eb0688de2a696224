// Logs for other tools: independent readers find in them the runtimes that the statistics here are made from.
import { describe, expect, test } from "vitest";
import { recordsOf, runtimeOf, type ExperimentResult } from "@basin/experiment";
import { ert } from "@basin/experiment/statistics";
import { exportCoco, exportIoh } from "@basin/report";
import { bbobExperiment, gridExperiment, severalProblems } from "./made.ts";
import { ertOf, readCoco, readIoh, type ReadData } from "./readers.ts";

/** 10^(k/20) for the targets that are compared: exact decades, so that no rounding of a power can tell them apart. */
const targets = [40, 20, 0, -20, -60, -100, -160].map((k) => ({ k, target: Number(`1e${k / 20}`) }));

/** Our runtimes, a begun evaluation counted whole as in logs. */
function ours(result: ExperimentResult, { algorithm, number, dimension }: ReadData, k: number): number {
  const entry = result.spec.optimizers.findIndex(({ label }) => label === algorithm);
  const runs = result.spec.problems.flatMap(({ name, settings }, p) =>
    name === `bbob-f${number}` && settings["dimension"] === dimension
      ? recordsOf(result, p, entry).map((record) => runtimeOf(record, k))
      : [],
  );
  return ert(runs.map(({ reached, cost }) => ({ reached, cost: Math.ceil(cost) })));
}

test.each([
  ["COCO", exportCoco, readCoco],
  ["IOHprofiler", exportIoh, readIoh],
])(
  "an independent reader of %s logs finds our ERT for every optimizer, function, dimension and target",
  async (_, write, read) => {
    const result = await bbobExperiment();
    const data = read(write(result));
    // three optimizers on two functions in two dimensions
    expect(data).toHaveLength(12);
    let reached = 0;
    for (const one of data) {
      expect(one.runs.map(({ instance }) => instance)).toEqual([1, 2, 3, 4, 5]);
      for (const { k, target } of targets) {
        const theirs = ertOf(one.runs, target);
        expect([one.algorithm, one.number, one.dimension, k, theirs]).toEqual([
          one.algorithm,
          one.number,
          one.dimension,
          k,
          ours(result, one, k),
        ]);
        if (theirs < Infinity) reached++;
      }
    }
    // it is no comparison of infinities
    expect(reached).toBeGreaterThan(30);
  },
);

describe("every run in a log", () => {
  const all: readonly [string, () => Promise<readonly ReadData[]>][] = [
    ["COCO .dat", async () => readCoco(exportCoco(await bbobExperiment()))],
    ["COCO .tdat", async () => readCoco(exportCoco(await bbobExperiment()), ".tdat")],
    ["IOHprofiler", async () => readIoh(exportIoh(await severalProblems()))],
    ["IOHprofiler, with runs that diverge", async () => readIoh(exportIoh(await gridExperiment()))],
  ];
  test.each(all)("begins at evaluation 1, never rises, and ends where the run ended: %s", async (_, read) => {
    for (const { runs } of await read())
      for (const { rows, evaluations } of runs) {
        expect(rows[0]![0]).toBe(1);
        expect(rows.at(-1)![0]).toBe(evaluations);
        for (let i = 1; i < rows.length; i++) {
          expect(rows[i]![0]).toBeGreaterThan(rows[i - 1]![0]);
          expect(rows[i]![1]).toBeLessThanOrEqual(rows[i - 1]![1]);
        }
      }
  });
});

test("a run that diverged has reached nothing, and its evaluations count", async () => {
  const result = await gridExperiment();
  const data = readIoh(exportIoh(result)).find(({ algorithm }) => algorithm === "gradient-descent rate=30")!;
  expect(data.runs).toHaveLength(5);
  for (const { rows } of data.runs) expect(Math.min(...rows.map(([, gap]) => gap))).toBe(1e300);
  expect(ertOf(data.runs, 1e6)).toBe(Infinity);
});

test("what COCO's reader would refuse is refused, by name", async () => {
  const result = await severalProblems();
  expect(() => exportCoco(result)).toThrow(/sphere, branin, rosenbrock: not among the functions of bbob/);
});

test("evaluation-triggered lines stand at 1, 2, 5 times n and at powers of ten", async () => {
  const [first] = readCoco(exportCoco(await bbobExperiment()), ".tdat").filter(
    ({ algorithm, dimension }) => algorithm === "random-walk" && dimension === 3,
  );
  const at = first!.runs[0]!.rows.map(([evaluation]) => evaluation);
  // floor(10^(k/20)) has 1, 1.12 … → 1, 2, 3 …; n = 3: 3, 6, 15, 30, 60, 150, 300
  for (const expected of [1, 2, 3, 6, 10, 11, 12, 15, 30, 60, 100, 112, 150, 281, 300])
    expect(at).toContain(expected);
});
