// What a pool promises, on any kind of worker; the tests of Node and of the browser run this list.
import type { RunSpec, StoredCheckpoint } from "@basin/runner";
import { createPool, type Pool, type PoolOptions, type WorkerLike } from "@basin/workers";
import { expect, test } from "vitest";

/** A run whose problem says what is to happen (see fixtures/behaviour.mjs). */
export function specOf(seed: number, problem = "sound"): RunSpec {
  return {
    problem: { name: problem, settings: {} },
    optimizer: { name: "none", settings: {} },
    seed,
    replicate: 0,
    budget: 10,
  };
}

export async function withPool<T>(options: PoolOptions, use: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool(options);
  try {
    return await use(pool);
  } finally {
    pool.close();
  }
}

const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await later(5);
}

export interface Host {
  readonly spawn: () => WorkerLike;
  /** What is said of a worker that ended itself; undefined where the host does not say, and the deadline has to tell. */
  readonly exited: RegExp;
  readonly threw: RegExp;
}

export function poolLaws({ spawn, exited, threw }: Host): void {
  test.each([1, 2, 3])("%i workers give every run its own result", async (size) => {
    let spawned = 0;
    const counting = (): WorkerLike => {
      spawned++;
      return spawn();
    };
    await withPool({ spawn: counting, size }, async (pool) => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => pool.run(specOf(i))));
      expect(outcomes.map(({ result }) => result.best.loss)).toEqual(
        Array.from({ length: 20 }, (_, i) => 2 * i),
      );
      expect(outcomes.every(({ attempts }) => attempts === 1)).toBe(true);
      expect(outcomes[3]!.result.best.x).toEqual(Float64Array.of(3));
    });
    expect(spawned).toBe(size);
  });

  test("a run that loses its worker goes on from its last checkpoint", async () => {
    await withPool({ spawn, size: 1, keep: 40, deadline: 1000 }, async (pool) => {
      const kept: unknown[] = [];
      const spec = specOf(1, "exits in the middle");
      const { result, attempts } = await pool.run(spec, { onCheckpoint: (one) => kept.push(one) });
      expect([result.tally.steps, attempts]).toEqual([41, 2]);
      expect(kept).toEqual([{ steps: 40 }]);
      const from = kept[0] as StoredCheckpoint;
      expect(await pool.run(spec, { from })).toMatchObject({ result: { tally: { steps: 41 } }, attempts: 1 });
    });
  });

  test("progress reaches the run that made it, and no other", async () => {
    await withPool({ spawn, size: 2 }, async (pool) => {
      const heard = [5, 6, 7].map(() => new Set<number>());
      const runs = [5, 6, 7].map((seed, i) =>
        pool.run(specOf(seed, "short"), { onProgress: ({ loss }) => heard[i]!.add(loss) }),
      );
      await Promise.all(runs);
      expect(heard).toEqual([5, 6, 7].map((seed) => new Set([seed])));
    });
  });

  test.each([
    ["exits", exited],
    ["throws", threw],
    ["rejects", /its worker threw: no such thing, twice/],
    ["hangs", /its worker gave no sign of life for 1 s, twice/],
    ["unreadable", /its worker threw: Unserializable return value, twice/],
  ])("a worker (%s) costs one run, tried twice; the others go on", async (misfortune, reason) => {
    await withPool({ spawn, size: 2, deadline: 1000 }, async (pool) => {
      const [bad, ...good] = await Promise.all([
        pool.run(specOf(0, misfortune)),
        ...Array.from({ length: 6 }, (_, i) => pool.run(specOf(i + 1))),
      ]);
      expect(bad.result.ending).toBe("failed");
      expect(bad.result.reason).toMatch(reason);
      expect(bad.attempts).toBe(2);
      expect(good.map(({ result, attempts }) => [result.best.loss, attempts])).toEqual(
        Array.from({ length: 6 }, (_, i) => [2 * (i + 1), 1]),
      );
      // and the pool is as good as before
      expect((await pool.run(specOf(9))).result.best.loss).toBe(18);
    });
  });

  test("a run that waits long for its objective is alive", async () => {
    await withPool({ spawn, size: 1, deadline: 1000 }, async (pool) => {
      const { result, attempts } = await pool.run(specOf(2500, "slow but alive"));
      expect([result.reason, attempts]).toEqual(["done", 1]);
    });
  });

  test("pause holds a run, resume lets it go on; a pause is no silence", async () => {
    await withPool({ spawn, size: 1, deadline: 600 }, async (pool) => {
      let steps = 0;
      const run = pool.run(specOf(0, "long"), { onProgress: (progress) => void (steps = progress.steps) });
      await until(() => steps >= 3);
      pool.pause();
      const waiting = pool.run(specOf(4));
      await later(100);
      const held = steps;
      await later(1500);
      expect(steps).toBe(held);
      pool.resume();
      await until(() => steps >= held + 3);
      pool.cancel("enough");
      const { result, attempts } = await run;
      expect([result.ending, result.reason, attempts]).toEqual(["cancelled", "enough", 1]);
      expect((await waiting).result.reason).toBe("enough");
    });
  });

  const stepwise = "as many steps as its seed, and a hang where it is paused at the fourth";

  test("a step is one step of each run that is held; runs that wait begin with their first, and the results are the same", async () => {
    let spawned = 0;
    const counting = (): WorkerLike => {
      spawned++;
      return spawn();
    };
    await withPool({ spawn: counting, size: 1 }, async (pool) => {
      const held: number[][] = [[], [], [], []];
      const over: number[] = [];
      pool.pause();
      const all = [3, 2, 3, 3].map((seed, i) =>
        pool
          .run(specOf(seed, stepwise), { onHeld: ({ tally }) => held[i]!.push(tally.steps) })
          .finally(() => over.push(i)),
      );
      await pool.step(3);
      expect(held).toEqual([[0, 1], [0, 1], [0, 1], []]);
      await pool.step(3);
      // the second has ended, and a run that waited takes its place with the next step
      expect(held).toEqual([[0, 1, 2], [0, 1], [0, 1, 2], []]);
      expect(over).toEqual([1]);
      await pool.step(3);
      expect(held[3]).toEqual([0, 1]);
      expect(over.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
      pool.resume();
      await pool.step(3);
      const losses = (await Promise.all(all)).map(({ result, attempts }) => [result.best.loss, attempts]);
      expect(losses).toEqual([6, 4, 6, 6].map((loss) => [loss, 1]));
      expect(held[3]).toEqual([0, 1]);
      // afterwards it is as small as it was made: of two runs one waits for the other
      expect(spawned).toBe(3);
      const order: number[] = [];
      await Promise.all([6, 0].map((seed) => pool.run(specOf(seed)).then(() => order.push(seed))));
      expect(order).toEqual([6, 0]);
    });
  });

  test("a run that hangs at its step costs that run its worker, although it is paused; it begins anew with a later step", async () => {
    await withPool({ spawn, size: 1, deadline: 400 }, async (pool) => {
      let lost = false;
      const run = pool.run(specOf(6, stepwise));
      void run.then(() => (lost = true));
      pool.pause();
      for (let steps = 1; steps <= 4; steps++) await pool.step(1);
      await later(1500);
      expect(lost).toBe(false);
      await pool.step(1);
      expect(lost).toBe(false);
      pool.resume();
      const { result, attempts } = await run;
      expect([result.tally.steps, attempts]).toEqual([6, 2]);
    });
  });

  test("a signal cancels its own run, queued or running, and leaves the others", async () => {
    await withPool({ spawn, size: 1 }, async (pool) => {
      const [first, second] = [new AbortController(), new AbortController()];
      let begun = false;
      const running = pool.run(specOf(0, "long"), {
        signal: first.signal,
        onProgress: () => void (begun = true),
      });
      const queued = pool.run(specOf(1), { signal: second.signal });
      const other = pool.run(specOf(2));
      await until(() => begun);
      second.abort("not this one");
      expect((await queued).result.reason).toBe("not this one");
      first.abort();
      expect((await running).result.ending).toBe("cancelled");
      expect((await other).result.best.loss).toBe(4);
      expect((await pool.run(specOf(3), { signal: first.signal })).result.ending).toBe("cancelled");
    });
  });

  test("a hung run can be cancelled, long before its deadline", async () => {
    await withPool({ spawn, size: 1, deadline: 30_000 }, async (pool) => {
      const hung = pool.run(specOf(0, "hangs"));
      await later(300);
      pool.cancel("stop");
      const { result } = await hung;
      expect([result.ending, result.reason]).toEqual(["cancelled", "stop"]);
      expect((await pool.run(specOf(2))).result.best.loss).toBe(4);
    });
  });

  test("close settles everything: running, hung, queued and later", async () => {
    const pool = createPool({ spawn, size: 2 });
    const all = [
      pool.run(specOf(0, "long")),
      pool.run(specOf(0, "hangs")),
      pool.run(specOf(1)),
      pool.run(specOf(2)),
    ];
    await later(200);
    pool.close();
    const endings = (await Promise.all(all)).map(({ result }) => [result.ending, result.reason]);
    expect(endings).toEqual(Array.from({ length: 4 }, () => ["cancelled", "the pool was closed"]));
    expect((await pool.run(specOf(3))).result.reason).toBe("the pool is closed");
  });
}
