// What methods that step from a point share: the unit of a step, and what becomes of a step over the bounds.
import type { Box } from "@basin/objective";
import type { Rng } from "@basin/random";

/** The unit of a step in each coordinate: the width of the region, 1 where it has none. Shape [n]. */
export function unitsOf({ lower, upper }: Box): Float64Array {
  return upper.map((u, j) => (u > lower[j]! ? u - lower[j]! : 1));
}

/** Longest step, in those units: however long a slope goes on, points stay finite. */
export const LONGEST = 1e3;

/**
 * Mirrors x at the bounds that it crosses, in place: x is the caller's own, made just now. Points do not gather on the bounds
 * themselves, and the density of steps from near a bound stays symmetric, as annealing wants it.
 */
export function mirror(x: Float64Array, { lower, upper }: Box): Float64Array {
  for (let j = 0; j < x.length; j++) {
    const [y, low, high] = [x[j]!, lower[j]!, upper[j]!];
    if (y >= low && y <= high) continue;
    const width = high - low;
    // Back and forth between two mirrors has a period of two widths; where one of the mirrors is far away, there is one reflection.
    const beyond = y < low ? low - y : y - high;
    const around = beyond > width && width > 0 ? beyond % (2 * width) : beyond;
    const depth = around > width ? 2 * width - around : around;
    x[j] = Math.min(high, Math.max(low, y < low ? low + depth : high - depth));
  }
  return x;
}

/** Points drawn uniformly from a finite box, as rows. Shape [count × n]. */
export function uniformRows(count: number, { lower, upper }: Box, rng: Rng): Float64Array {
  const n = lower.length;
  const rows = rng.fillUniform(new Float64Array(count * n));
  for (let at = 0; at < rows.length;)
    for (let j = 0; j < n; j++, at++)
      // The last of these roundings may step over the edge by an ulp.
      rows[at] = Math.min(upper[j]!, lower[j]! + rows[at]! * (upper[j]! - lower[j]!));
  return rows;
}
