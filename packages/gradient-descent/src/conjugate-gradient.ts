// Nonlinear conjugate gradients: Polak–Ribière+ and Hager–Zhang.
import { z, type Vector } from "@basin/objective";
import { dot } from "./descent/box.ts";
import { downhill, type DirectionRule } from "./descent/direction-rule.ts";
import { lineDescent } from "./descent/line-descent.ts";
import { norm } from "./first-order/clipping.ts";

/** The last direction, the gradient where it began, and what the gradient changed by; undefined before the first step. */
type Memory =
  | { readonly direction: Vector; readonly before: Vector; readonly change: Vector }
  | { readonly direction?: undefined };

const none: Memory = {};

/** How much of the last direction is kept. */
type Beta = (gradient: Vector, memory: Memory & { readonly direction: Vector }) => number;

/** max(0, g′·(g′ − g) / g·g) (Polak & Ribière 1969; Gilbert & Nocedal 1992). */
const polakRibiere: Beta = (gradient, { before, change }) =>
  Math.max(0, dot(gradient, change) / dot(before, before));

/**
 * (y − 2 d ‖y‖² / d·y)·g′ / d·y, not below η = −1 / (‖d‖ min(0.01, ‖g‖)) (Hager & Zhang 2005, eqs. 1.3 to 1.6). The
 * descent condition holds whatever the line search.
 */
const hagerZhang: Beta = (gradient, { direction, before, change }) => {
  const dy = dot(direction, change);
  const beta = (dot(change, gradient) - (2 * dot(direction, gradient) * dot(change, change)) / dy) / dy;
  return Math.max(beta, -1 / (norm(direction) * Math.min(0.01, norm(before))));
};

function conjugate(beta: Beta, curvature: number): DirectionRule<Memory> {
  return {
    begin: none,
    direction(memory, gradient) {
      const d = downhill(gradient);
      if (memory.direction === undefined) return d;
      const keep = beta(gradient, memory);
      for (let i = 0; i < d.length; i++) d[i]! += keep * memory.direction[i]!;
      return d;
    },
    learn: (_, { direction, gradient, y }) => ({ direction, before: gradient, change: y }),
    search: { kind: "wolfe", curvature },
    scaled: false,
  };
}

/** Conjugate gradients with the line search of Moré and Thuente; where the direction does not descend, it begins anew. */
export const conjugateGradient = lineDescent({
  name: "conjugate-gradient",
  summary:
    "Directions that do not spoil what former ones achieved; three vectors of memory, however many dimensions.",
  references: [
    "Gilbert & Nocedal, Global Convergence Properties of Conjugate Gradient Methods for Optimization, SIAM J. Optim. 2 (1), 1992",
    "Hager & Zhang, A New Conjugate Gradient Method with Guaranteed Descent and an Efficient Line Search, SIAM J. Optim. 16 (1), 2005",
  ],
  settings: {
    formula: z
      .enum(["hager-zhang", "polak-ribiere"])
      .default("hager-zhang")
      .meta({ label: "Formula", help: "How much of the last direction is kept." }),
    curvature: z
      .number()
      .gt(0.0001)
      .lt(1)
      .default(0.1)
      .meta({
        label: "Curvature condition",
        help: "A step is good where its slope is at most this share of the first one: small for an exact search.",
        range: [0.01, 0.9],
        scale: "log",
      }),
  },
  rule: ({ formula, curvature }) =>
    conjugate(formula === "hager-zhang" ? hagerZhang : polakRibiere, curvature),
});
