// Where a run starts: a point drawn from the domain's initial box, by its encoding.
import type { Domain } from "@basin/objective";
import type { Rng } from "@basin/random";

/** A start, uniform over the initial box (real), over its corners (bits), or over all orders (permutation). Shape [n]. */
export function drawStart(domain: Domain, rng: Rng): Float64Array {
  const { dimension: n, encoding, initial } = domain;
  if (encoding === "permutation") return Float64Array.from(rng.permutation(n));
  return Float64Array.from({ length: n }, (_, i) => {
    const [low, high] = [initial.lower[i]!, initial.upper[i]!];
    if (encoding === "bits") return rng.uniform() < 0.5 ? low : high;
    // rounding may lift the sum onto, but never above, the upper side
    return Math.min(low + (high - low) * rng.uniform(), high);
  });
}
