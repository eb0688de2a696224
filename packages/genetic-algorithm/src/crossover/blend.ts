// BLX-α: each coordinate is uniform over the interval between the parents, extended by α at both ends (Eshelman & Schaffer 1993).
import { freshVector } from "@basin/objective";
import type { Crossover } from "./crossover.ts";

/** At α = (√3 − 1)/2 ≈ 0.366 the children vary as much as the parents do; less contracts, more spreads. */
export function blend(alpha: number): Crossover {
  const width = 1 + 2 * alpha;
  // where the draws of one crossing are kept while it lasts: filling is twice as fast as asking for one after the other
  let draws = new Float64Array(0);
  return (parents, a, b, children, c, n, rng) => {
    if (draws.length !== 2 * n) draws = freshVector(2 * n);
    rng.fillUniform(draws);
    for (let j = 0; j < n; j++) {
      const x = parents[a + j]!;
      const d = parents[b + j]! - x;
      children[c + j] = x + d * (draws[2 * j]! * width - alpha);
      children[c + n + j] = x + d * (draws[2 * j + 1]! * width - alpha);
    }
  };
}
