// Rprop (Riedmiller & Braun 1993): only the signs of slopes count. For full batches.
import { z } from "@basin/objective";
import { firstOrder } from "./first-order/first-order.ts";
import { twoVectors, type UpdateRule } from "./first-order/update-rule.ts";

const [SMALLEST, LARGEST] = [1e-6, 50];

/**
 * Per coordinate: a step size, at first the rate, grows by η⁺ while the slope keeps its sign and shrinks by η⁻ where it
 * changes; there the slope counts as 0, now and in memory. x ← x − sign(g) · size. Memory: g, size.
 */
function resilient(grow: number, shrink: number): UpdateRule {
  return {
    memory: twoVectors,
    step(x, g, memory, t, rate, to, next) {
      const n = to.length;
      for (let i = 0, j = n; i < n; i++, j++) {
        const agreement = t === 1 ? 0 : Math.sign(g[i]!) * Math.sign(memory[i]!);
        const factor = agreement > 0 ? grow : agreement < 0 ? shrink : 1;
        const size = Math.min(Math.max((t === 1 ? rate : memory[j]!) * factor, SMALLEST), LARGEST);
        const slope = agreement < 0 ? 0 : g[i]!;
        next[i] = slope;
        next[j] = size;
        to[i] = x[i]! - Math.sign(slope) * size;
      }
    },
  };
}

/** A step size of its own for each coordinate, from signs alone; after the first step the rate has no say. Bounds by projection. */
export const rprop = firstOrder({
  name: "rprop",
  summary:
    "Each coordinate's step grows while its slope keeps its sign and shrinks where it changes; for full batches.",
  references: [
    "Riedmiller & Braun, A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP Algorithm, ICNN 1993",
  ],
  rate: 0.01,
  settings: {
    grow: z
      .number()
      .gt(1)
      .default(1.2)
      .meta({ label: "η⁺", help: "Factor by which a step grows.", range: [1.05, 2] }),
    shrink: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.5)
      .meta({ label: "η⁻", help: "Factor by which a step shrinks.", range: [0.2, 0.9] }),
  },
  rule: ({ grow, shrink }) => resilient(grow, shrink),
});
