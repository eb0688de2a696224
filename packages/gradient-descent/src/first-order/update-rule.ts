// An update rule: how a slope becomes a step. Rules are pure, and compose: clipping and decay are rules around rules.
import type { Vector } from "@basin/objective";

export interface UpdateRule {
  /** What is remembered before the first step: arrays of any length, for a domain of n dimensions. */
  begin(n: number): readonly Vector[];
  /**
   * Step t (from 1) at this rate, from x along the gradient there, shapes [n]: writes the next point into `to` and gives
   * what is remembered next. Never writes to its other arguments.
   */
  step(
    x: Vector,
    gradient: Vector,
    memory: readonly Vector[],
    t: number,
    rate: number,
    to: Float64Array,
  ): readonly Vector[];
}

const nothing: readonly Vector[] = [];
/** The memory of a rule that has none. */
export const noMemory = (): readonly Vector[] => nothing;

/** A memory of one, two … vectors of zeros. */
export const zeros =
  (count: number) =>
  (n: number): readonly Vector[] =>
    Array.from({ length: count }, () => new Float64Array(n));
