// One experiment at a time, from start to end: what runs, what is done, how long it still takes.
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import {
  parseSpec,
  plan,
  runExperiment,
  type ExecuteOptions,
  type ExperimentSpec,
  type Executor,
  type PlannedRun,
} from "@basin/experiment";
import type { Catalog, RunResult, RunSpec } from "@basin/runner";
import { formatNumber, type LaneDot } from "@basin/charts";
import { fileOf, type Config } from "./config.ts";
import { createHeldRuns, type HeldRun, type HeldRuns } from "./held.ts";
import { createResults, type Results } from "./results.ts";

export type Status = "idle" | "running" | "paused" | "done" | "cancelled";

/** What carries the runs out, and can be held. */
export interface Engine {
  run(
    spec: RunSpec,
    options?: ExecuteOptions & { readonly onHeld?: (soFar: RunResult) => void },
  ): ReturnType<Executor["run"]>;
  pause(): void;
  resume(): void;
  /** While paused: one step of each run that is held, of at least so many. */
  step(atLeast: number): Promise<void>;
  close(): void;
}

/** One planned run as the lanes show it. */
export interface RunState {
  readonly run: PlannedRun;
  dot: LaneDot;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** 0 … 1, by cost spent. */
  readonly share: number;
  /** Seconds; undefined until there is something to go by. */
  readonly left: number | undefined;
  /** Seconds of running, pauses apart. */
  readonly elapsed: number;
}

export interface Session {
  readonly status: ReadonlySignal<Status>;
  /** Rises at most ten times a second while there is something new to draw. */
  readonly version: ReadonlySignal<number>;
  readonly results: ReadonlySignal<Results | undefined>;
  readonly runs: ReadonlySignal<readonly RunState[]>;
  /** While paused: the runs that wait in the middle. */
  readonly held: ReadonlySignal<readonly HeldRun[]>;
  /** What is wrong with the experiment, in words. */
  readonly fault: ReadonlySignal<string | undefined>;
  /** Runs that lost a worker or failed, in plain words. */
  readonly incidents: ReadonlySignal<readonly string[]>;
  /** The config of the experiment that runs or ran. */
  readonly config: ReadonlySignal<Config | undefined>;
  progress(): Progress;
  /** Says what is wrong (undefined: nothing any more), where it is not the experiment's own parsing that finds it. */
  complain(fault: string | undefined): void;
  start(config: Config): Promise<void>;
  pause(): void;
  resume(): void;
  /**
   * One step (one ask, one tell) of each run that is held, of one for each optimizer if there are so many left. Where nothing
   * runs, the experiment of this config begins, paused, with its first step.
   */
  step(config: Config): Promise<void>;
  cancel(): void;
  /** Carries the ended runs of one seed out again for the points they went through: the same, to the last bit. */
  look(replicate: number, problem: number): Promise<void>;
}

export interface SessionOptions {
  readonly catalog: Catalog;
  readonly engine: () => Engine;
  readonly clock: () => number;
  /** Calls back before the next frame. */
  readonly frame: (then: () => void) => void;
}

/** The experiment of a config. */
export function specOf(config: Config, catalog: Catalog): ExperimentSpec {
  return parseSpec(fileOf(config), catalog);
}

/** "12 steps, 24 evaluations: loss 0.513" */
export function inSteps({ tally, best }: RunResult): string {
  const counted = (n: number, what: string): string => `${formatNumber(n)} ${what}${n === 1 ? "" : "s"}`;
  const spent = `${counted(tally.steps, "step")}, ${counted(tally.cost, "evaluation")}`;
  return tally.cost === 0 ? spent : `${spent}: loss ${formatNumber(best.loss)}`;
}

/** "seed 3" or "seeds 1, 2, 3 and 12 more" */
function seedsInWords(seeds: readonly number[]): string {
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  const sorted = seeds.toSorted((a, b) => a - b);
  const more = sorted.length - 3;
  return `seeds ${sorted.slice(0, 3).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The seed whose points are recorded from the beginning, for the map: the first. Those of others on demand. */
export const recorded = 0;
const recordOf = { points: true, asked: 3 } as const;

/** The engine for an experiment: some runs keep their points, and those that are held are listened to. */
function executorOn(engine: Engine, onHeld: (spec: RunSpec, soFar: RunResult) => void): Executor {
  return {
    run: (spec, options) =>
      engine.run(spec.replicate === recorded ? { ...spec, record: { ...recordOf, ...spec.record } } : spec, {
        ...options,
        onHeld: (soFar) => onHeld(spec, soFar),
      }),
  };
}

/** Optimizers that a step advances at once, at most: each takes a worker of its own. */
const abreast = 16;

/** Milliseconds between two drawings, at least and at most. */
const least = 100;
const most = 1000;

export function createSession(options: SessionOptions): Session {
  const { catalog, clock } = options;
  const status = signal<Status>("idle");
  const version = signal(0);
  const results = signal<Results | undefined>(undefined);
  const runs = signal<readonly RunState[]>([]);
  const fault = signal<string | undefined>(undefined);
  const incidents = signal<readonly string[]>([]);
  const current = signal<Config | undefined>(undefined);
  let abort = new AbortController();
  let shares: Float64Array = new Float64Array(0);
  let began = 0;
  let worked = 0;
  let engine: Engine | undefined;
  const held = signal<readonly HeldRun[]>([]);
  let waiting: HeldRuns | undefined;
  let stepping = false;

  // New data waits for a frame, and frames with new data keep a distance, so that drawing never crowds out the page.
  let drawn = -Infinity;
  let asked = false;
  let pace = least;
  const changed = (): void => {
    if (asked) return;
    asked = true;
    const draw = (): void => {
      const early = status.value === "running" ? pace - (clock() - drawn) : 0;
      if (early > 0) return void setTimeout(() => options.frame(draw), early);
      asked = false;
      drawn = clock();
      version.value++;
      // What the drawing took decides how soon the next may come: at most a tenth of the time is drawing.
      setTimeout(() => (pace = Math.max(least, Math.min(most, 10 * (clock() - drawn)))), 0);
    };
    options.frame(draw);
  };

  const elapsed = (): number => worked + (status.value === "running" ? clock() - began : 0);
  const rest = (): void => {
    if (status.value === "running") worked += clock() - began;
  };
  const set = (index: number, dot: LaneDot): void => {
    runs.value[index]!.dot = dot;
    changed();
  };

  const letGo = (): void => {
    waiting?.clear();
    held.value = [];
  };

  async function start(config: Config, paused = false): Promise<void> {
    abort.abort();
    const mine = (abort = new AbortController());
    let spec: ExperimentSpec;
    try {
      spec = specOf(config, catalog);
    } catch (error) {
      batch(() => {
        fault.value = error instanceof Error ? error.message : String(error);
        if (status.value !== "idle") status.value = "cancelled";
      });
      return;
    }
    const planned = plan(spec);
    const made = createResults(spec);
    engine = options.engine();
    engine.resume();
    if (paused) engine.pause();
    shares = new Float64Array(planned.length);
    const heldRuns = (waiting = createHeldRuns(planned));
    [worked, began, drawn] = [0, clock(), -Infinity];
    batch(() => {
      fault.value = undefined;
      incidents.value = [];
      current.value = config;
      results.value = made;
      runs.value = planned.map((run) => ({ run, dot: { state: "waiting" } }));
      held.value = [];
      status.value = paused ? "paused" : "running";
      version.value++;
    });
    const name = (run: PlannedRun): string =>
      `${spec.optimizers[run.entry]!.label}, seed ${run.spec.replicate + 1}`;
    const misfortunes = new Map<string, { label: string; what: string; seeds: number[] }>();
    const befallen = (run: PlannedRun, what: string): void => {
      const { label } = spec.optimizers[run.entry]!;
      const one = misfortunes.get(`${label} ${what}`) ?? { label, what, seeds: [] };
      one.seeds.push(run.spec.replicate + 1);
      misfortunes.set(`${label} ${what}`, one);
      incidents.value = [...misfortunes.values()].map(
        ({ label: who, what: how, seeds }) => `${who}, ${seedsInWords(seeds)} ${how}`,
      );
    };
    await runExperiment(spec, {
      catalog,
      executor: executorOn(engine, (of, soFar) => {
        if (mine.signal.aborted || status.value !== "paused") return;
        heldRuns.hear(of, soFar);
        held.value = heldRuns.list();
        for (const { run, result } of held.value) {
          shares[run.index] = Math.min(1, result.tally.cost / run.spec.budget);
          set(run.index, {
            state: "running",
            progress: shares[run.index]!,
            why: `${name(run)}: waits after ${inSteps(result)}`,
          });
        }
      }),
      signal: mine.signal,
      onProgress: (run, progress) => {
        if (mine.signal.aborted) return;
        shares[run.index] = Math.min(1, progress.cost / progress.budget);
        set(run.index, { state: "running", progress: shares[run.index]!, why: `${name(run)}: running` });
      },
      onRecord: (record) => {
        if (mine.signal.aborted) return;
        const { run, result, attempts } = record;
        const reason = result.reason.replace(/\.$/, "");
        shares[run.index] = 1;
        made.add(record);
        heldRuns.release(run);
        if (held.value.length > 0) held.value = heldRuns.list();
        const again = attempts > 1 ? " Its first attempt lost its worker; this is the second." : "";
        if (result.ending === "failed") {
          set(run.index, { state: "failed", why: `${name(run)}: failed. ${reason}.` });
          befallen(run, attempts > 1 ? `failed twice: ${reason}.` : `failed: ${reason}.`);
        } else {
          set(run.index, {
            state: result.ending === "cancelled" ? "cancelled" : result.diverged ? "diverged" : "done",
            why: `${name(run)}: ${result.diverged ? "diverged" : `loss ${result.best.loss.toPrecision(3)}`}. ${reason}.${again}`,
          });
          if (attempts > 1) befallen(run, "lost its worker once and was run again.");
        }
      },
    });
    if (mine.signal.aborted) return;
    rest();
    batch(() => {
      status.value = "done";
      version.value++;
    });
  }

  async function look(replicate: number, problem: number): Promise<void> {
    const [shown, worker, { signal: over }] = [results.value, engine, abort];
    if (shown === undefined || worker === undefined) return;
    const missing = shown.of(replicate, problem).filter(({ result }) => result.trace.points === undefined);
    const again = await Promise.all(
      missing.map(async (record) => {
        const { result } = await worker.run({ ...record.run.spec, record: recordOf }, { signal: over });
        return { ...record, result };
      }),
    );
    shown.keep(again.filter(({ result }) => result.trace.points !== undefined));
    changed();
  }

  function pause(): void {
    if (status.value !== "running") return;
    rest();
    engine?.pause();
    status.value = "paused";
    changed();
  }

  function resume(): void {
    if (status.value !== "paused") return;
    began = clock();
    status.value = "running";
    letGo();
    engine?.resume();
    changed();
  }

  async function step(config: Config): Promise<void> {
    if (stepping || status.value === "running") return;
    if (status.value !== "paused") void start(config, true);
    const spec = results.value?.spec;
    // what cannot be parsed has not begun
    if (status.value !== "paused" || spec === undefined) return;
    stepping = true;
    try {
      await engine?.step(Math.min(abreast, spec.optimizers.length));
    } finally {
      stepping = false;
      changed();
    }
  }

  return {
    status,
    version,
    results,
    runs,
    fault,
    incidents,
    config: current,
    progress: () => {
      const total = shares.length;
      const share = total === 0 ? 0 : shares.reduce((a, b) => a + b, 0) / total;
      const seconds = elapsed() / 1000;
      return {
        done: results.value?.count ?? 0,
        total,
        share,
        left: share > 0.02 && seconds > 0.2 ? (seconds * (1 - share)) / share : undefined,
        elapsed: seconds,
      };
    },
    complain: (text) => void (fault.value = text),
    start,
    look,
    pause,
    resume,
    step,
    held,
    cancel: () => {
      if (status.value !== "running" && status.value !== "paused") return;
      rest();
      abort.abort();
      engine?.resume();
      batch(() => {
        letGo();
        for (const state of runs.value)
          if (state.dot.state === "waiting" || state.dot.state === "running")
            state.dot = { state: "cancelled", why: "cancelled" };
        status.value = "cancelled";
        version.value++;
      });
    },
  };
}
