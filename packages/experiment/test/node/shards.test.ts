// Parts of an experiment, merged, are the experiment; and what a folder says it ran can be run again.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inShard, parseShard, plan, type RunRecord } from "@basin/experiment";
import { mergeStores, missing, readStore, runStored, verifyStore } from "@basin/experiment/node";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { SMALL_RUNS, bytesOf, catalog, executor, fresh, small, smallSpec } from "./support.ts";

const whole = fresh();
beforeAll(async () => {
  await runStored(small, whole, { catalog, executor: executor() });
});
const run = (folder: string, index: number, of: number) =>
  runStored(small, folder, { catalog, executor: executor(), shard: { index, of } });

test("shards are read, and refused in plain words", () => {
  expect(parseShard("2/5")).toEqual({ index: 2, of: 5 });
  for (const bad of ["0/3", "4/3", "1", "1/0", "a/b", "1/3/5", "-1/3", "1.5/3", ""])
    expect(() => parseShard(bad)).toThrow(/write it as i\/n/);
});

test("every run is of exactly one of n parts, and parts differ by one run at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (of) => {
      const sizes = Array.from({ length: of }, () => 0);
      for (const planned of plan(smallSpec)) {
        const parts = sizes.flatMap((_, i) => (inShard(planned, { index: i + 1, of }) ? [i] : []));
        expect(parts).toHaveLength(1);
        sizes[parts[0]!]!++;
      }
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

describe("merging", () => {
  test("any shards, in any order, with overlaps, gives the bytes of one run", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        async (of, luck, overlap) => {
          const parts = Array.from({ length: of }, (_, i) => ({ index: i + 1, of, folder: fresh() }));
          if (overlap) parts.push({ index: 1, of: 2, folder: fresh() });
          for (const { index, of: n, folder } of parts) {
            const part = await run(folder, index, n);
            expect(missing(part, { index, of: n })).toBe(0);
          }
          const order = parts
            .map(({ folder }) => ({ folder, at: luck.next().value as number }))
            .sort((a, b) => a.at - b.at);
          const into = fresh();
          const { store, result } = mergeStores(
            order.map(({ folder }) => folder),
            into,
            { catalog },
          );
          expect(missing(result)).toBe(0);
          store.finish();
          expect(bytesOf(into)).toEqual(bytesOf(whole));
          expect(readStore(into, catalog).records[3]!.result.trace.seconds.at(-1)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 6 },
    );
  });

  test("of some shards misses runs, which a run in the folder completes", async () => {
    const [first, into] = [fresh(), fresh()];
    await run(first, 1, 3);
    const { store, result } = mergeStores([first], into, { catalog });
    expect(missing(result)).toBe(SMALL_RUNS - 9);
    store.close();
    const never = { run: () => Promise.reject(new Error("known runs are not run again")) };
    await runStored(small, into, { catalog, executor: never, shard: { index: 1, of: 3 } });
    await run(into, 2, 3);
    // the rest goes into the folder of the first
    const third = fresh();
    await run(third, 3, 3);
    mergeStores([third], into, { catalog }).store.finish();
    expect(bytesOf(into)).toEqual(bytesOf(whole));
  });

  test("refuses other experiments, other versions and other bits", async () => {
    const [other, old, odd] = [fresh(), fresh(), fresh()];
    await runStored({ ...small, seed: 2, replicates: 1 }, other, { catalog, executor: executor() });
    expect(() => mergeStores([whole, other], fresh(), { catalog })).toThrow(
      /another experiment .*\(with other replicates, seed\)/,
    );
    await run(old, 1, 9);
    writeFileSync(join(old, "environment.json"), '{"basin":"0.0.1"}');
    expect(() => mergeStores([whole, old], fresh(), { catalog })).toThrow(/was run by basin 0\.0\.1/);
    await run(odd, 1, 9);
    const file = join(odd, "runs.ndjson");
    writeFileSync(file, readFileSync(file, "utf8").replace(/"reason":"[^"]*"/, '"reason":"boredom"'));
    expect(() => mergeStores([whole, odd], fresh(), { catalog })).toThrow(/its run 0 differs from that in/);
    expect(() => mergeStores([], fresh(), { catalog })).toThrow(/name at least one/);
  });
});

describe("verifying", () => {
  test("runs everything again and finds the same bits", async () => {
    const seen: number[] = [];
    const found = await verifyStore(whole, {
      catalog,
      executor: executor(),
      onCompared: ({ stored }) => seen.push(stored.run.index),
    });
    expect(found).toEqual({ records: SMALL_RUNS, compared: SMALL_RUNS, differing: [] });
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: SMALL_RUNS }, (_, i) => i));
  });

  test("of a sample runs just that", async () => {
    const seen = async (seed: number): Promise<number[]> => {
      const list: number[] = [];
      await verifyStore(whole, {
        catalog,
        executor: executor(),
        sample: 5,
        seed,
        onCompared: ({ stored }) => list.push(stored.run.index),
      });
      return list.sort((a, b) => a - b);
    };
    const first = await seen(1);
    expect(new Set(first).size).toBe(5);
    expect(await seen(1)).toEqual(first);
    expect(await seen(2)).not.toEqual(first);
  });

  test("finds the run whose bits are others", async () => {
    const shaky = executor();
    const found = await verifyStore(whole, {
      catalog,
      executor: {
        async run(spec, options) {
          const outcome = await shaky.run(spec, options);
          const wrong =
            spec.problem.name === "bowl" && spec.optimizer.name === "walk" && spec.replicate === 1;
          return wrong ? { ...outcome, result: { ...outcome.result, fingerprint: "f".repeat(16) } } : outcome;
        },
      },
    });
    const indices = found.differing.map(({ stored }: { stored: RunRecord }) => stored.run.index);
    expect(indices).toEqual([1]);
  });

  test("compares nothing that was cancelled, and refuses another version's folder", async () => {
    const stop = new AbortController();
    stop.abort();
    const found = await verifyStore(whole, { catalog, executor: executor(), signal: stop.signal });
    // the nine that cannot even be made fail as before
    expect(found).toEqual({ records: SMALL_RUNS, compared: 9, differing: [] });
    const old = fresh();
    await run(old, 1, 9);
    writeFileSync(join(old, "environment.json"), '{"basin":"0.0.1"}');
    await expect(verifyStore(old, { catalog, executor: executor() })).rejects.toThrow(
      /verify it with basin 0/,
    );
  });
});
