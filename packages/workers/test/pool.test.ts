// The pool on real threads of Node, which exit, throw and hang.
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPool } from "@basin/workers";
import { poolLaws, specOf, withPool } from "./laws.ts";

// vitest would have the thread read sources, too: Node reads what was built
const thread = (file: string, workerData?: unknown): Worker =>
  new Worker(new URL(`fixtures/${file}`, import.meta.url), { workerData, execArgv: [] });

describe("threads of Node", () => {
  poolLaws({
    spawn: () => thread("thread.mjs"),
    exited: /^its worker exited with code 7, twice$/,
    threw: /^its worker threw: the roof is on fire, twice$/,
  });
});

test("a run that lost its worker once is run again, and says so", async () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  await withPool({ spawn: () => thread("lost-once.mjs", flag), size: 1 }, async (pool) => {
    const { result, attempts } = await pool.run(specOf(8));
    expect([result.best.loss, attempts]).toEqual([16, 2]);
  });
});

test("a worker that cannot begin, and one that cannot be started, cost one run each time", async () => {
  await withPool({ spawn: () => thread("stillborn.mjs"), size: 1 }, async (pool) => {
    const { result } = await pool.run(specOf(1));
    expect(result.reason).toBe("its worker threw: cannot begin, twice");
  });
  let tries = 0;
  const refuse = (): Worker => {
    throw new Error(`no more threads (${++tries})`);
  };
  await withPool({ spawn: refuse, size: 1 }, async (pool) => {
    const { result } = await pool.run(specOf(1));
    expect(result.reason).toBe(
      "first its worker threw: no more threads (1); then its worker threw: no more threads (2)",
    );
  });
});

test("a worker that dies while idle costs nobody a run", async () => {
  const threads: Worker[] = [];
  const spawn = (): Worker => {
    threads.push(thread("thread.mjs"));
    return threads.at(-1)!;
  };
  await withPool({ spawn, size: 1 }, async (pool) => {
    await pool.run(specOf(1));
    await threads[0]!.terminate();
    const { result, attempts } = await pool.run(specOf(2));
    expect([result.best.loss, attempts, threads.length]).toEqual([4, 1, 2]);
  });
});

test("a pool of no workers is refused", () => {
  expect(() => createPool({ spawn: () => thread("thread.mjs"), size: 0 })).toThrow(/at least 1/);
});

// In the long form each of thirty mixtures may wait for several deadlines, twice.
const patience = 600_000;
test(
  "any mixture of misfortunes, pauses and cancellations settles every run, each with what it deserves",
  { timeout: patience },
  async () => {
    const kinds = ["sound", "sound", "exits", "throws", "rejects", "hangs"] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (problems, size, pauses) =>
          withPool({ spawn: () => thread("thread.mjs"), size, deadline: 600 }, async (pool) => {
            const all = problems.map((problem, i) => pool.run(specOf(i, problem)));
            if (pauses) {
              pool.pause();
              setTimeout(() => pool.resume(), 50);
            }
            const outcomes = await Promise.all(all);
            const seen = outcomes.map(({ result: { ending, best } }) =>
              ending === "failed" ? "failed" : best.loss,
            );
            expect(seen).toEqual(problems.map((problem, i) => (problem === "sound" ? 2 * i : "failed")));
          }),
      ),
      { numRuns: process.env["BASIN_LONG"] === undefined ? 3 : 30, seed: 1 },
    );
  },
);
