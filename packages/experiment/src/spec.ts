// An experiment as data. (First form: types; the schema comes with the plan.)
import type { Named, RunResult, RunSpec, Signal } from "@basin/runner";

/** One line of the comparison: an optimizer with hyperparameters, under a label of its own. */
export interface Entry extends Named {
  /** Unique in the experiment; defaults to the optimizer's name. */
  readonly label: string;
}

export interface ExperimentSpec {
  readonly problems: readonly Named[];
  readonly optimizers: readonly Entry[];
  /** How many seeds: each gives every optimizer the same start and the same data split. */
  readonly replicates: number;
  readonly budget: number;
  readonly seed: number;
  readonly target?: number;
  readonly record?: RunSpec["record"];
}

/** A planned run and where it stands in the experiment. */
export interface PlannedRun {
  /** problem × optimizer × replicate, in the order of the spec: 0, 1, 2 … */
  readonly index: number;
  readonly problem: number;
  readonly entry: number;
  readonly spec: RunSpec;
}

export interface RunRecord {
  readonly run: PlannedRun;
  readonly result: RunResult;
  /** 1, or 2 where the first attempt lost its worker. */
  readonly attempts: number;
}

/** Carries runs out, in any order, on whatever it has: workers in a page, threads in Node, or this thread. */
export interface Executor {
  /** Settles always: failures are results. Runs queue up; as many go at once as there are workers. */
  run(
    spec: RunSpec,
    options?: { readonly signal?: Signal; readonly onProgress?: (progress: RunProgress) => void },
  ): Promise<{ readonly result: RunResult; readonly attempts: number }>;
}

export interface RunProgress {
  /** Cost spent so far, of the budget. */
  readonly cost: number;
  readonly budget: number;
  readonly loss: number;
}
