// Adam's update (Kingma & Ba 2015, algorithm 1), which AdamW shares.
import { pow } from "@basin/math";
import type { MomentSettings } from "./moments.ts";
import { twoVectors, type UpdateRule } from "./update-rule.ts";

/** m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − rate / (1 − β₁ᵗ) · m / (√(v / (1 − β₂ᵗ)) + ε). Memory: m, v. */
export function adamRule({ beta1, beta2, epsilon }: MomentSettings): UpdateRule {
  return {
    memory: twoVectors,
    step(x, g, memory, t, rate, to, next) {
      const n = to.length;
      const size = rate / (1 - pow(beta1, t));
      const correction = 1 / Math.sqrt(1 - pow(beta2, t));
      for (let i = 0, j = n; i < n; i++, j++) {
        const slope = g[i]!;
        const m = beta1 * memory[i]! + (1 - beta1) * slope;
        const v = beta2 * memory[j]! + (1 - beta2) * slope * slope;
        next[i] = m;
        next[j] = v;
        to[i] = x[i]! - (size * m) / (Math.sqrt(v) * correction + epsilon);
      }
    },
  };
}
