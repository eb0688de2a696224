// AdaMax (Kingma & Ba 2015, section 7.1): Adam with the largest slope instead of the mean square.
import { pow } from "@basin/math";
import { firstOrder } from "./first-order/first-order.ts";
import { momentSettings, type MomentSettings } from "./first-order/moments.ts";
import { twoVectors, type UpdateRule } from "./first-order/update-rule.ts";

/** m ← β₁ m + (1 − β₁) g; u ← max(β₂ u, |g| + ε); x ← x − rate / (1 − β₁ᵗ) · m / u. Memory: m, u. */
function byMaximum({ beta1, beta2, epsilon }: MomentSettings): UpdateRule {
  return {
    memory: twoVectors,
    step(x, g, memory, t, rate, to, next) {
      const n = to.length;
      const size = rate / (1 - pow(beta1, t));
      for (let i = 0, j = n; i < n; i++, j++) {
        const m = beta1 * memory[i]! + (1 - beta1) * g[i]!;
        const u = Math.max(beta2 * memory[j]!, Math.abs(g[i]!) + epsilon);
        next[i] = m;
        next[j] = u;
        to[i] = x[i]! - (size * m) / u;
      }
    },
  };
}

/** Adam in the norm of the maximum. Bounds by projection. */
export const adamax = firstOrder({
  name: "adamax",
  summary: "Adam that divides by the largest recent slope of each coordinate.",
  references: [
    "Kingma & Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv:1412.6980, section 7.1",
  ],
  rate: 0.1,
  settings: momentSettings,
  rule: byMaximum,
});
