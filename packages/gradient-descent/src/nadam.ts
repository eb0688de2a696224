// NAdam (Dozat 2016): Adam with Nesterov's look ahead.
import { pow } from "@basin/math";
import { z } from "@basin/objective";
import { firstOrder } from "./first-order/first-order.ts";
import { momentSettings, type MomentSettings } from "./first-order/moments.ts";
import type { UpdateRule } from "./first-order/update-rule.ts";

/**
 * μₜ = β₁ (1 − ½ · 0.96^(tψ)), Mₜ = μ₁ ⋯ μₜ; m, v as in Adam, d = √(v / (1 − β₂ᵗ)) + ε;
 * x ← x − rate (1 − μₜ) / (1 − Mₜ) · g / d − rate μₜ₊₁ / (1 − Mₜ μₜ₊₁) · m / d. Memory: m, v, and the one number Mₜ.
 */
function lookingAhead({ beta1, beta2, epsilon }: MomentSettings, decay: number): UpdateRule {
  const mu = (t: number): number => beta1 * (1 - 0.5 * pow(0.96, t * decay));
  return {
    memory: (n) => 2 * n + 1,
    step(x, g, memory, t, rate, to, next) {
      const n = to.length;
      const now = mu(t);
      const later = mu(t + 1);
      const product = (t === 1 ? 1 : memory[2 * n]!) * now;
      next[2 * n] = product;
      const bySlope = (rate * (1 - now)) / (1 - product);
      const byMoment = (rate * later) / (1 - product * later);
      const correction = 1 / Math.sqrt(1 - pow(beta2, t));
      for (let i = 0, j = n; i < n; i++, j++) {
        const slope = g[i]!;
        const m = beta1 * memory[i]! + (1 - beta1) * slope;
        const v = beta2 * memory[j]! + (1 - beta2) * slope * slope;
        next[i] = m;
        next[j] = v;
        to[i] = x[i]! - (bySlope * slope + byMoment * m) / (Math.sqrt(v) * correction + epsilon);
      }
    },
  };
}

/** Adam with Nesterov momentum. Bounds by projection. */
export const nadam = firstOrder({
  name: "nadam",
  summary: "Adam that looks ahead, as Nesterov's momentum does.",
  references: ["Dozat, Incorporating Nesterov Momentum into Adam, ICLR 2016 Workshop"],
  rate: 0.05,
  settings: {
    ...momentSettings,
    momentumDecay: z
      .number()
      .min(0)
      .default(0.004)
      .meta({ label: "Momentum decay ψ", help: "How fast momentum warms up to β₁.", range: [0, 0.1] }),
  },
  rule: (settings) => lookingAhead(settings, settings.momentumDecay),
});
