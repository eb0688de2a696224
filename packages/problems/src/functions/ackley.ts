// Ackley: f(x) = 20(1 − exp(−0.2 √(Σxᵢ²/n))) + e − exp(Σ cos 2πxᵢ / n). Domain [−32.768, 32.768]ⁿ, minimum 0 at 0 (Ackley 1987).
import { add, cos, exp, mean, mul, norm, sub } from "@basin/autodiff";
import { exp as e } from "@basin/math";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

export const ackley = analyticProblem({
  name: "ackley",
  summary: "Ripples over a plain, with one deep hole in the middle.",
  references: ["D. H. Ackley (1987), A connectionist machine for genetic hillclimbing"],
  settings: z.object({ dimension: dimensionSetting(1, 5) }),
  formula: ({ dimension: n }) => ({
    dimension: n,
    f: (x) => {
      // The tip of the hole has no slope; `norm` says 0 there, as a subgradient.
      const hole = mul(20, sub(1, exp(mul(-0.2 / Math.sqrt(n), norm(x)))));
      return add(hole, sub(e(1), exp(mean(cos(mul(2 * Math.PI, x))))));
    },
    region: { lower: -32.768, upper: 32.768 },
    minimum: { value: 0, at: [all(n, 0)] },
  }),
});
