// Styblinski–Tang: f(x) = ½ Σ xᵢ⁴ − 16xᵢ² + 5xᵢ. Domain [−5, 5]ⁿ, minimum −39.16617n at −2.903534 in each coordinate (Styblinski & Tang 1990).
import { add, mul, square, sub, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

/** The least root of 4x³ − 32x + 5, where the slope is 0. */
const best = -2.903534027771177;
const depth = 0.5 * (best * best * (best * best - 16) + 5 * best);

export const styblinskiTang = analyticProblem({
  name: "styblinski-tang",
  summary: "Two valleys in each coordinate, one slightly deeper: 2ⁿ local minima.",
  references: [
    "M. A. Styblinski & T.-S. Tang (1990), Experiments in nonconvex optimization: stochastic approximation with function smoothing and simulated annealing, Neural Networks 3(4)",
  ],
  settings: z.object({ dimension: dimensionSetting(1, 5) }),
  formula: ({ dimension: n }) => ({
    dimension: n,
    f: (x) => {
      const squares = square(x);
      return mul(0.5, sum(add(mul(squares, sub(squares, 16)), mul(5, x))));
    },
    region: { lower: -5, upper: 5 },
    minimum: { value: depth * n, at: [all(n, best)] },
  }),
});
