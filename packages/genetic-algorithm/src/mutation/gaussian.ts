// Gaussian mutation: normal steps, as wide in each coordinate as the generation is, times a step size that adapts
// (self-adaptation: Schwefel 1981).
import type { Mutation } from "./mutation.ts";

/** Changes a share of the coordinates, at least one; drawn with replacement, since drawing all anew would cost more. */
export function gaussian(share: number): Mutation {
  return (children, c, n, step, { spread }, rng) => {
    const count = Math.max(1, Math.round(share * n));
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
