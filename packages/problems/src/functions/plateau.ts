// Plateau: f(x) = Σ ⌊|xᵢ| + ½⌋². Bounds [−10, 10]ⁿ, minimum 0 wherever all |xᵢ| < ½ (a step function after De Jong 1975, F3).
import { abs, constant, greaterEqual, reshape, square, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

const edge = 10;
/** Where a step is: ½, 1½, … 9½. */
const steps = new Float64Array(edge).map((_, k) => k + 0.5);

export const plateau = analyticProblem({
  name: "plateau",
  summary: "Terraces: the slope is 0 wherever one looks, so it says nothing; only comparing heights helps.",
  references: [
    "K. A. De Jong (1975), An analysis of the behavior of a class of genetic adaptive systems, F3",
  ],
  settings: z.object({ dimension: dimensionSetting(1, 5) }),
  formula: ({ dimension: n }) => ({
    dimension: n,
    // ⌊|x| + ½⌋ is the number of steps that |x| has climbed.
    f: (x) => sum(square(sum(greaterEqual(reshape(abs(x), [n, 1]), constant(steps)), { axis: 1 }))),
    region: { lower: -edge, upper: edge },
    bounds: { lower: -edge, upper: edge },
    minimum: { value: 0, at: [all(n, 0)] },
  }),
});
