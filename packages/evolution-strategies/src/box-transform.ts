// A smooth map from ℝⁿ onto the box of the bounds: the search is unbounded, and every point that is asked about is inside.
//
// The identity in the middle, a parabola near each bound, mirrored beyond: what pycma does by default with bounds (Hansen, "CMA-ES
// with boundaries", pycma's BoxConstraintsLinQuadTransformation; the map is stated in its documentation). The parabola's slope vanishes
// at the bound, so the population may lie on the bound where the optimum does, and does not clump there otherwise.
import type { Box, Vector } from "@basin/objective";

/** Width of the parabolic margin at a bound of this magnitude. */
const margin = (width: number, bound: number): number => Math.min(width / 2, (1 + Math.abs(bound)) / 20);

/** One coordinate, unbounded → [lower, upper]. */
function into(y: number, lower: number, upper: number): number {
  if (lower === -Infinity && upper === Infinity) return y;
  if (lower === upper) return lower;
  const width = upper - lower;
  const below = lower === -Infinity ? 0 : margin(width, lower);
  const above = upper === Infinity ? 0 : margin(width, upper);
  // Mirrors at lower − below and at upper + above.
  if (Number.isFinite(width)) {
    const period = 2 * (width + below + above);
    let t = (y - (lower - below)) % period;
    if (t < 0) t += period;
    if (t > period / 2) t = period - t;
    y = lower - below + t;
  } else if (lower !== -Infinity && y < lower - below) y = 2 * (lower - below) - y;
  else if (upper !== Infinity && y > upper + above) y = 2 * (upper + above) - y;
  if (lower !== -Infinity && y < lower + below) {
    const d = y - (lower - below);
    y = lower + (d * d) / (4 * below);
  } else if (upper !== Infinity && y > upper - above) {
    const d = y - (upper + above);
    y = upper - (d * d) / (4 * above);
  }
  return Math.min(Math.max(y, lower), upper);
}

/** A y that `into` maps to x. */
function outOf(x: number, lower: number, upper: number): number {
  if (lower === upper) return x;
  const width = upper - lower;
  const below = lower === -Infinity ? 0 : margin(width, lower);
  const above = upper === Infinity ? 0 : margin(width, upper);
  if (lower !== -Infinity && x < lower + below)
    return lower - below + 2 * Math.sqrt(below * Math.max(0, x - lower));
  if (upper !== Infinity && x > upper - above)
    return upper + above - 2 * Math.sqrt(above * Math.max(0, upper - x));
  return x;
}

/** Whether any coordinate is bounded: where none is, the map is the identity. */
export function isBounded({ lower, upper }: Box): boolean {
  return lower.some((l, j) => l !== -Infinity || upper[j] !== Infinity);
}

/** Writes into(y) over the caller's own rows, shape [any × n]. */
export function intoBox(rows: Float64Array, { lower, upper }: Box): void {
  const n = lower.length;
  for (let at = 0; at < rows.length; at++) rows[at] = into(rows[at]!, lower[at % n]!, upper[at % n]!);
}

/** Where the unbounded search stands when the point is x, shape [n]. */
export function outOfBox(x: Vector, { lower, upper }: Box): Float64Array {
  return Float64Array.from(x, (value, j) => outOf(value, lower[j]!, upper[j]!));
}
