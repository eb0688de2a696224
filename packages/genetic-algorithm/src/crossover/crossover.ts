// Crossover: two children from two parents.
import type { Vector } from "@basin/objective";
import type { Rng } from "@basin/random";

/**
 * Writes two children into the caller's own rows: parents are rows of `parents` that begin at `a` and `b`, children are
 * rows of `children` that begin at `c` and `c + n`; all have n coordinates. Children may leave the bounds; whoever asked
 * brings them back.
 */
export type Crossover = (
  parents: Vector,
  a: number,
  b: number,
  children: Float64Array,
  c: number,
  n: number,
  rng: Rng,
) => void;
