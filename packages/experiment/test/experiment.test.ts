// Experiments that really run: the same records however they are carried out, and everything made from them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstDifference } from "@basin/objective";
import {
  curves,
  curvesCsv,
  decodeRecord,
  encodeRecord,
  encodeTiming,
  fairness,
  fingerprint,
  inProcess,
  parseSpec,
  plan,
  runExperiment,
  runsCsv,
  type ExperimentFile,
  type Executor,
} from "@basin/experiment";
import { catalog, madeOf, times, type Made } from "./made.ts";

const clock = (): number => performance.now();
const executor = (): Executor => inProcess(catalog, clock);
const small: ExperimentFile = {
  problems: ["bowl"],
  optimizers: ["slide", "throw-darts", { name: "slide", settings: { rate: 3 }, label: "too fast" }],
  replicates: 4,
  budget: 60,
};
const result = await runExperiment(small, { catalog, executor: executor() });

/** Ends its runs in an order of its own. */
function shuffled(order: readonly number[]): Executor {
  const inner = executor();
  const done: (() => void)[] = [];
  return {
    run: async (spec) => {
      const outcome = await inner.run(spec);
      const mine = order[done.length % order.length]!;
      await new Promise<void>((resolve) => {
        done.push(resolve);
        setTimeout(resolve, mine);
      });
      return outcome;
    },
  };
}

test("records come in the order of the plan, whatever the order of ending", async () => {
  expect(result.records.map(({ run }) => run)).toEqual(plan(result.spec));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(8), { minLength: 3, maxLength: 8 }), async (order) => {
      const other = await runExperiment(small, { catalog, executor: shuffled(order) });
      expect(fingerprint(other)).toBe(fingerprint(result));
      expect(runsCsv(other)).toBe(runsCsv(result));
      expect(curvesCsv(other)).toBe(curvesCsv(result));
    }),
    { numRuns: 5, seed: 1 },
  );
});

test("known records are not run again, and the result is the same", async () => {
  const half = result.records.filter(({ run }) => run.index % 2 === 0);
  const ran: number[] = [];
  const rest = await runExperiment(small, {
    catalog,
    executor: executor(),
    known: half,
    onRecord: ({ run }) => ran.push(run.index),
  });
  expect(ran.sort((a, b) => a - b)).toEqual([1, 3, 5, 7, 9, 11]);
  expect(fingerprint(rest)).toBe(fingerprint(result));
});

test("a signal ends the experiment; what has ended stays", async () => {
  const controller = new AbortController();
  let ended = 0;
  const part = await runExperiment(small, {
    catalog,
    executor: executor(),
    signal: controller.signal,
    onRecord: () => {
      if (++ended === 5) controller.abort("enough");
    },
  });
  expect(part.records).toHaveLength(5);
  for (const { run, result: one } of part.records)
    expect(one.fingerprint).toBe(result.records[run.index]!.result.fingerprint);
});

test("a spec that cannot be run as written is refused", async () => {
  await expect(
    runExperiment({ problems: [], optimizers: ["slide"] }, { catalog, executor: executor() }),
  ).rejects.toThrow(/give at least one problem/);
});

describe("the fingerprint", () => {
  const of = async (change: Partial<ExperimentFile>): Promise<string> =>
    fingerprint(await runExperiment({ ...small, ...change }, { catalog, executor: executor() }));
  test("changes with seed, budget and settings, not with labels", async () => {
    const prints = await Promise.all([
      of({}),
      of({ seed: 2 }),
      of({ budget: 61 }),
      of({ problems: [{ name: "bowl", settings: { dimension: 3 } }] }),
    ]);
    expect(new Set(prints).size).toBe(4);
    const renamed = [{ name: "slide", label: "first" }, ...small.optimizers.slice(1)];
    expect(await of({ optimizers: renamed })).toBe(prints[0]);
  });
  test("does not change with what is recorded for maps", async () => {
    expect(await of({ record: { points: true, asked: 2 } })).toBe(fingerprint(result));
  });
});

describe("curves", () => {
  const all = curves(result, { axis: "cost" });
  test("have N, and count the runs that diverged", () => {
    expect(all.map(({ label, family, n, diverged }) => [label, family, n, diverged])).toEqual([
      ["slide", "slopes", 4, 0],
      ["throw-darts", "darts", 4, 0],
      ["too fast", "slopes", 4, 4],
    ]);
    expect(all[2]!.median.at(-1)).toBe(Infinity);
  });
  test("are the grid of the traces along cost, and know nothing before the first answers", () => {
    expect(all[0]!.x).toEqual(result.records[0]!.result.trace.cost);
    // a slope costs 2, so at a cost of 1 nothing is known
    expect(all[0]!.median[0]).toBeNaN();
    expect(all[1]!.median[0]).not.toBeNaN();
  });
  test("fall, and their bands are in order", () => {
    for (const axis of ["cost", "queries", "examples"] as const)
      for (const { x, median, q10, q25, q75, q90 } of curves(result, { axis }))
        for (let i = 0; i < x.length; i++) {
          expect(i === 0 || x[i]! > x[i - 1]!).toBe(true);
          if (Number.isNaN(median[i]!)) continue;
          expect(i === 0 || !(median[i]! > median[i - 1]!)).toBe(true);
          const bands = [q10[i]!, q25[i]!, median[i]!, q75[i]!, q90[i]!];
          expect(bands).toEqual([...bands].sort((a, b) => a - b));
        }
  });
  test("along queries end where the queries end, with the same losses", () => {
    const [slide] = curves(result, { axis: "queries" });
    // 60 evaluations at 2 a slope
    expect(slide!.x.at(-1)).toBe(30);
    expect(slide!.median.at(-1)).toBe(all[0]!.median.at(-1));
  });
});

describe("fairness", () => {
  test("every fact holds for runs of the runner, but for settings made by hand", () => {
    const checks = fairness(result);
    expect(checks.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false, true]);
    expect(checks[5]!.detail).toMatch(/too fast \(rate=3\)/);
    expect(checks[6]!.detail).toBe(
      "4 runs diverged (4 of too fast). They count as not reached, and raise the median.",
    );
  });
  test.each<[string, Made, number]>([
    ["another start", { x: [0, 2.0000000000000004] }, 0],
    ["a start of −0", { x: [-0, 2] }, 0],
    ["other data", { start: 1.0000000000000002 }, 1],
    ["an overdraft", { cost: 1000.1 }, 2],
    ["a failure", { lost: "failed" }, 6],
  ])("%s is found", (_, odd, which) => {
    const usual: Made = { x: [0, 2] };
    const checks = fairness(madeOf({ a: times(3, usual), b: [usual, { ...usual, ...odd }, usual] }));
    expect(checks.flatMap(({ ok }, i) => (ok ? [] : [i]))).toEqual([which]);
  });
  test("whoever cannot pay for the first question has seen no other data", async () => {
    // a slope costs more than one evaluation
    const poor = await runExperiment(
      { problems: ["bowl"], optimizers: ["slide", "throw-darts"], replicates: 2, budget: 1 },
      { catalog, executor: inProcess(catalog, () => 0) },
    );
    expect(poor.records.map((record) => record.result.tally.cost)).toEqual([0, 0, 1, 1]);
    const [, data] = fairness(poor);
    expect([data!.ok, data!.detail]).toEqual([
      true,
      "The loss at the start is equal to the last bit in each seed. The budget of 2 runs was too small for a first question.",
    ]);
  });
  test("a missing run is found", () => {
    expect(
      fairness(madeOf({ a: times(3, {}), b: times(2, {}) })).flatMap(({ ok }, i) => (ok ? [] : [i])),
    ).toEqual([3]);
  });
});

describe("tables", () => {
  test("have one row a run, and numbers that read back exactly", () => {
    const [head, ...rows] = runsCsv(result).trimEnd().split("\n");
    expect(rows).toHaveLength(12);
    const column = head!.split(",").indexOf("final_loss");
    expect(rows.map((row) => Number(row.split(",")[column]))).toEqual(
      result.records.map(({ result: one }) => (one.diverged ? Infinity : one.trace.loss.at(-1))),
    );
  });
  test("have no seconds unless they are asked for, and then last", () => {
    expect(runsCsv(result)).not.toMatch(/seconds/);
    expect(runsCsv(result, { seconds: true }).split("\n")[0]).toMatch(/,fingerprint,seconds$/);
  });
  test("quote what needs it", () => {
    const made = madeOf({ 'a "b", c': [{}] });
    expect(runsCsv(made).split("\n")[1]).toMatch(/^bowl,"a ""b"", c",/);
  });
});

describe("a record as a line", () => {
  test("comes back to the last bit", () => {
    for (const record of result.records) {
      const back = decodeRecord(encodeRecord(record), plan(result.spec), encodeTiming(record));
      expect(firstDifference(record, back)).toBeUndefined();
      expect(encodeRecord(record)).not.toMatch(/\n/);
    }
  });
  test("says nothing of time", () => {
    const [record] = result.records;
    const later = {
      ...record!,
      attempts: 2,
      result: { ...record!.result, trace: { ...record!.result.trace, seconds: Float64Array.of(1) } },
    };
    expect(encodeRecord(later)).toBe(encodeRecord(record!));
  });
  test("of another experiment is refused", () => {
    const other = plan(parseSpec({ ...small, optimizers: ["throw-darts"] }, catalog));
    expect(() => decodeRecord(encodeRecord(result.records[0]!), other)).toThrow(/another experiment/);
    expect(() => decodeRecord('{"half": ', other)).toThrow(/no record/);
  });
});
