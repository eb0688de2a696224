// An update rule: how a slope becomes a step. Rules are pure, and compose: clipping and decay are rules around rules.
import type { Vector } from "@basin/objective";

export interface UpdateRule {
  /** Length of the memory for a domain of n dimensions: zeros before the first step. */
  memory(n: number): number;
  /**
   * Step t (from 1) at this rate, from x along the gradient there, shapes [n]: writes the next point into `to`, shape [n],
   * and all of what is remembered next into `next`, as long as `memory`. Never writes to its other arguments, and keeps
   * none of them. One array holds all that is remembered, since small arrays cost more to make than to fill.
   */
  step(
    x: Vector,
    gradient: Vector,
    memory: Vector,
    t: number,
    rate: number,
    to: Float64Array,
    next: Float64Array,
  ): void;
}

/** The memory of a rule that has none. */
export const noMemory = (): number => 0;
/** The memory of a rule that remembers one vector. */
export const oneVector = (n: number): number => n;
/** The memory of a rule that remembers two vectors, one after the other. */
export const twoVectors = (n: number): number => 2 * n;

/** Memory for what lives no longer than one step: the same array again and again, of any content. */
export function scratch(): (n: number) => Float64Array {
  let room = new Float64Array(0);
  return (n) => (room.length === n ? room : (room = new Float64Array(n)));
}
