// Simulated annealing on real vectors, as a third party would write it for basin.
//
// Kirkpatrick, Gelatt & Vecchi, "Optimization by Simulated Annealing", Science 220, 1983; the acceptance rule is Metropolis et al., 1953.
import { exp, log } from "@basin/math";
import { clampToBox, defineOptimizer, lossOf } from "@basin/optimizer";
import { z, type Vector } from "@basin/objective";

/** Everything the search remembers: plain data, never written to once it is made. */
interface State {
  /** Where the walk stands, and f there; +Infinity until the start has been evaluated. Shape [n]. */
  readonly at: Vector;
  readonly value: number;
  /** The best point so far. */
  readonly best: Vector;
  readonly bestValue: number;
  /** The question. */
  readonly trial: Vector;
  /** Evaluations told so far. */
  readonly told: number;
}

/**
 * Simulated annealing: a Gaussian step is taken if it improves, and otherwise with probability exp(−Δ/T). T falls geometrically from
 * `hot` to `cold` over the budget, so that the trace depends on it. The steps shrink with √T.
 *
 * Bounds: steps are clamped to them.
 */
export const simulatedAnnealing = defineOptimizer({
  name: "example-simulated-annealing",
  summary: "A random walk that accepts worse points too, ever less often as it cools.",
  family: "example",
  references: ["Kirkpatrick, Gelatt & Vecchi, Optimization by Simulated Annealing, Science 220, 1983"],
  needs: ["value"],
  requires: { horizon: true },
  hyperparameters: z.object({
    hot: z
      .number()
      .gt(0)
      .default(1)
      .meta({
        label: "First temperature",
        help: "In units of f: differences of this size are often accepted at first.",
        range: [0.01, 100],
        scale: "log",
      }),
    cold: z
      .number()
      .gt(0)
      .default(1e-9)
      .meta({ label: "Last temperature", help: "In units of f.", range: [1e-12, 1], scale: "log" }),
    step: z
      .number()
      .gt(0)
      .max(1)
      .default(0.2)
      .meta({
        label: "First step",
        help: "Standard deviation of the first steps, as a share of the region's width.",
        range: [0.01, 0.5],
        scale: "log",
      }),
  }),
  create({ hot, cold, step }, domain, horizon) {
    const { bounds, region } = domain;
    const width = region.upper.map((upper, j) => upper - region.lower[j]!);
    /** T after this many evaluations. */
    const temperature = (told: number): number => hot * exp(log(cold / hot) * Math.min(1, told / horizon));

    return {
      init: (start): State => ({
        at: start,
        value: Infinity,
        best: start,
        bestValue: Infinity,
        trial: start,
        told: 0,
      }),

      ask: ({ trial }) => ({ queries: [{ kind: "value", x: trial }] }),

      tell(state, outcomes, rng): State {
        // A failed evaluation counts as +Infinity: never accepted.
        const value = lossOf(outcomes[0]!);
        const told = state.told + 1;
        const heat = temperature(told);
        const taken = value <= state.value || rng.uniform() < exp((state.value - value) / heat);
        const at = taken ? state.trial : state.at;
        const better = value < state.bestValue;
        const scale = step * Math.sqrt(heat / hot);
        const noise = rng.fillNormal(new Float64Array(at.length));
        return {
          at,
          value: taken ? value : state.value,
          best: better ? state.trial : state.best,
          bestValue: better ? value : state.bestValue,
          trial: clampToBox(
            noise.map((deviate, j) => at[j]! + scale * width[j]! * deviate),
            bounds,
          ),
          told,
        };
      },

      recommend: ({ best }) => best,
      metrics: ({ told }) => ({ temperature: temperature(told) }),
    };
  },
});
