// Points and boxes in ℝⁿ.

/**
 * A point or a direction in ℝⁿ, shape [n]. Shared freely, therefore never written to once it is handed out.
 * Points of one batch may be rows of one matrix (views into one buffer).
 */
export type Vector = Readonly<Float64Array>;

/** An axis-parallel box, lower ≤ x ≤ upper, shapes [n]. */
export interface Box {
  readonly lower: Vector;
  readonly upper: Vector;
}
