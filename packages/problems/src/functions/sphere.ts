// Sphere: f(x) = Σ xᵢ². Domain [−5.12, 5.12]ⁿ, minimum 0 at 0 (De Jong 1975, function F1).
import { square, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

export const sphere = analyticProblem({
  name: "sphere",
  summary: "A round bowl: every method should manage.",
  references: [
    "K. A. De Jong (1975), An analysis of the behavior of a class of genetic adaptive systems, F1",
  ],
  settings: z.object({ dimension: dimensionSetting(1, 10) }),
  formula: ({ dimension: n }) => ({
    dimension: n,
    f: (x) => sum(square(x)),
    residuals: (x) => x,
    region: { lower: -5.12, upper: 5.12 },
    minimum: { value: 0, at: [all(n, 0)] },
  }),
});
