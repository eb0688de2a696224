// One experiment at a time: what the page is told as runs start, end, fail, wait and are cancelled.
import { expect, test } from "vitest";
import { createResults } from "../src/state/results.ts";
import { createSession, recorded, specOf, type Engine, type Session } from "../src/state/session.ts";
import { defaultConfig, type Config } from "../src/state/config.ts";
import { catalog } from "@basin/catalog";
import { createService, type RunResult, type RunSpec } from "@basin/runner";

interface Held {
  readonly spec: RunSpec;
  end(attempts?: number, change?: (result: RunResult) => RunResult): Promise<void>;
  report(share: number): void;
}

/** An engine whose runs end when the test says so. What they compute is real. */
function heldEngine(): { engine: Engine; runs: Held[]; said: string[] } {
  const [runs, said]: [Held[], string[]] = [[], []];
  const engine: Engine = {
    pause: () => void said.push("pause"),
    resume: () => void said.push("resume"),
    close: () => void said.push("close"),
    run: (spec, options) =>
      new Promise((resolve) => {
        runs.push({
          spec,
          report: (share) =>
            options?.onProgress?.({ cost: share * spec.budget, budget: spec.budget, loss: 1, steps: 1 }),
          async end(attempts = 1, change = (result) => result) {
            const result = await createService({ catalog, clock: () => 0 }).run(spec);
            resolve({ result: change(result), attempts });
            // Two turns: the record is told in the one after the promise settles.
            await new Promise((turn) => setTimeout(turn, 0));
          },
        });
      }),
  };
  return { engine, runs, said };
}

const small: Config = {
  ...defaultConfig,
  problem: { name: "sphere", settings: {} },
  replicates: 2,
  budget: 50,
};

async function started(
  config: Config = small,
): Promise<{ session: Session; runs: Held[]; said: string[]; tick(ms: number): void; over: Promise<void> }> {
  const { engine, runs, said } = heldEngine();
  let now = 0;
  const session = createSession({
    catalog,
    engine: () => engine,
    clock: () => now,
    frame: (then) => void setTimeout(then, 0),
  });
  const over = session.start(config);
  await new Promise((turn) => setTimeout(turn, 0));
  return { session, runs, said, over, tick: (ms) => (now += ms) };
}

const states = (session: Session): string[] => session.runs.value.map(({ dot }) => dot.state);

test("runs start seed by seed across the optimizers, and only the first seed records its points", async () => {
  const { runs } = await started();
  expect(runs.map(({ spec }) => [spec.optimizer.name, spec.replicate])).toEqual([
    ["gradient-descent", 0],
    ["random-search", 0],
    ["genetic-algorithm", 0],
    ["gradient-descent", 1],
    ["random-search", 1],
    ["genetic-algorithm", 1],
  ]);
  expect(runs.map(({ spec }) => spec.record?.points === true)).toEqual(
    runs.map(({ spec }) => spec.replicate === recorded),
  );
});

test("dots follow their runs from waiting to done, and progress tells the time left", async () => {
  const { session, runs, tick, over } = await started();
  expect(states(session)).toEqual(Array(6).fill("waiting"));
  runs[0]!.report(0.5);
  expect(session.runs.value[0]!.dot).toMatchObject({ state: "running", progress: 0.5 });
  tick(1000);
  // A twelfth of the work took a second, so eleven are left.
  expect(session.progress().left).toBeCloseTo(11, 10);
  for (const run of runs) await run.end();
  await over;
  expect(states(session)).toEqual(Array(6).fill("done"));
  expect(session.status.value).toBe("done");
  expect(session.progress()).toMatchObject({ done: 6, total: 6, share: 1 });
});

test("a pause stops the clock; a step lets one more run end", async () => {
  const { session, runs, said, tick } = await started();
  await runs[0]!.end();
  tick(500);
  session.pause();
  tick(60_000);
  expect(session.progress().elapsed).toBeCloseTo(0.5, 10);
  session.step();
  expect(session.status.value).toBe("running");
  await runs[1]!.end();
  expect(session.status.value).toBe("paused");
  expect(session.results.value!.count).toBe(2);
  session.resume();
  expect(said).toEqual(["resume", "pause", "resume", "pause", "resume"]);
});

test("a lost worker is named; a failed run too, and it is no end of the others", async () => {
  const { session, runs, over } = await started();
  await runs[0]!.end(2);
  await runs[1]!.end(2, (result) => ({
    ...result,
    ending: "failed",
    reason: "the worker stopped answering",
    diverged: true,
  }));
  for (const run of runs.slice(2)) await run.end();
  await over;
  expect(session.incidents.value).toEqual([
    "gradient-descent, seed 1 lost its worker once and was run again.",
    "random-search, seed 1 failed twice: the worker stopped answering.",
  ]);
  expect(states(session).filter((state) => state === "failed")).toHaveLength(1);
  expect(session.status.value).toBe("done");
});

test("what is cancelled says so, and a late answer changes nothing", async () => {
  const { session, runs } = await started();
  await runs[0]!.end();
  session.cancel();
  expect(session.status.value).toBe("cancelled");
  await runs[1]!.end();
  expect(session.results.value!.count).toBe(1);
  expect(states(session).filter((state) => state === "cancelled")).toHaveLength(5);
});

test("an experiment that cannot be run is explained, and what was shown stays", async () => {
  const { session, runs } = await started();
  await runs[0]!.end();
  await session.start({ ...small, entrants: [{ name: "gradient-decent", label: "x", settings: {} }] });
  expect(session.fault.value).toMatch(/gradient-descent/);
  expect(session.results.value!.count).toBe(1);
});

test("series of entries without new records are the very same objects: nothing is drawn twice", async () => {
  const { session, runs } = await started();
  await runs[0]!.end();
  await runs[1]!.end();
  const results = session.results.value!;
  const before = results.series("cost");
  await runs[3]!.end();
  const after = results.series("cost");
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
  expect([after[0]!.n, after[1]!.n, after[2]!.n]).toEqual([2, 1, 0]);
});

test("styles: colour and marker by entry, dash by family", () => {
  const config = {
    ...small,
    entrants: ["adam", "gradient-descent", "random-search"].map((name) => ({
      name,
      label: name,
      settings: {},
    })),
  };
  const { styles } = createResults(specOf(config, catalog));
  expect(styles.map(({ colour }) => colour)).toEqual([0, 1, 2]);
  expect(styles.map(({ dash }) => dash)).toEqual([0, 0, 1]);
});

test("another seed is looked at by running it again: the same bits, now with points", async () => {
  const { session, runs, over } = await started();
  for (const run of runs) await run.end();
  await over;
  const results = session.results.value!;
  const before = results.of(1);
  expect(before.map(({ result }) => result.trace.points)).toEqual([undefined, undefined, undefined]);
  const looking = session.look(1);
  for (const run of runs.slice(6)) await run.end();
  await looking;
  const after = results.of(1);
  expect(after.every(({ result }) => result.trace.points !== undefined)).toBe(true);
  expect(after.map(({ result }) => result.fingerprint)).toEqual(
    before.map(({ result }) => result.fingerprint),
  );
  expect(results.count).toBe(6);
});
