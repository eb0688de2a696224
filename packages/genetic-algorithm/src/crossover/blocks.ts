// Exchange of whole blocks of the domain's layout: weight matrices and biases go as they are (after Montana & Davis 1989).
import type { Block } from "@basin/objective";
import type { Crossover } from "./crossover.ts";
import { uniform } from "./uniform.ts";

/** Each block is exchanged or not, at the toss of a coin; with a single block there is nothing to toss for, and coordinates are exchanged. */
export function blocks(layout: readonly Block[]): Crossover {
  if (layout.length < 2) return uniform;
  const ends = layout.map(({ offset, shape }) => offset + shape.reduce((p, q) => p * q, 1));
  return (parents, a, b, children, c, n, rng) => {
    let j = 0;
    for (const end of ends) {
      const exchanged = (rng.bits() & 1) === 1;
      for (; j < end; j++) {
        children[c + j] = parents[(exchanged ? b : a) + j]!;
        children[c + n + j] = parents[(exchanged ? a : b) + j]!;
      }
    }
  };
}
