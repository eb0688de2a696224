// Polynomial regression: f(x, a) = a₀ + a₁x + … + a_d x^d with squared error (Gergonne 1815).
import { full, matmul, mul, reshape, stack, type Tensor } from "@basin/autodiff";
import { squaredError, type Model } from "./model.ts";

/** One input. High degrees are ill-conditioned: that is their use here. */
export function polynomial(degree: number): Model {
  return {
    name: "polynomial",
    blocks: [{ name: "a", shape: [degree + 1], start: 0.5, penalised: true }],
    links: [
      { symbol: "f", formula: "a₀ + a₁x + a₂x² + …", meaning: "prediction" },
      { symbol: "L", formula: "(y − f)²", meaning: "squared error" },
    ],
    forward([a], x) {
      const once = reshape(x, [x.shape[0]!]);
      // 1, x, x·x, (x·x)·x, …: the powers are the inputs' own, not the weights'.
      const powers: Tensor[] = [full(once.shape, 1)];
      for (let d = 1; d <= degree; d++) powers.push(d === 1 ? once : mul(powers[d - 1]!, once));
      return { f: matmul(stack(powers, { axis: 1 }), a!) };
    },
    ...squaredError("f"),
    answer: "f",
  };
}
