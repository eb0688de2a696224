// One-point crossover: the parents exchange all that comes after a cut (Holland 1975).
import type { Crossover } from "./crossover.ts";

/** The cut is before coordinate 1 … n − 1, each equally likely; in one dimension the children are the parents. */
export const onePoint: Crossover = (parents, a, b, children, c, n, rng) => {
  const cut = n > 1 ? 1 + rng.integer(n - 1) : n;
  for (let j = 0; j < n; j++) {
    children[c + j] = parents[(j < cut ? a : b) + j]!;
    children[c + n + j] = parents[(j < cut ? b : a) + j]!;
  }
};
