// Lion (Chen et al. 2023): the sign of a momentum.
import { firstOrder } from "./first-order/first-order.ts";
import { momentSettings } from "./first-order/moments.ts";
import { oneVector, type UpdateRule } from "./first-order/update-rule.ts";

/** x ← x − rate · sign(β₁ m + (1 − β₁) g); m ← β₂ m + (1 − β₂) g */
function signed(beta1: number, beta2: number): UpdateRule {
  return {
    memory: oneVector,
    step(x, g, memory, _, rate, to, next) {
      for (let i = 0; i < to.length; i++) {
        const [m, slope] = [memory[i]!, g[i]!];
        next[i] = beta2 * m + (1 - beta2) * slope;
        to[i] = x[i]! - rate * Math.sign(beta1 * m + (1 - beta1) * slope);
      }
    },
  };
}

/** Steps of one size in every coordinate: end it with a falling schedule. Bounds by projection. */
export const lion = firstOrder({
  name: "lion",
  summary: "Steps of the same size in every coordinate, in the direction of a momentum's sign.",
  references: [
    "Chen, Liang, Huang et al., Symbolic Discovery of Optimization Algorithms, NeurIPS 2023, arXiv:2302.06675",
  ],
  rate: 0.01,
  settings: {
    beta1: momentSettings.beta1,
    beta2: momentSettings.beta2.default(0.99).meta(momentSettings.beta2.meta()!),
  },
  decay: "decoupled",
  rule: ({ beta1, beta2 }) => signed(beta1, beta2),
});
