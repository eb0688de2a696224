// Rastrigin: f(x) = 10n + Σ xᵢ² − 10 cos 2πxᵢ. Domain [−5.12, 5.12]ⁿ, minimum 0 at 0 (Rastrigin 1974; Mühlenbein et al. 1991).
import { add, cos, mul, square, sub, sum } from "@basin/autodiff";
import { z } from "@basin/objective";
import { all, analyticProblem, dimensionSetting } from "./analytic.ts";

export const rastrigin = analyticProblem({
  name: "rastrigin",
  summary: "An egg box in a bowl: a local minimum near every point of whole numbers.",
  references: [
    "H. Mühlenbein, M. Schomisch & J. Born (1991), The parallel genetic algorithm as function optimizer, Parallel Computing 17",
  ],
  settings: z.object({ dimension: dimensionSetting(1, 5) }),
  formula: ({ dimension: n }) => ({
    dimension: n,
    // 10(1 − cos) an entry, so that the minimum is 0 exactly.
    f: (x) => sum(add(square(x), mul(10, sub(1, cos(mul(2 * Math.PI, x)))))),
    region: { lower: -5.12, upper: 5.12 },
    minimum: { value: 0, at: [all(n, 0)] },
  }),
});
