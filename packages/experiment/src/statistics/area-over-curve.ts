// The area over the curve of the loss (anytime performance: Hansen et al. 2022, "Anytime performance assessment"; as AOCC in van Stein and Bäck 2024).
import { log } from "@basin/math";

export interface AreaOptions {
  /** What a run may spend: the right edge. */
  readonly budget: number;
  /** The left edge. Default 1, or the budget where that is less. */
  readonly from?: number;
  /** How cost is measured. Default "log". */
  readonly scale?: "log" | "linear";
}

/**
 * The share of the rectangle of cost × targets that lies above the curve: 1 where every target was met at once, 0 where none was.
 * Given the exact first-hit costs, one a target, +Infinity where it never was met, it is exact for targets of equal weight, and the same as the area
 * under their empirical distribution. NaN for no targets.
 * @throws RangeError where the edges are not in order (or not above 0 on a log scale).
 */
export function areaOverCurve(hits: ArrayLike<number>, options: AreaOptions): number {
  const { budget, scale = "log" } = options;
  const from = options.from ?? Math.min(1, budget);
  const isLog = scale === "log";
  if (!(from <= budget && (!isLog || from > 0)))
    throw new RangeError(
      `areaOverCurve: it reaches from ${from} to ${budget}; give costs in order, above 0.`,
    );
  if (hits.length === 0) return Number.NaN;
  const at = (cost: number): number => (isLog ? log(cost) : cost);
  const width = at(budget) - at(from);
  let sum = 0;
  for (let i = 0; i < hits.length; i++) {
    const cost = hits[i]!;
    // NaN is never met
    if (!(cost <= budget)) continue;
    sum += cost <= from ? 1 : (at(budget) - at(cost)) / width;
  }
  return sum / hits.length;
}
