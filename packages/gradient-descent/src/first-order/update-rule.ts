// An update rule: how a slope becomes a step. Rules are pure, and compose: clipping and decay are rules around rules.
import type { Vector } from "@basin/objective";

export interface UpdateRule {
  /** Length of the memory for a domain of n dimensions: zeros before the first step. */
  memory(n: number): number;
  /**
   * Step t (from 1) at this rate, from x along the gradient there, shapes [n]: writes the next point into `to` and gives
   * what is remembered next. Never writes to its other arguments. One array holds all that is remembered, since small
   * arrays cost more to make than to fill.
   */
  step(x: Vector, gradient: Vector, memory: Vector, t: number, rate: number, to: Float64Array): Vector;
}

/** The memory of a rule that has none. */
export const noMemory = (): number => 0;
/** The memory of a rule that remembers one vector. */
export const oneVector = (n: number): number => n;
/** The memory of a rule that remembers two vectors, one after the other. */
export const twoVectors = (n: number): number => 2 * n;
