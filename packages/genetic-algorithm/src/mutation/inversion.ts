// Inversion: a stretch of a permutation is turned round (Holland 1975), which changes but two edges of a tour (Croes 1958).
import type { Mutation } from "./mutation.ts";

/** From one place to another, both drawn at random and different, going round the end. */
export const inversion: Mutation = (children, c, n, _, __, rng) => {
  if (n < 2) return;
  const from = rng.integer(n);
  const places = 2 + rng.integer(n - 1);
  for (let k = 0; 2 * k < places - 1; k++) {
    const [i, j] = [c + ((from + k) % n), c + ((from + places - 1 - k) % n)];
    const item = children[i]!;
    children[i] = children[j]!;
    children[j] = item;
  }
};
