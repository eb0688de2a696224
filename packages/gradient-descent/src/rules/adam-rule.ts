// Adam's update (Kingma & Ba 2015, algorithm 1), which AdamW shares.
import { pow } from "@basin/math";
import type { MomentSettings } from "../first-order/moments.ts";
import { zeros, type UpdateRule } from "../first-order/update-rule.ts";

/** m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − rate / (1 − β₁ᵗ) · m / (√(v / (1 − β₂ᵗ)) + ε) */
export function adamRule({ beta1, beta2, epsilon }: MomentSettings): UpdateRule {
  return {
    begin: zeros(2),
    step(x, g, [m0, v0], t, rate, to) {
      const m = new Float64Array(to.length);
      const v = new Float64Array(to.length);
      const size = rate / (1 - pow(beta1, t));
      const correction = Math.sqrt(1 - pow(beta2, t));
      for (let i = 0; i < to.length; i++) {
        const gi = g[i]!;
        const mi = beta1 * m0![i]! + (1 - beta1) * gi;
        const vi = beta2 * v0![i]! + (1 - beta2) * gi * gi;
        m[i] = mi;
        v[i] = vi;
        to[i] = x[i]! - (size * mi) / (Math.sqrt(vi) / correction + epsilon);
      }
      return [m, v];
    },
  };
}
