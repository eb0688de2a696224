// Uniform reset: a coordinate is drawn anew from the region.
import type { Box } from "@basin/objective";
import type { Mutation } from "./mutation.ts";

/** Each coordinate is drawn anew with probability `rate`. */
export function reset(rate: number, { lower, upper }: Box): Mutation {
  return (children, c, n, _, __, rng) => {
    for (let j = 0; j < n; j++)
      if (rng.uniform() < rate) children[c + j] = lower[j]! + rng.uniform() * (upper[j]! - lower[j]!);
  };
}
