// A run is a pure function of its checkpoints: stored and resumed anywhere, it ends in the same bits.
import { describe, expect, test } from "vitest";
import { UsageError, firstDifference } from "@basin/objective";
import {
  answer,
  begin,
  createRun,
  decodeCheckpoint,
  encodeCheckpoint,
  resultOf,
  runToEnd,
  step,
  type Checkpoint,
  type RunOptions,
  type RunResult,
  type StoredCheckpoint,
} from "@basin/runner";
import type { Outcome } from "@basin/objective";
import { bowl, meanSquares, noisyBowl, promising, resultNow, slide, wander } from "./support.ts";

const cases: Readonly<Record<string, RunOptions>> = {
  "a gradient method": { objective: bowl(3), optimizer: slide, start: [3, -2, 1], budget: 60 },
  "a population, cut at the end": {
    objective: bowl(3),
    optimizer: wander,
    hyperparameters: { size: 7, prefix: true },
    start: [3, -2, 1],
    budget: 60,
    record: { points: true, asked: 4 },
  },
  "mini-batches": {
    objective: meanSquares(),
    optimizer: slide,
    hyperparameters: { size: 3, rate: 0.05 },
    budget: 30,
    record: { points: true },
  },
  noise: { objective: noisyBowl(2), optimizer: slide, start: [2, 2], budget: 40 },
  "a run to a target": { objective: bowl(3), optimizer: slide, start: [3, -2, 1], budget: 60, target: 0.1 },
  "a run that diverges": {
    objective: bowl(2),
    optimizer: slide,
    hyperparameters: { rate: 1.5 },
    start: [1, 1],
    budget: 30,
  },
};

const through = (run: ReturnType<typeof createRun>, checkpoint: Checkpoint): Checkpoint =>
  decodeCheckpoint(run, JSON.parse(JSON.stringify(encodeCheckpoint(run, checkpoint))) as StoredCheckpoint);

for (const [name, options] of Object.entries(cases))
  describe(name, () => {
    const whole = resultNow(options);

    test("resumed at every step, ends in the same bits", () => {
      // every step in a run made anew, from a checkpoint out of storage
      let checkpoint = begin(createRun(options));
      let steps = 0;
      while (checkpoint.next !== undefined) {
        const run = createRun(options);
        checkpoint = through(run, checkpoint);
        checkpoint = step(run, checkpoint, answer(run, checkpoint) as readonly Outcome[]);
        steps++;
      }
      expect(steps).toBeGreaterThan(5);
      expect(firstDifference(resultOf(createRun(options), checkpoint), whole)).toBe(undefined);
    });

    test("resumed once, wherever, ends in the same bits", () => {
      const run = createRun(options);
      for (let checkpoint = begin(run); checkpoint.next !== undefined;) {
        const resumed = runToEnd(createRun(options), { from: structuredClone(checkpoint) }) as RunResult;
        expect(resumed.fingerprint).toBe(whole.fingerprint);
        checkpoint = step(run, checkpoint, answer(run, checkpoint) as readonly Outcome[]);
      }
    });

    test("step writes to nothing, and gives the same for the same", () => {
      const run = createRun(options);
      for (let checkpoint = begin(run); checkpoint.next !== undefined;) {
        const outcomes = answer(run, checkpoint) as readonly Outcome[];
        const before = structuredClone({ checkpoint, outcomes });
        const next = step(run, checkpoint, outcomes);
        expect(firstDifference({ checkpoint, outcomes }, before)).toBe(undefined);
        expect(firstDifference(step(run, checkpoint, outcomes), next)).toBe(undefined);
        checkpoint = next;
      }
    });

    test("answered by promises, ends in the same bits", async () => {
      const result = await runToEnd(createRun({ ...options, objective: promising(options.objective) }));
      expect(firstDifference(result, whole)).toBe(undefined);
    });
  });

describe("a stored checkpoint", () => {
  const options = cases["a gradient method"]!;
  const run = createRun(options);
  const stored = encodeCheckpoint(run, begin(run));
  test.each([
    ["optimizer is slide, but that of the run is wander", { optimizer: wander }],
    ["objective is bowl, but that of the run is mean-squares", { objective: meanSquares(3) }],
    ["budget is 60, but that of the run is 61", { budget: 61 }],
    ["stateVersion is 1, but that of the run is 2", { optimizer: { ...slide, stateVersion: 2 } }],
    ["key is 0, but that of the run is 1", { key: { path: ["1"] } }],
  ])("of another run is refused: its %s", (found, change) => {
    const other = createRun({ ...options, ...change });
    expect(() => decodeCheckpoint(other, stored)).toThrow(UsageError);
    expect(() => decodeCheckpoint(other, stored)).toThrow(found);
  });
});

describe("the fingerprint", () => {
  const options = cases["a population, cut at the end"]!;
  const { fingerprint } = resultNow(options);
  test("is 16 hex digits", () => expect(fingerprint).toMatch(/^[0-9a-f]{16}$/));
  test("does not depend on what is recorded for maps, nor on the clock", () => {
    let t = 0;
    const { record: _, ...plain } = options;
    expect(resultNow(plain, { clock: () => (t += 7) }).fingerprint).toBe(fingerprint);
  });
  test.each([
    ["the key", { key: { path: ["other"] } }],
    ["the start", { start: [3, -2, 1.0000000000000002] }],
    ["the budget", { budget: 59 }],
    ["a hyperparameter", { hyperparameters: { size: 6, prefix: true } }],
  ])("depends on %s", (_, change) => {
    expect(resultNow({ ...options, ...change }).fingerprint).not.toBe(fingerprint);
  });
});
