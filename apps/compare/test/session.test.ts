// One experiment at a time: what the page is told as runs start, end, fail, wait and are cancelled.
import { expect, test } from "vitest";
import { createResults } from "../src/state/results.ts";
import { createSession, recorded, specOf, type Engine, type Session } from "../src/state/session.ts";
import { defaultConfig, type Config } from "../src/state/config.ts";
import { catalog } from "@basin/catalog";
import type { Outcome } from "@basin/objective";
import {
  answer,
  begin,
  createService,
  resultOf,
  runOf,
  step as stepRun,
  type RunResult,
  type RunSpec,
} from "@basin/runner";
import { threadsOf } from "../src/state/held.ts";

interface Held {
  readonly spec: RunSpec;
  end(attempts?: number, change?: (result: RunResult) => RunResult): Promise<void>;
  report(share: number): void;
  /** Says that it waits, one step further than before. */
  hold(): void;
}

/** An engine whose runs end when the test says so. What they compute is real. */
function heldEngine(): { engine: Engine; runs: Held[]; said: string[] } {
  const [runs, said]: [Held[], string[]] = [[], []];
  const engine: Engine = {
    pause: () => void said.push("pause"),
    resume: () => void said.push("resume"),
    close: () => void said.push("close"),
    async step(atLeast) {
      said.push(`step ${atLeast}`);
      for (const run of runs.slice(0, atLeast)) run.hold();
      await new Promise((turn) => setTimeout(turn, 0));
    },
    run: (spec, options) =>
      new Promise((resolve) => {
        let steps = 0;
        let over = false;
        runs.push({
          spec,
          hold() {
            if (over) return;
            const run = runOf(spec, catalog);
            let checkpoint = begin(run);
            for (let step = 0; step < steps && checkpoint.next !== undefined; step++)
              checkpoint = stepRun(run, checkpoint, answer(run, checkpoint) as readonly Outcome[]);
            steps++;
            options?.onHeld?.(resultOf(run, checkpoint));
          },
          report: (share) =>
            options?.onProgress?.({ cost: share * spec.budget, budget: spec.budget, loss: 1, steps: 1 }),
          async end(attempts = 1, change = (result) => result) {
            const result = await createService({ catalog, clock: () => 0 }).run(spec);
            over = true;
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
  problems: [{ name: "sphere", settings: {} }],
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

test("a pause stops the clock", async () => {
  const { session, runs, said, tick } = await started();
  await runs[0]!.end();
  tick(500);
  session.pause();
  tick(60_000);
  expect(session.progress().elapsed).toBeCloseTo(0.5, 10);
  session.resume();
  expect(said).toEqual(["resume", "pause", "resume"]);
});

test("a step advances the runs that wait: dots, lines and points go on by it, and are gone when the runs go on by themselves", async () => {
  const { session, runs, said } = await started();
  session.pause();
  // the start, then two steps
  for (let i = 0; i < 3; i++) await session.step(small);
  expect(said.filter((word) => word.startsWith("step"))).toEqual(["step 3", "step 3", "step 3"]);
  expect(session.status.value).toBe("paused");
  const held = session.held.value;
  expect(held.map(({ result }) => result.tally.steps)).toEqual([2, 2, 2]);
  const { why, state } = session.runs.value[0]!.dot;
  expect(state).toBe("running");
  expect(why).toMatch(/^gradient-descent, seed 1: waits after 2 steps, [\d.]+ evaluations: loss /);
  const [thread] = threadsOf(held, session.results.value!, "cost", 0);
  const { tally, best } = held[0]!.result;
  const [x, loss] = [Array.from(thread!.x), Array.from(thread!.loss)];
  expect([x.length, x.at(-1), loss.at(-1)]).toEqual([loss.length, tally.cost, best.loss]);
  const known = loss.filter((value) => !Number.isNaN(value));
  expect(known).toEqual(known.toSorted((one, other) => other - one));
  // from the start to the best of now, in as many points as it was looked at
  const n = best.x.length;
  expect(held[0]!.trail.slice(-n)).toEqual(Float64Array.from(best.x));
  expect(held[0]!.trail.slice(0, n)).toEqual(Float64Array.from(held[0]!.result.start.x));
  await runs[0]!.end();
  expect(session.held.value).toHaveLength(2);
  session.resume();
  expect(session.held.value).toEqual([]);
});

test("where nothing runs, a step begins the experiment, paused", async () => {
  const { engine, runs, said } = heldEngine();
  const session = createSession({
    catalog,
    engine: () => engine,
    clock: () => 0,
    frame: (then) => void setTimeout(then, 0),
  });
  await session.step(small);
  expect(said).toEqual(["resume", "pause", "step 3"]);
  expect(session.status.value).toBe("paused");
  expect(session.held.value).toHaveLength(3);
  for (const run of runs) await run.end();
  expect(session.status.value).toBe("done");
  await session.step({ ...small, entrants: [{ name: "nothing", label: "nothing", settings: {} }] });
  expect(session.fault.value).toContain("nothing");
  expect(said).toHaveLength(3);
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
  const before = results.series("cost", 0);
  await runs[3]!.end();
  const after = results.series("cost", 0);
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
  const before = results.of(1, 0);
  expect(before.map(({ result }) => result.trace.points)).toEqual([undefined, undefined, undefined]);
  const looking = session.look(1, 0);
  for (const run of runs.slice(6)) await run.end();
  await looking;
  const after = results.of(1, 0);
  expect(after.every(({ result }) => result.trace.points !== undefined)).toBe(true);
  expect(after.map(({ result }) => result.fingerprint)).toEqual(
    before.map(({ result }) => result.fingerprint),
  );
  expect(results.count).toBe(6);
});
