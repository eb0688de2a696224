// RAdam (Liu et al. 2020): Adam whose first steps wait until the averages can be trusted.
import { pow } from "@basin/math";
import { firstOrder } from "./first-order/first-order.ts";
import { momentSettings, type MomentSettings } from "./first-order/moments.ts";
import { twoVectors, type UpdateRule } from "./first-order/update-rule.ts";

/**
 * m, v as in Adam; ρ∞ = 2 / (1 − β₂) − 1, ρ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ). Where ρ > 5:
 * r = √((ρ − 4)(ρ − 2) ρ∞ / ((ρ∞ − 4)(ρ∞ − 2) ρ)), x ← x − rate · r · m / (1 − β₁ᵗ) · √(1 − β₂ᵗ) / (√v + ε); before that,
 * x ← x − rate · m / (1 − β₁ᵗ). Memory: m, v.
 */
function rectified({ beta1, beta2, epsilon }: MomentSettings): UpdateRule {
  const limit = 2 / (1 - beta2) - 1;
  return {
    memory: twoVectors,
    step(x, g, memory, t, rate, to, next) {
      const n = to.length;
      const power = pow(beta2, t);
      const rho = limit - (2 * t * power) / (1 - power);
      const size = rate / (1 - pow(beta1, t));
      const trusted = rho > 5;
      const rectifier = trusted
        ? size *
          Math.sqrt((((rho - 4) * (rho - 2) * limit) / ((limit - 4) * (limit - 2) * rho)) * (1 - power))
        : size;
      for (let i = 0, j = n; i < n; i++, j++) {
        const slope = g[i]!;
        const m = beta1 * memory[i]! + (1 - beta1) * slope;
        const v = beta2 * memory[j]! + (1 - beta2) * slope * slope;
        next[i] = m;
        next[j] = v;
        to[i] = x[i]! - (trusted ? (rectifier * m) / (Math.sqrt(v) + epsilon) : rectifier * m);
      }
    },
  };
}

/** Adam with a warm-up that follows from its own averages. Bounds by projection. */
export const radam = firstOrder({
  name: "radam",
  summary: "Adam that begins with plain momentum, until its average of squared slopes can be trusted.",
  references: [
    "Liu, Jiang, He, Chen, Liu, Gao & Han, On the Variance of the Adaptive Learning Rate and Beyond, ICLR 2020, arXiv:1908.03265",
  ],
  rate: 0.05,
  settings: momentSettings,
  rule: rectified,
});
