// Indices that differ from each other and from the parent's.
import type { Rng } from "@basin/random";

/** An index below `size` that is none of a, b, c (−1: nobody). There must be one. */
export function another(rng: Rng, size: number, a: number, b = -1, c = -1): number {
  for (;;) {
    const i = rng.integer(size);
    if (i !== a && i !== b && i !== c) return i;
  }
}
