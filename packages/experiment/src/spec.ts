// An experiment as data: which problems, which optimizers, how many seeds, what budget; and the records that its runs leave.
import type { Named, RunProgress, RunResult, RunSpec, Signal, StoredCheckpoint } from "@basin/runner";

/** "1000n": a thousand evaluations for each coordinate. */
export type PerDimension = `${number}n`;
/** In units of one full f(x). */
export type Budget = number | PerDimension;

/** One problem of the experiment. */
export interface ProblemEntry extends Named {
  /** Unique in the experiment; the problem's name, and its settings where the name alone would not tell it apart. */
  readonly label: string;
  /** n: only where the experiment's budget is a multiple of it. */
  readonly dimension?: number;
}

/** One line of the comparison: an optimizer with hyperparameters, under a label of its own. */
export interface Entry extends Named {
  /** Unique in the experiment; the optimizer's name, and its settings where the name alone would not tell it apart. */
  readonly label: string;
  /** The optimizer's family: charts draw a dash pattern for each. */
  readonly family: string;
  /** How its settings were chosen, if they were tuned; decides no number. */
  readonly tuning?: Tuning;
}

/** Effort that went into settings: part of what a comparison has to say. */
export interface Tuning {
  /** Runs that were spent on it. */
  readonly runs: number;
  /** Seeds that each trial ran on, none of which the comparison uses. */
  readonly seeds: number;
  /** Hyperparameters that were varied. */
  readonly varied: readonly string[];
  readonly criterion: string;
}

/** In normal form: settings hold what differs from the defaults and nothing else, so that one experiment has one form. */
export interface ExperimentSpec {
  readonly problems: readonly ProblemEntry[];
  readonly optimizers: readonly Entry[];
  /** How many seeds: each gives every optimizer the same start and the same data split. */
  readonly replicates: number;
  /** In units of one full f(x), or a multiple of each problem's dimension; `budgetOf` says what that is for a problem. */
  readonly budget: Budget;
  /** Root of all randomness. */
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

/** What an experiment leaves: all that statistics, pictures and files are made from. */
export interface ExperimentResult {
  readonly spec: ExperimentSpec;
  /** In the order of the plan; fewer than planned where the experiment is under way or was cancelled. */
  readonly records: readonly RunRecord[];
}

export interface ExecuteOptions {
  readonly signal?: Signal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** A checkpoint of this same run to go on from, to the same bits. */
  readonly from?: StoredCheckpoint;
  /** Called every minute or so of a long run. */
  readonly onCheckpoint?: (checkpoint: StoredCheckpoint) => void;
}

/** Carries runs out, in any order, on whatever it has: workers in a page, threads in Node, or this thread. */
export interface Executor {
  /** Settles always: failures are results. Runs queue up; as many go at once as there are workers. */
  run(
    spec: RunSpec,
    options?: ExecuteOptions,
  ): Promise<{ readonly result: RunResult; readonly attempts: number }>;
}
