// AdaGrad (Duchi, Hazan & Singer 2011).
import { z } from "@basin/objective";
import { firstOrder } from "./first-order/first-order.ts";
import { epsilonSetting } from "./first-order/moments.ts";
import { oneVector, type UpdateRule } from "./first-order/update-rule.ts";

/** G ← G + g², G₀ = initial; x ← x − rate · g / (√G + ε) */
function accumulating(initial: number, epsilon: number): UpdateRule {
  return {
    memory: oneVector,
    step(x, g, memory, t, rate, to, sums) {
      for (let i = 0; i < to.length; i++) {
        const sum = (t === 1 ? initial : memory[i]!) + g[i]! * g[i]!;
        sums[i] = sum;
        to[i] = x[i]! - (rate * g[i]!) / (Math.sqrt(sum) + epsilon);
      }
    },
  };
}

/** Steps that shrink with all the slope a coordinate has seen. Bounds by projection. */
export const adagrad = firstOrder({
  name: "adagrad",
  summary:
    "Divides each coordinate's step by the root of all its squared slopes so far: rare slopes count more.",
  references: [
    "Duchi, Hazan & Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, JMLR 12, 2011",
  ],
  rate: 0.5,
  settings: {
    initialSum: z
      .number()
      .min(0)
      .default(0)
      .meta({ label: "First sum", help: "What the sum of squared slopes begins with.", range: [0, 1] }),
    epsilon: epsilonSetting.default(1e-10).meta(epsilonSetting.meta()!),
  },
  rule: ({ initialSum, epsilon }) => accumulating(initialSum, epsilon),
});
