// Beale: f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)². Domain [−4.5, 4.5]², minimum 0 at (3, ½) (Beale 1958).
import { add, concat, mul, slice, square, sub, sum, type Tensor } from "@basin/autodiff";
import { z } from "@basin/objective";
import { analyticProblem } from "./analytic.ts";

/** What is squared: three differences, shapes [1]. */
function parts(v: Tensor): Tensor[] {
  const [x, y] = [slice(v, 0, 1), slice(v, 1, 2)];
  const squared = square(y);
  const term = (c: number, power: Tensor): Tensor => sub(c, mul(x, sub(1, power)));
  return [term(1.5, y), term(2.25, squared), term(2.625, mul(squared, y))];
}

export const beale = analyticProblem({
  name: "beale",
  summary: "Flat valleys between cliffs: slopes differ by many orders of magnitude.",
  references: [
    "E. M. L. Beale (1958), On an iterative method of finding a local minimum of a function of more than one variable",
  ],
  settings: z.object({}),
  formula: () => ({
    dimension: 2,
    f: (v) =>
      sum(
        parts(v)
          .map(square)
          .reduce((a, b) => add(a, b)),
      ),
    residuals: (v) => concat(parts(v)),
    region: { lower: -4.5, upper: 4.5 },
    minimum: { value: 0, at: [Float64Array.of(3, 0.5)] },
  }),
});
