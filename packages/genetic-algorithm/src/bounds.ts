// What becomes of a child outside the bounds: it is mirrored at the edge, so that the population does not clump there.
import type { Box, Vector } from "@basin/objective";

/** Into [lower, upper] by one mirror; where that is not enough, to the edge. */
function mirrored(x: number, lower: number, upper: number): number {
  if (x < lower) return Math.min(lower + (lower - x), upper);
  if (x > upper) return Math.max(upper - (x - upper), lower);
  return x;
}

/**
 * Brings the caller's own row of `children` that begins at `c` into the bounds. A coordinate that overflowed becomes
 * that of the parent, whose row begins at `a`.
 */
export function bringBack(
  children: Float64Array,
  c: number,
  n: number,
  { lower, upper }: Box,
  parents: Vector,
  a: number,
): void {
  // most rows are inside, and finite: x − x is not zero for NaN and ±Infinity
  let inside = true;
  for (let j = 0; j < n; j++) {
    const x = children[c + j]!;
    if (!(x >= lower[j]! && x <= upper[j]! && x - x === 0)) {
      inside = false;
      break;
    }
  }
  if (inside) return;
  for (let j = 0; j < n; j++) {
    const x = children[c + j]!;
    if (x - x !== 0) children[c + j] = parents[a + j]!;
    else children[c + j] = mirrored(x, lower[j]!, upper[j]!);
  }
}
