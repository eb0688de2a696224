// Ellipsoid: f(x) = Σ κ^((i−1)/(n−1)) xᵢ², condition κ. Domain [−5, 5]ⁿ, minimum 0 at 0 (Hansen & Ostermeier 2001).
import { constant, mul, square, sum } from "@basin/autodiff";
import { pow } from "@basin/math";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

export const ellipsoid = analyticProblem({
  name: "ellipsoid",
  summary: "A bowl that is much steeper along some axes than along others: one step size does not fit all.",
  references: [
    "N. Hansen & A. Ostermeier (2001), Completely derandomized self-adaptation in evolution strategies, Evolutionary Computation 9(2)",
  ],
  settings: z.object({
    dimension: dimensionSetting(2, 10),
    condition: z
      .number()
      .min(1)
      .max(1e12)
      .default(1e6)
      .meta({ label: "condition", help: "Steepest curvature over flattest.", scale: "log", range: [1, 1e8] }),
  }),
  formula: ({ dimension: n, condition }) => {
    const weights = new Float64Array(n).map((_, i) => pow(condition, i / (n - 1)));
    return {
      dimension: n,
      f: (x) => sum(mul(constant(weights), square(x))),
      residuals: (x) => mul(constant(weights.map(Math.sqrt)), x),
      region: { lower: -5, upper: 5 },
      minimum: { value: 0, at: [all(n, 0)] },
    };
  },
});
