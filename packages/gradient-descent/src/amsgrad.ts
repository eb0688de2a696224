// AMSGrad (Reddi, Kale & Kumar 2018): Adam with a divisor that never shrinks.
import { pow } from "@basin/math";
import { firstOrder } from "./first-order/first-order.ts";
import { momentSettings, type MomentSettings } from "./first-order/moments.ts";
import type { UpdateRule } from "./first-order/update-rule.ts";

/** As Adam, but divided by the largest v so far; the correction is applied to that maximum. Memory: m, v, max v. */
function withMaximum({ beta1, beta2, epsilon }: MomentSettings): UpdateRule {
  return {
    memory: (n) => 3 * n,
    step(x, g, memory, t, rate, to, next) {
      const n = to.length;
      const size = rate / (1 - pow(beta1, t));
      const correction = 1 / Math.sqrt(1 - pow(beta2, t));
      for (let i = 0, j = n, k = 2 * n; i < n; i++, j++, k++) {
        const slope = g[i]!;
        const m = beta1 * memory[i]! + (1 - beta1) * slope;
        const v = beta2 * memory[j]! + (1 - beta2) * slope * slope;
        const most = Math.max(memory[k]!, v);
        next[i] = m;
        next[j] = v;
        next[k] = most;
        to[i] = x[i]! - (size * m) / (Math.sqrt(most) * correction + epsilon);
      }
    },
  };
}

/** Adam that converges where Adam may not. Bounds by projection. */
export const amsgrad = firstOrder({
  name: "amsgrad",
  summary: "Adam that never forgets the steepest slope, so that its steps cannot grow again.",
  references: ["Reddi, Kale & Kumar, On the Convergence of Adam and Beyond, ICLR 2018, arXiv:1904.09237"],
  rate: 0.05,
  settings: momentSettings,
  rule: withMaximum,
});
