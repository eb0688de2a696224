// The seam between graphs and what runs them.
import type { Graph } from "../graph.ts";
import type { Values } from "../ir.ts";
import type { Shape } from "../shape.ts";

export type Precision = "f64" | "f32";

/** A graph made ready to run, with arrays of its own (row-major, in its precision). */
export interface Executable {
  /** Written by whoever has data; values stay until they are written again. */
  readonly inputs: readonly Values[];
  /** Written by `execute`. */
  readonly outputs: readonly Values[];
  execute(): void;
  /** Bytes held. */
  readonly memory: number;
  /** The backend that stands in, where the one that was asked for cannot run here. */
  readonly instead?: string;
  /** What another thread can make the same executable of, if the backend can; plain data and compiled code. */
  portable?(): unknown;
}

export interface Backend {
  readonly name: string;
  prepare(graph: Graph, precision: Precision): Executable;
}

/** Compiled once for fixed shapes. */
export interface Program {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** The backend that runs it: wasm-scalar where the engine has no SIMD, the tape where it has no WebAssembly. */
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
  /** The program's own array of input k: write to it instead of `set`, and nothing is copied. Float32Array in f32. */
  input(k: number): Values;
  /** The program's own array of output k, which `execute` (and `run`) fill. */
  output(k: number): Values;
  /** Runs on what the inputs hold; results stay in the program's own arrays. */
  execute(): void;
  /**
   * The program as data that can be sent to another thread (structured clone), where `revive` makes a program of it; what
   * was set is not sent. @throws AutodiffError for backends other than wasm, and for ops of one's own.
   */
  portable(): PortableProgram;
  /** Lets go of its memory; running it afterwards throws. */
  dispose(): void;
}

/** What `Program.portable` gives and `revive` takes. */
export interface PortableProgram {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly precision: Precision;
  readonly code: unknown;
}
