// Schwefel: f(x) = Σ c − xᵢ sin √|xᵢ|, c = 418.9829 so that the minimum is 0, at 420.9687 in each coordinate. Bounds [−500, 500]ⁿ (Schwefel 1981).
import { abs, equal, mul, sin, sqrt, sub, sum, where } from "@basin/autodiff";
import { sin as sine } from "@basin/math";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

/** The root of sin √x + ½√x cos √x nearest to 421. */
const best = 420.968746359982;
const height = best * sine(Math.sqrt(best));

export const schwefel = analyticProblem({
  name: "schwefel",
  summary: "The best valley lies in a corner, far from the next best: what looks promising leads away.",
  references: ["H.-P. Schwefel (1981), Numerical optimization of computer models"],
  settings: z.object({ dimension: dimensionSetting(1, 5) }),
  formula: ({ dimension: n }) => ({
    dimension: n,
    f: (x) => {
      // √|x| has no slope at 0, but x·sin √|x| has: 0. The root is taken of 1 there.
      const zero = equal(x, 0);
      const waves = where(zero, 0, mul(x, sin(sqrt(where(zero, 1, abs(x))))));
      return sum(sub(height, waves));
    },
    region: { lower: -500, upper: 500 },
    bounds: { lower: -500, upper: 500 },
    minimum: { value: 0, at: [all(n, best)] },
  }),
});
