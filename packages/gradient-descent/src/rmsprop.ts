// RMSProp (Tieleman & Hinton 2012), centered as by Graves (2013), with momentum if wanted.
import { z } from "@basin/objective";
import { firstOrder } from "./first-order/first-order.ts";
import { epsilonSetting, momentumSetting } from "./first-order/moments.ts";
import type { UpdateRule } from "./first-order/update-rule.ts";

/**
 * s ← α s + (1 − α) g²; if centered, a ← α a + (1 − α) g and d = √(s − a²) + ε, else d = √s + ε;
 * b ← μ b + g / d; x ← x − rate · b. Memory: s, b, and a if centered.
 */
function rootMeanSquare(alpha: number, epsilon: number, momentum: number, centered: boolean): UpdateRule {
  return {
    memory: (n) => (centered ? 3 : 2) * n,
    step(x, g, memory, _, rate, to, next) {
      const n = to.length;
      for (let i = 0; i < n; i++) {
        const slope = g[i]!;
        const square = alpha * memory[i]! + (1 - alpha) * slope * slope;
        let variance = square;
        if (centered) {
          const average = alpha * memory[2 * n + i]! + (1 - alpha) * slope;
          next[2 * n + i] = average;
          // never negative but for rounding
          variance = Math.max(0, square - average * average);
        }
        const velocity = momentum * memory[n + i]! + slope / (Math.sqrt(variance) + epsilon);
        next[i] = square;
        next[n + i] = velocity;
        to[i] = x[i]! - rate * velocity;
      }
    },
  };
}

/** Steps over the root of a moving average of squared slopes. Bounds by projection. */
export const rmsprop = firstOrder({
  name: "rmsprop",
  summary: "Divides each coordinate's step by the root of a moving average of its squared slopes.",
  references: [
    "Tieleman & Hinton, Lecture 6.5: RMSProp, Coursera: Neural Networks for Machine Learning, 2012",
    "Graves, Generating Sequences With Recurrent Neural Networks, arXiv:1308.0850, 2013",
  ],
  rate: 0.01,
  settings: {
    alpha: z
      .number()
      .min(0)
      .lt(1)
      .default(0.99)
      .meta({ label: "α", help: "Memory of the moving average of squared slopes.", range: [0.8, 0.999] }),
    epsilon: epsilonSetting,
    momentum: momentumSetting.default(0).meta(momentumSetting.meta()!),
    centered: z.boolean().default(false).meta({
      label: "Centered",
      help: "Divide by the standard deviation of slopes instead of their root mean square.",
    }),
  },
  rule: ({ alpha, epsilon, momentum, centered }) => rootMeanSquare(alpha, epsilon, momentum, centered),
});
