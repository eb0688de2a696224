// Mutation: a small change of a child.
import type { Vector } from "@basin/objective";
import type { Rng } from "@basin/random";

/** What is known of the generation that mutates. */
export interface Ancestry {
  /** Ranked members, shape [count × n], the best first. */
  readonly parents: Vector;
  readonly count: number;
  /** Standard deviation of the members in each coordinate, shape [n]; never zero. */
  readonly spread: Vector;
  /** Where steps go along axes of the population: these, as columns, shape [n × n]; the spread is then along them. */
  readonly axes?: Vector | undefined;
}

/**
 * Changes the caller's own row of `children` that begins at `c`; `step` is the child's step size, in units of the
 * spread. The child may leave the bounds; whoever asked brings it back.
 */
export type Mutation = (
  children: Float64Array,
  c: number,
  n: number,
  step: number,
  ancestry: Ancestry,
  rng: Rng,
) => void;
