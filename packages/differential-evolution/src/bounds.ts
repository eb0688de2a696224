// What becomes of a mutant outside the bounds. Both rules keep it off the boundary itself, where populations would clump.
import type { Box, Vector } from "@basin/objective";

/** Into [lower, upper] by mirrors at both ends, as often as it takes. */
function mirror(x: number, lower: number, upper: number): number {
  if (x >= lower && x <= upper) return x;
  if (lower === upper || !Number.isFinite(x)) return lower === -Infinity ? upper : lower;
  const width = upper - lower;
  if (!Number.isFinite(width))
    return x < lower ? Math.max(lower, 2 * lower - x) : Math.min(upper, 2 * upper - x);
  const folded = Math.abs((x - lower) % (2 * width));
  const inside = folded > width ? 2 * width - folded : folded;
  return Math.min(Math.max(lower + inside, lower), upper);
}

/** Reflection at the bounds (Tvrdík 2006; Price, Storn & Lampinen 2005, section 4.3.1): writes to row `at` of the caller's own trials. */
export function reflect(trials: Float64Array, at: number, n: number, { lower, upper }: Box): void {
  for (let j = 0; j < n; j++) {
    const x = trials[at + j]!;
    if (!(x >= lower[j]! && x <= upper[j]!)) trials[at + j] = mirror(x, lower[j]!, upper[j]!);
  }
}

/** Half way between the parent and the bound that was crossed (Zhang & Sanderson 2009, section III): likewise. */
export function halfway(
  trials: Float64Array,
  at: number,
  n: number,
  { lower, upper }: Box,
  parents: Vector,
): void {
  for (let j = 0; j < n; j++) {
    const x = trials[at + j]!;
    if (x < lower[j]!) trials[at + j] = lower[j]! + (parents[at + j]! - lower[j]!) / 2;
    else if (x > upper[j]!) trials[at + j] = upper[j]! - (upper[j]! - parents[at + j]!) / 2;
    else if (Number.isNaN(x)) trials[at + j] = parents[at + j]!;
  }
}
