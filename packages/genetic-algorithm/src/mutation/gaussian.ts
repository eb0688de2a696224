// Gaussian mutation: normal steps, as wide in each coordinate as the generation is, times a step size that adapts
// (self-adaptation: Schwefel 1981).
import type { Vector } from "@basin/objective";
import type { Mutation } from "./mutation.ts";

/** A step along axis k, a column of `axes`. */
function along(axes: Vector, k: number, length: number, children: Float64Array, c: number, n: number): void {
  for (let j = 0, at = k; j < n; j++, at += n) children[c + j]! += length * axes[at]!;
}

/**
 * Changes a share of the coordinates (or goes along a share of the axes, where there are some), at least one; drawn with replacement, since
 * drawing all anew would cost more.
 */
export function gaussian(share: number): Mutation {
  return (children, c, n, step, { spread, axes }, rng) => {
    const count = Math.max(1, Math.round(share * n));
    if (axes !== undefined) {
      for (let i = 0; i < count; i++) {
        const k = count >= n ? i : rng.integer(n);
        along(axes, k, step * spread[k]! * rng.normal(), children, c, n);
      }
      return;
    }
    if (count >= n) {
      for (let j = 0; j < n; j++) children[c + j]! += step * spread[j]! * rng.normal();
      return;
    }
    for (let i = 0; i < count; i++) {
      const j = rng.integer(n);
      children[c + j]! += step * spread[j]! * rng.normal();
    }
  };
}
