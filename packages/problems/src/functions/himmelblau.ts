// Himmelblau: f(x, y) = (x² + y − 11)² + (x + y² − 7)². Domain [−5, 5]², minimum 0 at four points (Himmelblau 1972).
import { add, concat, slice, square, sub, sum, type Tensor } from "@basin/autodiff";
import { z } from "@basin/objective";
import { analyticProblem } from "./analytic.ts";

/** x² + y − 11 and x + y² − 7, shapes [1]. */
function parts(v: Tensor): [Tensor, Tensor] {
  const [x, y] = [slice(v, 0, 1), slice(v, 1, 2)];
  return [sub(add(square(x), y), 11), sub(add(x, square(y)), 7)];
}

export const himmelblau = analyticProblem({
  name: "himmelblau",
  summary: "Four equal valleys: which one a search finds depends on where it starts.",
  references: ["D. M. Himmelblau (1972), Applied nonlinear programming"],
  settings: z.object({}),
  formula: () => ({
    dimension: 2,
    f: (v) => {
      const [first, second] = parts(v);
      return sum(add(square(first), square(second)));
    },
    residuals: (v) => concat(parts(v)),
    region: { lower: -5, upper: 5 },
    minimum: {
      value: 0,
      at: [
        [3, 2],
        [-2.805118086952745, 3.131312518250573],
        [-3.779310253377747, -3.283185991286169],
        [3.584428340330492, -1.848126526964404],
      ].map((at) => Float64Array.from(at)),
    },
  }),
});
