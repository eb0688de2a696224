// Momentum: the heavy-ball method (Polyak 1964).
import { z } from "@basin/objective";
import { firstOrder } from "./first-order/first-order.ts";
import { momentumSetting } from "./first-order/moments.ts";
import { oneVector, type UpdateRule } from "./first-order/update-rule.ts";

/** v ← μ v + (1 − d) g, where v₁ = g₁; x ← x − rate · v */
function heavyBall(momentum: number, dampening: number): UpdateRule {
  return {
    memory: oneVector,
    step(x, g, velocity, t, rate, to, v) {
      const keep = t === 1 ? 1 : 1 - dampening;
      for (let i = 0; i < to.length; i++) {
        v[i] = momentum * velocity[i]! + keep * g[i]!;
        to[i] = x[i]! - rate * v[i]!;
      }
    },
  };
}

/** Gradient descent with inertia. Bounds by projection of the point; the velocity is kept. */
export const momentum = firstOrder({
  name: "momentum",
  summary: "Gradient descent with inertia: a heavy ball that rolls down.",
  references: [
    "Polyak, Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4 (5), 1964",
  ],
  rate: 0.02,
  settings: {
    momentum: momentumSetting,
    dampening: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .meta({ label: "Dampening", help: "Share of each new slope that is left out.", range: [0, 0.9] }),
  },
  rule: (settings) => heavyBall(settings.momentum, settings.dampening),
});
