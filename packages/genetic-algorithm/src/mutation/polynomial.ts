// Polynomial mutation: a bounded step with a peak at zero (Deb & Goyal 1996).
import { pow } from "@basin/math";
import type { Vector } from "@basin/objective";
import type { Mutation } from "./mutation.ts";

/**
 * Each coordinate changes with probability `rate` by δ times the width of the region, where δ in (−1, 1) has density
 * (η + 1)/2 · (1 − |δ|)^η. It takes no notice of the step size: its steps stay as large as they are.
 */
export function polynomial(index: number, rate: number, width: Vector): Mutation {
  const power = 1 / (index + 1);
  return (children, c, n, _, __, rng) => {
    for (let j = 0; j < n; j++) {
      if (rng.uniform() >= rate) continue;
      const u = rng.uniform();
      const delta = u < 0.5 ? pow(2 * u, power) - 1 : 1 - pow(2 - 2 * u, power);
      children[c + j]! += delta * width[j]!;
    }
  };
}
