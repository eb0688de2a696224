// What the survey worker is asked and answers: a map of the loss on one slice, and what fitted models say about their data.
import type { Field, Spot } from "@basin/charts";
import type { ExperimentSpec, Fault } from "@basin/experiment";
import type { RunSpec } from "@basin/runner";

/** One search to put on the map. */
export interface Traveller {
  readonly label: string;
  /** Shape [n]. */
  readonly best: Float64Array;
  readonly loss: number;
  /** Recommended points along the grid, shape [m][n], row-major. */
  readonly points?: Float64Array;
  /** Points asked, shape [rows][n], and the interval of each. */
  readonly asked?: { readonly interval: Int32Array; readonly points: Float64Array };
  /** Grid points of the trace. */
  readonly length: number;
}

export interface MapQuestion {
  readonly kind: "map";
  readonly spec: RunSpec;
  readonly start: Float64Array;
  readonly travellers: readonly Traveller[];
  /** Keep the slice and the frame of the map before, of the same problem and seed, as long as everything lies in it. */
  readonly steady?: boolean;
}

export interface MapTrack {
  readonly label: string;
  readonly trail: readonly Spot[];
  readonly points: readonly Spot[];
  readonly as: "trail" | "darts" | "cloud";
  readonly best: Spot;
}

export interface MapAnswer {
  readonly kind: "map";
  readonly field: Field;
  readonly start: Spot;
  readonly tracks: readonly MapTrack[];
  /** Weights of the model. */
  readonly dimension: number;
}

export interface Candidate {
  readonly label: string;
  readonly x: Float64Array;
}

export interface FitQuestion {
  readonly kind: "fit";
  readonly spec: RunSpec;
  readonly candidates: readonly Candidate[];
}

export interface FitPicture {
  readonly label: string;
  readonly report: Readonly<Record<string, number>>;
  readonly regions?: readonly Field[];
  readonly line?: readonly { readonly x: number; readonly y: number }[];
  /** Points of its own, where they depend on the model. */
  readonly points?: FitAnswer["points"];
}

export interface FitAnswer {
  readonly kind: "fit";
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly groups?: readonly string[];
  readonly points: readonly { readonly x: number; readonly y: number; readonly group: number }[];
  readonly pictures: readonly FitPicture[];
  /** What a reader should know about the pictures. */
  readonly note?: string;
}

/** Why there is no picture: "this problem is a function; it fits no data". */
export interface NoAnswer {
  readonly kind: "none";
  readonly reason: string;
}

/** Which optimizers cannot take their problem? */
export interface MisfitsQuestion {
  readonly kind: "misfits";
  readonly spec: ExperimentSpec;
}

export interface MisfitsAnswer {
  readonly kind: "misfits";
  readonly faults: readonly Fault[];
}

export type Question = MapQuestion | FitQuestion | MisfitsQuestion;
export type Answer = MapAnswer | FitAnswer | MisfitsAnswer | NoAnswer;

/** An answer may come more than once, coarse first, then fine; undefined: that was the last. */
export interface Reply {
  readonly id: number;
  readonly answer: Answer | undefined;
}
