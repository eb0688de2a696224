// What a run leaves behind: plain data, the same bits on every engine (seconds apart).
import type { QueryKind, Vector } from "@basin/objective";

/** Counts of one run so far. */
export interface Tally {
  /** Sum of the prices of all answers, in units of one full f(x). A minibatch of m among N costs m/N of it. */
  readonly cost: number;
  /** Answers by kind, unpriced. */
  readonly queries: { readonly [K in QueryKind]?: number };
  /** Examples visited. */
  readonly examples: number;
  /** Answers that failed. */
  readonly failures: number;
  /** Transitions (asks answered). */
  readonly steps: number;
}

/**
 * A run on the fixed grid: cost[i] = 10^(i/40), up to the budget, and the budget itself as the last point. All arrays have shape [m].
 * Entry i is the state of affairs when at most cost[i] has been spent, counted answer by answer, within a batch too; its
 * loss is NaN before the first answer, and +Infinity while all answers have failed.
 */
export interface Trace {
  readonly cost: Float64Array;
  /** Lowest f evaluated so far; for noisy searches (mini-batches) the full f at the recommended point, probed and not charged. */
  readonly loss: Float64Array;
  readonly queries: Float64Array;
  readonly examples: Float64Array;
  /** Wall-clock seconds since the run began, NaN without a clock: the only entry that is not reproducible; no part of the fingerprint. */
  readonly seconds: Float64Array;
  /** What the objective reports at the incumbent (test loss, accuracy …), by name. */
  readonly report: Readonly<Record<string, Float64Array>>;
  /** The search's own metrics, by name. */
  readonly metrics: Readonly<Record<string, Float64Array>>;
  /**
   * Exact cost at which loss ≤ above + 10^(k/20) was first met, k descending by one from the first entry, down to
   * −320. Targets above the first entry were met by the first answer too. `above` is the known minimum of f, else 0.
   * Shapes [h]. Where f is noisy: the cost at which the point was recommended that, looked at on the grid, met it; 0 for
   * what the start meets.
   */
  readonly hits: { readonly k: Int32Array; readonly cost: Float64Array; readonly above: number };
  /** If asked for: recommended points, one a grid point, shape [m][n], row-major. */
  readonly points?: Float64Array;
  /** If asked for: a sample of the points asked in each grid interval; shape [rows][n] with `interval` of shape [rows]. */
  readonly asked?: { readonly interval: Int32Array; readonly points: Float64Array };
}

/** Why a run ended. "failed": the objective could not be made or evaluated at all, or the worker died; `reason` says which. */
export type Ending = "budget" | "target" | "stopped" | "cancelled" | "failed";

export interface RunResult {
  readonly ending: Ending;
  /** In words: "budget of 2000 spent", "converged: …", "worker exited with code 1". */
  readonly reason: string;
  /** Whether the loss of the point recommended at the end is not finite, or above that of the start. */
  readonly diverged: boolean;
  /** Lowest evaluated point (noiseless) or the recommended point (noisy). */
  readonly best: { readonly x: Vector; readonly loss: number };
  readonly start: { readonly x: Vector; readonly loss: number };
  readonly tally: Tally;
  readonly trace: Trace;
  /** Price of one answer by kind, as charged. */
  readonly prices: { readonly [K in QueryKind]?: number };
  /** 16 hex digits over the bits of the trace (seconds, points and asked apart), the points, the ending and the tally. */
  readonly fingerprint: string;
}
