// (1+1)-ES: one parent, one child, and a step size that keeps one child in five better than its parent.
//
// Rechenberg, "Evolutionsstrategie", Frommann–Holzboog 1973; the rule in its smooth form, with a change at every child: Kern, Müller,
// Hansen, Büche, Ocenasek & Koumoutsakos, "Learning Probability Distributions in Continuous Evolutionary Algorithms – a Comparative
// Review", Natural Computing 3 (1), 2004. The shape of steps, where it is learned: Igel, Suttorp & Hansen, "A Computational
// Efficient Covariance Matrix Update and a (1+1)-CMA for Evolution Strategies", GECCO 2006.
import { exp } from "@basin/math";
import { lossOf, z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { identity, stretched, times } from "./factor.ts";
import { LONGEST, mirror, unitsOf } from "./steps.ts";
import { firstStep } from "./settings.ts";

type State = {
  readonly parent: Vector;
  /** f(parent); +Infinity while unknown. */
  readonly loss: number;
  /** Standard deviation of a step in each coordinate, in widths of the region. */
  readonly sigma: number;
  /** A: steps are σ A z in widths of the region, z normal. Shape [n × n], empty where shape is not learned. */
  readonly factor: Vector;
  /** The share of children that succeed, smoothed. */
  readonly rate: number;
  /** The question: the start, then a child, and the z that led to it. */
  readonly child: Vector;
  readonly z: Vector;
  /** Questions answered, and children that were no worse than their parent. */
  readonly asked: number;
  readonly successes: number;
};

/** Constants of the (1+1)-CMA-ES: p_target, c_p, p_thresh. */
const [TARGET, SMOOTHING, OFTEN] = [2 / 11, 1 / 12, 0.44];
const none = new Float64Array(0);

/** A with A Aᵀ ← (1 − c) A Aᵀ + c (A z)(A z)ᵀ (Igel, Suttorp & Hansen 2006). */
export function towards(factor: Vector, z: Vector, c: number): Vector {
  let zz = 0;
  for (let j = 0; j < z.length; j++) zz += z[j]! * z[j]!;
  const next = stretched(factor, z, (c * zz) / (1 - c));
  return next === factor ? factor : next.map((a) => Math.sqrt(1 - c) * a);
}

/**
 * The (1+1)-ES with the one-fifth success rule. At each success σ grows by the factor e^{1/d}, at each failure it shrinks by e^{−1/(4 d)}:
 * it stays where one child in five succeeds, which is near what makes the fastest progress on a sphere and on a ridge.
 *
 * Asks of f nothing but comparisons: any f that is ordered alike gives the same trace. A child as good as its parent replaces it and
 * counts as a success, so that plateaus are crossed with growing steps. A local method: it ends in the first minimum it finds. It wants
 * valleys that are no longer than wide (steps are as long in every direction, in widths of the region), unless it learns their shape.
 *
 * Bounds: children are reflected at them. Stops when σ is below the tolerance.
 */
export const onePlusOneEs = defineOptimizer({
  name: "one-plus-one-es",
  family: "random-search",
  summary:
    "One parent, one child: steps grow where children succeed and shrink where fewer than one in five does.",
  references: [
    "Rechenberg, Evolutionsstrategie: Optimierung technischer Systeme nach Prinzipien der biologischen Evolution, Frommann–Holzboog, 1973",
    "Igel, Suttorp & Hansen, A Computational Efficient Covariance Matrix Update and a (1+1)-CMA for Evolution Strategies, GECCO 2006",
    "Kern, Müller, Hansen, Büche, Ocenasek & Koumoutsakos, Learning Probability Distributions in Continuous Evolutionary Algorithms – a Comparative Review, Natural Computing 3 (1), 2004",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    stepSize: firstStep("First step size σ", "Standard deviation of the first steps in each coordinate"),
    damping: z
      .number()
      .min(0.1)
      .max(10_000)
      .default(3)
      .meta({
        label: "Damping d",
        help: "A success multiplies the step size by e^(1/d), a failure by e^(−1/(4d)).",
        scale: "log",
        range: [1, 100],
      }),
    learn: z.boolean().default(false).meta({
      label: "Learn the shape of steps",
      help: "Makes steps longer along directions that succeeded: for valleys, at n² operations a success; in up to 200 dimensions.",
    }),
    tolerance: z
      .number()
      .min(1e-300)
      .max(1)
      .default(1e-15)
      .meta({
        label: "Tolerance",
        help: "The search ends when the step size is below this share of the region's width.",
        scale: "log",
        range: [1e-15, 1e-3],
      }),
  }),
  create({ stepSize, damping, learn, tolerance }, { dimension: n, region, bounds }) {
    const units = unitsOf(region);
    const [growth, shrinkage] = [exp(1 / damping), exp(-0.25 / damping)];
    /** c_cov of the (1+1)-CMA-ES. */
    const share = 2 / (n * n + 6);
    return {
      init: (start): State => ({
        parent: start,
        loss: Infinity,
        sigma: stepSize,
        factor: learn ? identity(n) : none,
        rate: TARGET,
        child: start,
        z: none,
        asked: 0,
        successes: 0,
      }),
      ask: ({ sigma, child }) =>
        sigma < tolerance
          ? { stop: `converged: the step size is below ${tolerance} of the region's width` }
          : { queries: [{ kind: "value", x: child }] },
      tell(state, outcomes, rng): State {
        const value = lossOf(outcomes[0]!);
        const success = value <= state.loss && value < Infinity;
        // The start has no parent to be better than.
        const born = state.asked > 0;
        // Where nothing has succeeded yet, failures say nothing about steps: the parent wanders until something does.
        const lost = state.loss === Infinity;
        const parent = success || lost ? state.child : state.parent;
        const judged = born && (success || !lost);
        const sigma = judged ? Math.min(LONGEST, state.sigma * (success ? growth : shrinkage)) : state.sigma;
        const rate = judged ? (1 - SMOOTHING) * state.rate + (success ? SMOOTHING : 0) : state.rate;
        // Where nearly all succeed it is for the length of steps to grow, not for their shape.
        const factor = born && success && rate < OFTEN ? towards(state.factor, state.z, share) : state.factor;
        const z = rng.fillNormal(freshVector(n));
        const step = times(factor, z);
        const child = freshVector(n);
        for (let j = 0; j < n; j++) child[j] = parent[j]! + sigma * units[j]! * step[j]!;
        return {
          parent,
          loss: success ? value : state.loss,
          sigma,
          factor,
          rate,
          child: mirror(child, bounds),
          z,
          asked: state.asked + 1,
          successes: state.successes + (born && success ? 1 : 0),
        };
      },
      recommend: ({ parent }) => parent,
      metrics: ({ sigma, asked, successes }) => ({ sigma, success: asked > 1 ? successes / (asked - 1) : 0 }),
    };
  },
});
