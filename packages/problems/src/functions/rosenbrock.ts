// Rosenbrock: f(x) = Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². Domain [−2.048, 2.048]ⁿ, minimum 0 at (1, …, 1) (Rosenbrock 1960).
import { add, concat, mul, slice, square, sub, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

export const rosenbrock = analyticProblem({
  name: "rosenbrock",
  summary: "A bent, narrow, nearly flat valley: easy to enter, slow to follow.",
  references: [
    "H. H. Rosenbrock (1960), An automatic method for finding the greatest or least value of a function, The Computer Journal 3(3)",
  ],
  settings: z.object({ dimension: dimensionSetting(2, 2) }),
  formula: ({ dimension: n }) => ({
    dimension: n,
    f: (x) => {
      const [now, next] = [slice(x, 0, n - 1), slice(x, 1)];
      return sum(add(mul(100, square(sub(next, square(now)))), square(sub(1, now))));
    },
    residuals: (x) => {
      const [now, next] = [slice(x, 0, n - 1), slice(x, 1)];
      return concat([mul(10, sub(next, square(now))), sub(1, now)]);
    },
    region: { lower: -2.048, upper: 2.048 },
    minimum: { value: 0, at: [all(n, 1)] },
  }),
});
