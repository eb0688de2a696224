// Differential mutation: a step along the difference of two members, so that steps have the shape of the generation,
// whatever its axes and scales (Price & Storn 1997; as a move that is affine-invariant: Goodman & Weare 2010).
import type { Mutation } from "./mutation.ts";

/** A child moves by step · z / √2 · (p − q), z standard normal: in distribution as wide as the generation, times the step. */
export const differential: Mutation = (children, c, n, step, { parents, count }, rng) => {
  const p = rng.integer(count) * n;
  const q = rng.integer(count) * n;
  const factor = step * 0.7071067811865476 * rng.normal();
  for (let j = 0; j < n; j++) children[c + j]! += factor * (parents[p + j]! - parents[q + j]!);
};
