// Nesterov's accelerated gradient, in the form that takes its gradient at the current point (Sutskever et al. 2013).
import { firstOrder } from "./first-order/first-order.ts";
import { momentumSetting } from "./first-order/moments.ts";
import { oneVector, type UpdateRule } from "./first-order/update-rule.ts";

/** v ← μ v + g; x ← x − rate · (g + μ v) */
function lookAhead(momentum: number): UpdateRule {
  return {
    memory: oneVector,
    step(x, g, velocity, _, rate, to, v) {
      for (let i = 0; i < to.length; i++) {
        v[i] = momentum * velocity[i]! + g[i]!;
        to[i] = x[i]! - rate * (g[i]! + momentum * v[i]!);
      }
    },
  };
}

/** Momentum that looks ahead. Bounds by projection of the point; the velocity is kept. */
export const nesterov = firstOrder({
  name: "nesterov",
  summary: "Momentum that looks ahead: the slope counts where the velocity is about to lead.",
  references: [
    "Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²), Soviet Math. Doklady 27 (2), 1983",
    "Sutskever, Martens, Dahl & Hinton, On the importance of initialization and momentum in deep learning, ICML 2013",
  ],
  rate: 0.02,
  settings: {
    momentum: momentumSetting,
  },
  rule: (settings) => lookAhead(settings.momentum),
});
