// Flips of bits, about as many as the step size says (Holland 1975; with a rate that adapts: Bäck 1992).
import type { Mutation } from "./mutation.ts";

/** Each bit flips with probability step / n, at most ½; one flips for certain, as a child that is its parent teaches nothing. */
export const flip: Mutation = (children, c, n, step, _, rng) => {
  const probability = Math.min(0.5, step / n);
  const certain = rng.integer(n);
  for (let j = 0; j < n; j++)
    if (j === certain || rng.uniform() < probability) children[c + j] = 1 - children[c + j]!;
};
