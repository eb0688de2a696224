// Griewank: f(x) = 1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i). Domain [−600, 600]ⁿ, minimum 0 at 0 (Griewank 1981).
import { add, constant, cos, div, mul, prod, square, sub, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

export const griewank = analyticProblem({
  name: "griewank",
  summary: "A wide bowl with thousands of regular dents, which hardly matter from far away.",
  references: ["A. O. Griewank (1981), Generalized descent for global optimization, JOTA 34(1)"],
  settings: z.object({ dimension: dimensionSetting(1, 5) }),
  formula: ({ dimension: n }) => {
    const roots = new Float64Array(n).map((_, i) => 1 / Math.sqrt(i + 1));
    return {
      dimension: n,
      f: (x) => add(div(sum(square(x)), 4000), sub(1, prod(cos(mul(x, constant(roots)))))),
      region: { lower: -600, upper: 600 },
      minimum: { value: 0, at: [all(n, 0)] },
    };
  },
});
