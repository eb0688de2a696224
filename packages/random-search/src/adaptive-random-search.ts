// Adaptive random search: tries step sizes of many orders of magnitude, then goes on with the one that found the lowest point.
//
// Masri, Bekey & Safford, "A Global Optimization Algorithm Using Adaptive Random Search", Applied Mathematics and Computation 7 (4),
// 1980; the numbers of points in a phase as in Walter & Pronzato, "Identification of Parametric Models from Experimental Data", 1997.
import { pow } from "@basin/math";
import { lossOf, z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { mirror, unitsOf } from "./steps.ts";

/** Step sizes are numbered from 0, the widest. */
export type Phase =
  | {
      /** Step sizes are compared: all their points are around `from`. */
      readonly kind: "compare";
      readonly from: Vector;
      readonly size: number;
      /** The step size that found the lowest point so far in this phase, and what it found. */
      readonly chosen: number;
      readonly found: number;
      /** Points still to come with this step size, the one in question included. */
      readonly left: number;
    }
  | { readonly kind: "exploit"; readonly size: number; readonly left: number };

type State = {
  readonly best: Vector;
  /** f(best); +Infinity while unknown. */
  readonly loss: number;
  readonly phase: Phase;
  /** The question. */
  readonly trial: Vector;
  /** Whether that is the start. */
  readonly begins: boolean;
};

/** How many points are drawn with step size i when step sizes are compared: the wide ones have more room to cover. */
export function pointsAt(i: number, points: number): number {
  return Math.max(1, Math.round(points / (i + 1)));
}

/** A comparison of step sizes around `from`, the narrowest first: a budget that ends inside it has then gone where f is known. */
export function comparison(from: Vector, sizes: number, points: number): Phase {
  const size = sizes - 1;
  return { kind: "compare", from, size, chosen: size, found: Infinity, left: pointsAt(size, points) };
}

/** The phase after a point with this value. `best`: the lowest point of all, this one included. */
export function nextPhase(phase: Phase, value: number, best: Vector, sizes: number, points: number): Phase {
  const { size, left } = phase;
  if (phase.kind === "exploit")
    return left > 1 ? { kind: "exploit", size, left: left - 1 } : comparison(best, sizes, points);
  // Of sizes that found the same, the widest: plateaus are crossed.
  const lower = value <= phase.found && value < Infinity;
  const [chosen, found] = lower ? [size, value] : [phase.chosen, phase.found];
  if (left > 1) return { ...phase, chosen, found, left: left - 1 };
  if (size > 0) return { ...phase, chosen, found, size: size - 1, left: pointsAt(size - 1, points) };
  return { kind: "exploit", size: chosen, left: points };
}

/**
 * Adaptive random search. Phases alternate: normal steps of every size from the best point so far, the widest as wide as the region,
 * each size a number of times; then steps from the best, taken where they are lower, of the size that had found the lowest point.
 *
 * So it never ceases to look everywhere, and still converges, one order of magnitude a round. Asks of f only comparisons: any f that is
 * ordered alike gives the same trace. Bounds: steps are reflected at them.
 */
export const adaptiveRandomSearch = defineOptimizer({
  name: "adaptive-random-search",
  family: "random-search",
  summary:
    "Compares step sizes from the whole region down to a hair, goes on with the most successful, and compares again.",
  references: [
    "Masri, Bekey & Safford, A Global Optimization Algorithm Using Adaptive Random Search, Applied Mathematics and Computation 7 (4), 1980",
    "Walter & Pronzato, Identification of Parametric Models from Experimental Data, Springer, 1997",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    sizes: z
      .int()
      .min(1)
      .max(100)
      .default(8)
      .meta({
        label: "Step sizes",
        help: "How many step sizes are compared.",
        scale: "linear",
        range: [2, 16],
      }),
    factor: z
      .number()
      .gt(1)
      .max(1000)
      .default(10)
      .meta({
        label: "Factor",
        help: "Each step size is this many times smaller than the one before; the first is the region's width.",
        scale: "log",
        range: [2, 20],
      }),
    points: z
      .int()
      .min(1)
      .max(100_000)
      .default(30)
      .meta({
        label: "Points",
        help: "Points drawn with the chosen step size, and with the widest when they are compared (the k-th gets a k-th of that). Of old 100; fewer find the scale of f sooner.",
        scale: "log",
        range: [10, 1000],
      }),
  }),
  create({ sizes, factor, points }, { dimension: n, region, bounds }) {
    const units = unitsOf(region);
    const deviations = Float64Array.from({ length: sizes }, (_, i) => pow(factor, -i));

    return {
      init: (start): State => ({
        best: start,
        loss: Infinity,
        phase: comparison(start, sizes, points),
        trial: start,
        begins: true,
      }),
      ask: ({ trial }) => ({ queries: [{ kind: "value", x: trial }] }),
      tell(state, outcomes, rng): State {
        const value = lossOf(outcomes[0]!);
        const lower = value < state.loss;
        const [best, loss] = lower ? [state.trial, value] : [state.best, state.loss];
        const phase = state.begins ? state.phase : nextPhase(state.phase, value, best, sizes, points);
        const centre = phase.kind === "compare" ? phase.from : best;
        const trial = rng.fillNormal(freshVector(n), 0, deviations[phase.size]!);
        for (let j = 0; j < n; j++) trial[j] = centre[j]! + units[j]! * trial[j]!;
        return { best, loss, phase, trial: mirror(trial, bounds), begins: false };
      },
      recommend: ({ best }) => best,
      metrics: ({ phase }) => ({ deviation: deviations[phase.size]! }),
    };
  },
});
