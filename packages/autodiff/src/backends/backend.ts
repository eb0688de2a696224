// The seam between graphs and what runs them.
import type { Graph } from "../graph.ts";
import type { Shape } from "../shape.ts";

export type Precision = "f64" | "f32";

/** A graph made ready to run. Arrays are row-major; f32 programs take and give Float64Array too, and round inside. */
export interface Executable {
  /** Gives input k a value that stays until it is set again. Copies. */
  set(k: number, data: ArrayLike<number>): void;
  /** Runs on the values that were set; writes output k into outs[k]. */
  run(outs: readonly Float64Array[]): void;
  /** Bytes held. */
  readonly memory: number;
  dispose(): void;
}

export interface Backend {
  readonly name: string;
  prepare(graph: Graph, precision: Precision): Executable;
}

/** Compiled once for fixed shapes. */
export interface Program {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly backend: string;
  readonly precision: Precision;
  /** Bytes held: buffers, constants, code. */
  readonly memory: number;
  /** Gives input k a value that stays until it is set again (data, labels). Copies. */
  set(k: number, data: ArrayLike<number>): void;
  /**
   * Runs; undefined inputs keep what was set. Writes results into outs[k] (length = size) and returns them; allocates if
   * outs is absent.
   */
  run(inputs: readonly (Readonly<Float64Array> | undefined)[], outs?: Float64Array[]): Float64Array[];
  /** Lets go of its memory; running it afterwards throws. */
  dispose(): void;
}
