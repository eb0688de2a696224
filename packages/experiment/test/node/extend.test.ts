// More seeds in the folder that holds some: the same bytes as a fresh run of all of them, whatever happens on the way.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";
import { parseSpec, plan, type ExperimentFile } from "@basin/experiment";
import { mergeStores, openStore, readStore, runStored } from "@basin/experiment/node";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { begin, bytesOf, catalog, executor, fresh, later, recordsIn, small, until } from "./support.ts";

const LESS = 3;
const MORE = 5;
const less = { ...small, replicates: LESS };
const more = { ...small, replicates: MORE };
const options = { catalog, extend: true } as const;

/** A folder with some of the runs of fewer seeds; by default all, and finished. */
function copyOf(folder: string): string {
  const copy = fresh();
  cpSync(folder, copy, { recursive: true });
  return copy;
}
const [before, after] = [fresh(), fresh()];
let wanted: Record<string, string> = {};
beforeAll(async () => {
  await runStored(less, before, { catalog, executor: executor() });
  await runStored(more, after, { catalog, executor: executor() });
  wanted = bytesOf(after);
});

describe("more seeds", () => {
  test("leave the same bytes as a fresh run of all of them, and run only what is missing", async () => {
    const folder = copyOf(before);
    const run: number[] = [];
    const counting = executor();
    const result = await runStored(more, folder, {
      ...options,
      executor: {
        run: (spec, rest) => {
          run.push(spec.replicate);
          return counting.run(spec, rest);
        },
      },
    });
    expect(bytesOf(folder)).toEqual(wanted);
    expect(readdirSync(folder).sort()).toEqual(readdirSync(after).sort());
    expect([...new Set(run)].sort()).toEqual([3, 4]);
    expect(run).toHaveLength(9 * (MORE - LESS));
    expect(result.records).toHaveLength(9 * MORE);
    // seconds move along with their runs
    const seconds = (of: string, replicates: number): unknown[] =>
      readStore(of, catalog)
        .records.filter(({ run: { spec } }) => spec.replicate < LESS && replicates > 0)
        .map(({ result: { trace } }) => trace.seconds);
    expect(seconds(folder, MORE)).toEqual(seconds(before, LESS));
  });

  test("can be asked for from any records that are there, again and again", async () => {
    const lines = readFileSync(join(before, "runs.ndjson"), "utf8").trimEnd().split("\n");
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines), fc.boolean(), async (kept, torn) => {
        const folder = copyOf(before);
        writeFileSync(
          join(folder, "runs.ndjson"),
          kept.map((line) => `${line}\n`).join("") + (torn ? lines[0]!.slice(0, 50) : ""),
        );
        const store = openStore(folder, parseSpec({ ...less, replicates: 4 }, catalog), options);
        expect([store.known.length, store.extendedFrom]).toEqual([kept.length, LESS]);
        store.close();
        await runStored(more, folder, { ...options, executor: executor() });
        expect(bytesOf(folder)).toEqual(wanted);
      }),
      { numRuns: 8 },
    );
  });

  test("are refused where anything else differs, where they are fewer, and unless they are asked for", () => {
    const refused = (experiment: ExperimentFile, extend: boolean): string => {
      const folder = copyOf(before);
      const was = bytesOf(folder);
      let said = "";
      try {
        openStore(folder, parseSpec(experiment, catalog), { catalog, extend }).close();
      } catch (error) {
        said = error instanceof UsageError ? `${error.found} (${error.advice})` : "another error";
      }
      expect(bytesOf(folder)).toEqual(was);
      return said;
    };
    expect(refused({ ...more, budget: 101 }, true)).toMatch(
      /^it holds another experiment \(with other replicates: 3 there, 5 here, budget: 100 there, 101 here\)/,
    );
    expect(refused({ ...more, optimizers: ["walk"] }, true)).toMatch(/other optimizers/);
    expect(refused({ ...less, replicates: 2 }, true)).toMatch(
      /^it holds this experiment with 3 seeds, and 2 are asked for \(ask for 3 or more, /,
    );
    expect(refused(more, false)).toMatch(
      /^it holds this experiment with 3 seeds, and 5 are asked for \(choose /,
    );
  });

  test("of a folder with a record that was damaged are refused, and nothing is touched", () => {
    const folder = copyOf(before);
    const path = join(folder, "runs.ndjson");
    writeFileSync(path, readFileSync(path, "utf8").replace(/"loss":/, '"lass":'));
    const was = bytesOf(folder);
    expect(() => openStore(folder, parseSpec(more, catalog), options)).toThrow(/line 1 of runs\.ndjson/);
    expect(bytesOf(folder)).toEqual(was);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("of parts that other machines ran are merged to the same bytes", async () => {
    const parts = await Promise.all(
      [1, 2].map(async (index) => {
        const [folder, shard] = [fresh(), { index, of: 2 }];
        await runStored(less, folder, { catalog, executor: executor(), shard });
        await runStored(more, folder, { ...options, executor: executor(), shard });
        return folder;
      }),
    );
    const into = fresh();
    mergeStores(parts, into, { catalog }).store.finish();
    expect(bytesOf(into)).toEqual(wanted);
  });
});

describe("whenever the process ends", () => {
  /** A folder in which all is prepared for more seeds, and nothing has taken its place. */
  function prepared(): string {
    const [folder, extended] = [copyOf(before), copyOf(before)];
    openStore(extended, parseSpec(more, catalog), options).close();
    const ahead = join(folder, ".extended");
    mkdirSync(ahead);
    for (const name of ["spec.json", "runs.ndjson", "timing.ndjson"])
      cpSync(join(extended, name), join(ahead, name));
    return folder;
  }

  test("the folder reads as it was or as it is to be, and the same call goes on", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(["spec.json", "runs.ndjson", "timing.ndjson"]), async (moved) => {
        const folder = prepared();
        for (const name of moved) renameSync(join(folder, ".extended", name), join(folder, name));
        const read = readStore(folder, catalog);
        expect([read.spec.replicates, read.records.length]).toEqual([MORE, 9 * LESS]);
        expect(read.records.map(({ run }) => [run.entry, run.problem, run.spec.replicate])).toEqual(
          plan(parseSpec(less, catalog)).map((run) => [run.entry, run.problem, run.spec.replicate]),
        );
        await runStored(more, folder, { catalog, executor: executor() });
        expect(bytesOf(folder)).toEqual(wanted);
        expect(existsSync(join(folder, ".extended"))).toBe(false);
      }),
      { numRuns: 8 },
    );
  });

  test("what was not yet prepared as a whole is as good as nothing", async () => {
    const folder = prepared();
    renameSync(join(folder, ".extended"), join(folder, ".extended.part"));
    writeFileSync(join(folder, ".extended.part", "runs.ndjson"), '{"index":0,"pro');
    expect(readStore(folder, catalog).spec.replicates).toBe(LESS);
    // fewer seeds are still its experiment
    openStore(folder, parseSpec(less, catalog), { catalog }).close();
    await runStored(more, folder, { ...options, executor: executor() });
    expect(bytesOf(folder)).toEqual(wanted);
  });

  test("runs under way move along, and go on in the middle", { timeout: 120_000 }, async () => {
    // about a second of work each
    const long: ExperimentFile = {
      problems: [{ name: "bowl", settings: { dimension: 10, work: 200 } }],
      optimizers: ["slide", "walk"],
      replicates: 1,
      budget: 40_000,
    };
    const [folder, whole] = [fresh(), fresh()];
    const file = (index: number): string => join(folder, "checkpoints", `${index}.json`);
    const { child, ended } = begin(folder, { ...long, optimizers: ["slide", "walk"] }, 50);
    // the walk is run 1 of 2
    await until(() => existsSync(file(1)));
    child.kill("SIGKILL");
    await ended;
    const begins: number[] = [];
    await runStored({ ...long, replicates: 2 }, folder, {
      ...options,
      executor: executor(),
      // and run 2 of 4
      onProgress: ({ index }, { steps }) => index === 2 && begins.push(steps),
    });
    expect(begins[0]).toBeGreaterThan(20);
    await runStored({ ...long, replicates: 2 }, whole, { catalog, executor: executor() });
    expect(bytesOf(folder)).toEqual(bytesOf(whole));
  });

  const times = process.env["BASIN_LONG"] === undefined ? 8 : 60;
  test(
    `killed ${times} times at any moment: no record is lost, and the end is the same bytes`,
    { timeout: 600_000 },
    async () => {
      // some milliseconds a run
      const many: ExperimentFile = {
        ...small,
        problems: [{ name: "bowl", settings: { work: 300 } }, "half-blind"],
        budget: 400,
      };
      const luck = rngOf(rootKey("kill while seeds are added"));
      const whole = fresh();
      const most = 40;
      await runStored({ ...many, replicates: most }, whole, { catalog, executor: executor() });
      let [folder, seeds, kept] = [fresh(), 1, 0];
      await runStored({ ...many, replicates: 1 }, folder, { catalog, executor: executor() });
      for (let kills = 0; kills < times; kills++) {
        seeds = Math.min(most, seeds + luck.integer(6));
        const { child, ended } = begin(folder, { ...many, replicates: seeds });
        let over = false;
        void ended.then(() => (over = true));
        // while it is prepared, while files take their places, and later
        const moment = luck.integer(4);
        if (moment === 0) await later(luck.integer(400));
        else if (moment === 1) await until(() => over || existsSync(join(folder, ".extended.part")));
        else if (moment === 2) await until(() => over || existsSync(join(folder, ".extended")));
        else await until(() => over || recordsIn(folder) > kept + luck.integer(4));
        child.kill("SIGKILL");
        expect((await ended).err).toBe("");
        const now = readStore(folder, catalog).records.length;
        expect(now).toBeGreaterThanOrEqual(kept);
        kept = now;
      }
      await runStored({ ...many, replicates: most }, folder, { ...options, executor: executor() });
      expect(bytesOf(folder)).toEqual(bytesOf(whole));
    },
  );
});
