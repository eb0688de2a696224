// A key is a path of randomness: plain data, printable, the same numbers wherever it is opened. (Scaffold.)
import type { Rng } from "./rng.ts";

/** A path such as ["7", "penguins-logistic", "3"]. Plain data. */
export interface Key {
  readonly path: readonly string[];
}

/** The streams of one run: seedrandom is asked once, the streams below it come by counter-based mixing. */
export interface Streams {
  /** A fresh stream at `name`, or at `name/index`. Costs nanoseconds. */
  rng(name: string, index?: number): Rng;
}
