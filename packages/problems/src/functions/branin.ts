// Branin: f(x, y) = (y − bx² + cx − 6)² + 10(1 − t) cos x + 10, b = 5.1/4π², c = 5/π, t = 1/8π. Domain [−5, 10] × [0, 15], minimum 5/4π at three points (Branin 1972).
import { add, cos, mul, slice, square, sub, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { analyticProblem } from "./analytic.ts";

const b = 5.1 / (4 * Math.PI * Math.PI);
const c = 5 / Math.PI;
const t = 1 / (8 * Math.PI);

export const branin = analyticProblem({
  name: "branin",
  summary: "Three equal valleys over a rectangle.",
  references: [
    "F. H. Branin (1972), Widely convergent method for finding multiple solutions of simultaneous nonlinear equations, IBM Journal of Research and Development 16(5)",
  ],
  settings: z.object({}),
  formula: () => ({
    dimension: 2,
    f: (v) => {
      const [x, y] = [slice(v, 0, 1), slice(v, 1, 2)];
      const bend = square(sub(add(sub(y, mul(b, square(x))), mul(c, x)), 6));
      return sum(add(bend, add(mul(10 * (1 - t), cos(x)), 10)));
    },
    region: { lower: [-5, 0], upper: [10, 15] },
    minimum: {
      value: 10 * t,
      // At x = ±π and 3π the cosine is −1, and y makes the square 0.
      at: [-Math.PI, Math.PI, 3 * Math.PI].map((x) => Float64Array.of(x, b * x * x - c * x + 6)),
    },
  }),
});
