// Beale: f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)². Domain [−4.5, 4.5]², minimum 0 at (3, ½) (Beale 1958).
import { add, mul, slice, square, sub, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { analyticProblem } from "./analytic.ts";

export const beale = analyticProblem({
  name: "beale",
  summary: "Flat valleys between cliffs: slopes differ by many orders of magnitude.",
  references: [
    "E. M. L. Beale (1958), On an iterative method of finding a local minimum of a function of more than one variable",
  ],
  settings: z.object({}),
  formula: () => ({
    dimension: 2,
    f: (v) => {
      const [x, y] = [slice(v, 0, 1), slice(v, 1, 2)];
      const squared = square(y);
      const term = (c: number, power: typeof y) => square(sub(c, mul(x, sub(1, power))));
      return sum(add(add(term(1.5, y), term(2.25, squared)), term(2.625, mul(squared, y))));
    },
    region: { lower: -4.5, upper: 4.5 },
    minimum: { value: 0, at: [Float64Array.of(3, 0.5)] },
  }),
});
