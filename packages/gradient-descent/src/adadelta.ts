// AdaDelta (Zeiler 2012).
import { z } from "@basin/objective";
import { firstOrder } from "./first-order/first-order.ts";
import { twoVectors, type UpdateRule } from "./first-order/update-rule.ts";

/** s ← ρ s + (1 − ρ) g²; d = √(u + ε) / √(s + ε) · g; u ← ρ u + (1 − ρ) d²; x ← x − rate · d. Memory: s, u. */
function unitless(rho: number, epsilon: number): UpdateRule {
  return {
    memory: twoVectors,
    step(x, g, memory, _, rate, to, next) {
      const n = to.length;
      for (let i = 0, j = n; i < n; i++, j++) {
        const slope = g[i]!;
        const square = rho * memory[i]! + (1 - rho) * slope * slope;
        const d = (Math.sqrt(memory[j]! + epsilon) / Math.sqrt(square + epsilon)) * slope;
        next[i] = square;
        next[j] = rho * memory[j]! + (1 - rho) * d * d;
        to[i] = x[i]! - rate * d;
      }
    },
  };
}

/** Steps whose size follows from former steps, so that the rate has no unit. Bounds by projection. */
export const adadelta = firstOrder({
  name: "adadelta",
  summary:
    "Scales each coordinate's slope by former steps over former slopes: a rate of 1 suits most functions.",
  references: ["Zeiler, ADADELTA: An Adaptive Learning Rate Method, arXiv:1212.5701, 2012"],
  rate: 1,
  settings: {
    rho: z
      .number()
      .min(0)
      .lt(1)
      .default(0.9)
      .meta({ label: "ρ", help: "Memory of both moving averages.", range: [0.5, 0.999] }),
    epsilon: z
      .number()
      .positive()
      .default(1e-6)
      .meta({
        label: "ε",
        help: "Added to both averages; its root is the size of the first steps.",
        scale: "log",
        range: [1e-10, 1e-2],
      }),
  },
  rule: ({ rho, epsilon }) => unitless(rho, epsilon),
});
