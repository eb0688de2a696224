// Compass search: tries a step forth and back along each axis; what helps is taken, and where nothing helps the step is halved.
//
// Kolda, Lewis & Torczon, "Optimization by Direct Search: New Perspectives on Some Classical and Modern Methods", SIAM Review 45 (3),
// 2003, section 3.1. Its proof of convergence needs steps that only halve and double, as here.
import { lossOf, z, type Query, type Vector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { unitsOf } from "./units.ts";

type State = {
  readonly x: Vector;
  /** f(x); +Infinity while unknown. */
  readonly value: number;
  /** In units of the region's width. */
  readonly step: number;
  /** Which of the 2n directions is tried: axis ⌊d/2⌋, forth where d is even. */
  readonly direction: number;
  /** How many directions have failed at this step and point. */
  readonly failed: number;
  /** The question. */
  readonly trial: Vector;
};

/**
 * Compass search, one question at a time: the first direction that improves is taken, tried again, and the step doubled.
 *
 * Bounds: a step beyond a bound ends on it; a direction without any room is passed over. Needs 2n evaluations to see that a point is
 * a minimum at one step size; never more than the function is worth: no model, no memory but the point.
 */
export const compassSearch = defineOptimizer({
  name: "compass-search",
  summary: "Steps along the axes, taken where they improve and halved where none does.",
  family: "direct-search",
  references: [
    "Kolda, Lewis & Torczon, Optimization by Direct Search: New Perspectives on Some Classical and Modern Methods, SIAM Review 45 (3), 2003",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    step: z
      .number()
      .gt(0)
      .max(1)
      .default(0.1)
      .meta({
        label: "First step",
        help: "As a share of the region's width.",
        range: [0.01, 0.5],
        scale: "log",
      }),
    expansion: z
      .union([z.literal(1), z.literal(2)])
      .default(2)
      .meta({ label: "Expansion", help: "Factor of the step after a success: 2, or 1 to leave it." }),
    tolerance: z
      .number()
      .min(1e-300)
      .max(1)
      .default(1e-15)
      .meta({
        label: "Tolerance",
        help: "The search ends when the step is below this share of the region's width.",
        range: [1e-15, 1e-3],
        scale: "log",
      }),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const { lower, upper } = domain.bounds;
    const units = unitsOf(domain);

    /** The state whose trial is the next that differs from x; directions without room count as failed, a round of failures halves the step. */
    function poll(x: Vector, value: number, step: number, direction: number, failed: number): State {
      for (;;) {
        if (failed === 2 * n) [failed, step] = [0, step / 2];
        if (step < settings.tolerance) return { x, value, step, direction, failed, trial: x };
        const j = direction >> 1;
        const move = (direction & 1 ? -1 : 1) * step * units[j]!;
        const y = Math.min(upper[j]!, Math.max(lower[j]!, x[j]! + move));
        if (y !== x[j]) {
          const trial = x.slice();
          trial[j] = y;
          return { x, value, step, direction, failed, trial };
        }
        [direction, failed] = [(direction + 1) % (2 * n), failed + 1];
      }
    }

    return {
      init: (start): State => ({
        x: start.slice(),
        value: Infinity,
        step: settings.step,
        direction: 0,
        failed: -1,
        trial: start.slice(),
      }),
      ask({ step, trial }) {
        if (step < settings.tolerance)
          return { stop: "converged: no step along an axis improves, down to the tolerance" };
        const queries: Query<"value">[] = [{ kind: "value", x: trial }];
        return { queries };
      },
      tell(state, outcomes): State {
        const value = lossOf(outcomes[0]!);
        if (state.failed < 0) return poll(state.x, value, state.step, 0, 0);
        if (value < state.value)
          return poll(state.trial, value, Math.min(1, state.step * settings.expansion), state.direction, 0);
        return poll(state.x, state.value, state.step, (state.direction + 1) % (2 * n), state.failed + 1);
      },
      recommend: ({ x }) => x.slice(),
      metrics: ({ step }) => ({ step }),
    };
  },
});
