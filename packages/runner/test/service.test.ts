// The service, and runs from their specs.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UsageError, z, type Problem } from "@basin/objective";
import { pathOf } from "@basin/random";
import {
  createService,
  failedResult,
  keyOf,
  objectiveOf,
  runOf,
  runToEnd,
  sharedKeyOf,
  startOf,
  yieldTask,
  type Catalog,
  type RunProgress,
  type RunResult,
  type RunSpec,
  type StoredCheckpoint,
} from "@basin/runner";
import { bowl, meanSquares, overheard, promising, slide, wander } from "./support.ts";

const dimension = z.int().min(1).default(2).meta({ label: "dimension", help: "Of x." });
const problem = (name: string, create: Problem["create"]): Problem => ({
  name,
  summary: "A test.",
  references: [],
  settings: z.object({ dimension }),
  create,
});
let heard: ReturnType<typeof overheard>["heard"] = [];
const catalog: Catalog = {
  optimizers: { slide, wander },
  problems: {
    bowl: problem("bowl", ({ dimension }) => bowl(dimension as number)),
    slow: problem("slow", ({ dimension }) => promising(bowl(dimension as number))),
    split: problem("split", (_, rng) => {
      const shift = rng.normal();
      return { ...bowl(2), name: `split ${shift}` };
    }),
    data: problem("data", () => {
      const both = overheard(meanSquares());
      heard = both.heard;
      return both.objective;
    }),
    broken: problem("broken", () => {
      throw new Error("the data set is missing");
    }),
  },
};
const spec: RunSpec = {
  problem: { name: "bowl", settings: {} },
  optimizer: { name: "slide", settings: { rate: 0.01 } },
  seed: 7,
  replicate: 3,
  budget: 1000,
};
const now = (of: RunSpec): RunResult => runToEnd(runOf(of, catalog)) as RunResult;

describe("a run from its spec", () => {
  test("has its paths of randomness", () => {
    expect(pathOf(sharedKeyOf(spec))).toBe("7/bowl/3");
    expect(pathOf(keyOf(spec))).toBe("7/bowl/3/slide");
  });

  test("starts where every optimizer of its replicate starts, on the same split", () => {
    const other: RunSpec = { ...spec, optimizer: { name: "wander", settings: {} } };
    const starts = [spec, other].map((of) => [...runOf(of, catalog).start]);
    expect(starts[0]).toEqual(starts[1]);
    expect(starts[0]).toEqual([...startOf(spec, objectiveOf(spec, catalog))]);
    expect([...runOf({ ...spec, replicate: 4 }, catalog).start]).not.toEqual(starts[0]);
    const split = (of: RunSpec): string =>
      objectiveOf({ ...of, problem: { name: "split", settings: {} } }, catalog).name;
    expect(split(spec)).toBe(split(other));
    expect(split(spec)).not.toBe(split({ ...spec, replicate: 4 }));
  });

  test("sees the data in the order that its replicate shares", () => {
    const data: RunSpec = { ...spec, problem: { name: "data", settings: {} }, budget: 3 };
    const values = (rate: number, key: number): unknown[] => {
      now({ ...data, replicate: key, optimizer: { name: "slide", settings: { size: 2, rate } } });
      return heard
        .filter(({ ask }) => ask.examples !== undefined)
        .slice(0, 1)
        .map(({ outcomes }) => (outcomes[0] as { value: number }).value);
    };
    // at the shared start, the first batch of the epoch gives the same value whatever the method does later
    expect(values(0.1, 0)).toEqual(values(0.2, 0));
    expect(values(0.1, 0)).not.toEqual(values(0.1, 1));
  });

  test.each([
    ["there is no problem bowel; did you mean bowl", { problem: { name: "bowel", settings: {} } }],
    ["there is no optimizer toString", { optimizer: { name: "toString", settings: {} } }],
    ["dimension: ", { problem: { name: "bowl", settings: { dimension: 0 } } }],
  ])("refuses: %s", (found, change) => {
    expect(() => runOf({ ...spec, ...change }, catalog)).toThrow(UsageError);
    expect(() => runOf({ ...spec, ...change }, catalog)).toThrow(found);
  });
});

/** A clock that goes on by 1 ms a look, so that what happens does not depend on the machine. */
const ticking = (): (() => number) => {
  let t = 0;
  return () => t++;
};

describe("the service", () => {
  const service = (options: Partial<Parameters<typeof createService>[0]> = {}) =>
    createService({ catalog, clock: ticking(), ...options });

  test("gives the bits that the run gives anywhere", async () => {
    for (const name of ["bowl", "slow"]) {
      const of = { ...spec, problem: { name, settings: {} } };
      const anywhere = await runToEnd(runOf(of, catalog));
      expect((await service().run(of)).fingerprint).toBe(anywhere.fingerprint);
    }
  });

  test("reports progress, not more often than asked", async () => {
    const seen: RunProgress[] = [];
    let looks = 0;
    const clock = (): number => looks++;
    await service({ clock }).run({ ...spec, budget: 1e5 }, { every: 20 }, (progress) => seen.push(progress));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.length).toBeLessThanOrEqual(looks / 20 + 1);
    expect(seen.every(({ budget }) => budget === 1e5)).toBe(true);
  });

  test("lets other tasks have their turn while it computes", async () => {
    let tasks = 0;
    let running = true;
    const task = (): void => {
      tasks++;
      if (running) setTimeout(task, 0);
    };
    setTimeout(task, 0);
    await service().run({ ...spec, budget: 2e5 });
    running = false;
    expect(tasks).toBeGreaterThan(2);
  });

  test("pauses, steps and resumes", async () => {
    const it = service();
    const seen: number[] = [];
    const result = it.run(spec, { paused: true }, ({ steps }) => seen.push(steps));
    await yieldTask();
    expect(seen).toEqual([0]);
    it.step();
    await yieldTask();
    expect(seen).toContain(1);
    it.step(2);
    await yieldTask();
    expect(seen.at(-1)).toBe(3);
    it.resume();
    expect((await result).fingerprint).toBe(now(spec).fingerprint);
  });

  test("says while it is held what the result is so far: one step more each time, and no other bits in the end", async () => {
    // "data" is searched by mini-batches: the looks at the full f in between are no steps
    for (const [name, settings] of [
      ["bowl", { rate: 0.01 }],
      ["data", { rate: 0.01, size: 2 }],
    ] as const) {
      const of = {
        ...spec,
        problem: { name, settings: {} },
        optimizer: { name: "slide", settings },
        budget: 4,
      };
      const it = service();
      const held: RunResult[] = [];
      const result = it.run(of, { paused: true }, undefined, undefined, (soFar) => held.push(soFar));
      await yieldTask();
      let steps = 0;
      while (held.length === steps + 1) {
        expect(held.at(-1)!.tally.steps).toBe(steps);
        it.step();
        await yieldTask();
        steps++;
      }
      expect((await result).fingerprint).toBe(now(of).fingerprint);
      expect(held.length).toBe((await result).tally.steps);
      expect(held.at(-1)).toMatchObject({ ending: "cancelled", reason: "paused" });
      expect(held.at(-1)!.trace.loss[0]).toBe((await result).trace.loss[0]);
    }
  });

  test("however one pauses, steps and resumes, the bits are the same", async () => {
    const deeds = fc.array(fc.constantFrom("pause", "resume", "step", "wait"), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(
        deeds,
        fc.boolean(),
        fc.constantFrom("bowl", "slow", "data"),
        async (all, paused, name) => {
          const of = { ...spec, problem: { name, settings: {} }, budget: 300 };
          const it = service();
          const held: number[] = [];
          const result = it.run(of, { paused }, undefined, undefined, ({ tally }) => held.push(tally.steps));
          for (const deed of all) {
            if (deed === "wait") await yieldTask();
            else it[deed as "pause" | "resume" | "step"]();
          }
          it.resume();
          expect((await result).fingerprint).toBe((await service().run(of)).fingerprint);
          expect(held).toEqual(held.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });

  test("a pause is no time of the run's: seconds stand still while it is held", async () => {
    let now = 0;
    const it = service({ clock: () => now++ });
    const result = it.run(spec, { paused: true });
    await yieldTask();
    now += 3_600_000;
    it.step();
    await yieldTask();
    now += 3_600_000;
    it.resume();
    const { seconds } = (await result).trace;
    expect(seconds.at(-1)).toBeLessThan(3600);
    expect([...seconds].every((at, i) => i === 0 || at >= seconds[i - 1]!)).toBe(true);
  });

  test("pauses in the middle", async () => {
    const it = service();
    let over = false;
    const reached: (() => void)[] = [];
    const middle = new Promise<void>((resolve) => reached.push(resolve));
    const result = it.run({ ...spec, budget: 1e5 }, { every: 5 }, ({ cost }) => {
      if (cost < 1e4) return;
      if (reached.length > 0) it.pause();
      reached.pop()?.();
    });
    await middle;
    void result.then(() => (over = true));
    for (let i = 0; i < 5; i++) await yieldTask();
    expect(over).toBe(false);
    it.resume();
    expect((await result).ending).toBe("budget");
  });

  test("goes on from any of its checkpoints to the same bits, and makes none unless asked", async () => {
    for (const name of ["bowl", "slow"]) {
      const of = { ...spec, problem: { name, settings: {} }, budget: 5000 };
      const kept: StoredCheckpoint[] = [];
      const whole = await service().run(of, { keep: 3 }, undefined, (checkpoint) => kept.push(checkpoint));
      expect(kept.length).toBeGreaterThan(3);
      for (const from of [kept[0]!, kept[kept.length >> 1]!, kept.at(-1)!]) {
        // as a file keeps it
        const stored = JSON.parse(JSON.stringify(from)) as StoredCheckpoint;
        const costs: number[] = [];
        const rest = await service().run(of, { from: stored, every: 0 }, ({ cost }) => costs.push(cost));
        expect(rest.fingerprint).toBe(whole.fingerprint);
        expect(costs[0]).toBeGreaterThan(1);
      }
      const unasked: StoredCheckpoint[] = [];
      await service().run(of, {}, undefined, (checkpoint) => unasked.push(checkpoint));
      expect(unasked).toEqual([]);
    }
  });

  test("makes one more when it is cancelled, from which it goes on to the same bits", async () => {
    const of = { ...spec, budget: 50_000 };
    const whole = await service().run(of);
    const kept: StoredCheckpoint[] = [];
    const it = service();
    const cancelled = await it.run(
      of,
      { keep: 1e9, every: 0 },
      ({ cost }) => {
        if (cost > 1000) it.cancel("enough");
      },
      (one) => kept.push(one),
    );
    expect([cancelled.ending, kept.length]).toEqual(["cancelled", 1]);
    const costs: number[] = [];
    const rest = await service().run(of, { from: kept[0]!, every: 0 }, ({ cost }) => costs.push(cost));
    expect(rest.fingerprint).toBe(whole.fingerprint);
    expect(costs[0]).toBeGreaterThan(cancelled.tally.cost);
    // nothing was done: there is nothing to keep
    const idle = service();
    const waiting = idle.run(of, { keep: 1e9, paused: true }, undefined, (one) => kept.push(one));
    await yieldTask();
    idle.cancel();
    expect([(await waiting).tally.steps, kept.length]).toEqual([0, 1]);
  });

  test("refuses a checkpoint of another run", async () => {
    const kept: StoredCheckpoint[] = [];
    await service().run({ ...spec, budget: 5000 }, { keep: 3 }, undefined, (one) => kept.push(one));
    expect(await service().run({ ...spec, budget: 4000 }, { from: kept[0]! })).toMatchObject({
      ending: "failed",
      reason: expect.stringMatching(/its budget is 5000, but that of the run is 4000/) as unknown,
    });
  });

  test("cancels what runs, paused or not, and nothing later", async () => {
    const it = service();
    const result = it.run(spec, { paused: true });
    await yieldTask();
    it.cancel("the user left");
    expect(await result).toMatchObject({ ending: "cancelled", reason: "the user left", tally: { steps: 0 } });
    it.resume();
    expect((await it.run(spec)).ending).toBe("budget");
  });

  test("gives a result for a run that throws", async () => {
    const result = await service().run({ ...spec, problem: { name: "broken", settings: {} } });
    expect(result).toMatchObject({ ending: "failed", reason: "the data set is missing", diverged: true });
    expect(await service().run({ ...spec, optimizer: { name: "slid", settings: {} } })).toMatchObject({
      ending: "failed",
      reason: "catalog: there is no optimizer slid; did you mean slide.",
    });
  });

  test("gives plain data: it survives structuredClone", async () => {
    const result = await service().run({ ...spec, record: { points: true, asked: 2 } });
    expect(structuredClone(result)).toEqual(result);
  });
});

test("a failed result has the grid of its budget", () => {
  const { trace, ending, reason } = failedResult("worker exited with code 1", spec);
  expect(trace.cost).toEqual(now(spec).trace.cost);
  expect([...trace.loss].every(Number.isNaN)).toBe(true);
  expect([ending, reason]).toEqual(["failed", "worker exited with code 1"]);
});
