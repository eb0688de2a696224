// Gradient descent (Cauchy 1847), and stochastic gradient descent where it is given mini-batches (Robbins & Monro 1951).
import { firstOrder } from "./first-order/first-order.ts";
import { noMemory, type UpdateRule } from "./first-order/update-rule.ts";

/** x ← x − rate · g */
const descent: UpdateRule = {
  memory: noMemory,
  step(x, g, _, __, rate, to) {
    for (let i = 0; i < to.length; i++) to[i] = x[i]! - rate * g[i]!;
  },
};

/** Straight down the slope. Bounds by projection; failures halve the rate. */
export const gradientDescent = firstOrder({
  name: "gradient-descent",
  summary: "Steps straight down the slope.",
  references: [
    "Cauchy, Méthode générale pour la résolution des systèmes d’équations simultanées, C. R. Acad. Sci. Paris 25, 1847",
    "Robbins & Monro, A Stochastic Approximation Method, Annals of Mathematical Statistics 22 (3), 1951",
  ],
  rate: 0.1,
  settings: {},
  rule: () => descent,
});
