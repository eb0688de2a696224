// A random walk downhill: Gaussian steps from the best point, taken where they lead lower (Rastrigin 1963, with normal steps).
import { lossOf, z, type Box, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";

type State = {
  readonly best: Vector;
  readonly loss: number;
  /** The point in question. */
  readonly x: Vector;
  /** Questions answered, and steps that were taken. */
  readonly asked: number;
  readonly taken: number;
};

/** x mirrored at the edges that it has crossed; clamped where even that is outside. */
function reflected(x: number, lower: number, upper: number): number {
  if (x < lower) return Math.min(lower + (lower - x), upper);
  if (x > upper) return Math.max(upper - (x - upper), lower);
  return x;
}

/** Width of the region in each coordinate; 1 where it has none. Shape [n]. */
function widths({ lower, upper }: Box): Float64Array {
  return upper.map((u, i) => (u > lower[i]! ? u - lower[i]! : 1));
}

/** Steps from the best. Steps over the bounds are reflected, so that the walk does not clump at the edge. */
export const randomWalk = defineOptimizer({
  name: "random-walk",
  family: "random-search",
  summary: "Takes Gaussian steps from the best point and stays wherever it is lower.",
  references: [
    "Rastrigin, The Convergence of the Random Search Method in the Extremal Control of a Many-Parameter System, Automation and Remote Control 24, 1963",
  ],
  needs: ["value"],
  hyperparameters: z.object({
    stepSize: z
      .number()
      .positive()
      .default(0.03)
      .meta({
        label: "Step size",
        help: "Standard deviation of a step in each coordinate, in widths of the region.",
        scale: "log",
        range: [1e-4, 0.5],
      }),
  }),
  create({ stepSize }, { region, bounds }) {
    const deviation = widths(region).map((w) => stepSize * w);
    return {
      init: (start): State => ({ best: start, loss: Infinity, x: start, asked: 0, taken: 0 }),
      ask: (state) => ({ queries: [{ kind: "value", x: state.x }] }),
      tell(state, outcomes, rng): State {
        const loss = lossOf(outcomes[0]!);
        // as low is low enough: plateaus are crossed
        const take = loss <= state.loss && loss < Infinity;
        // Where nothing has succeeded yet, it wanders until something does.
        const best = take || state.loss === Infinity ? state.x : state.best;
        const x = rng.fillNormal(freshVector(best.length));
        for (let i = 0; i < x.length; i++)
          x[i] = reflected(best[i]! + deviation[i]! * x[i]!, bounds.lower[i]!, bounds.upper[i]!);
        return {
          best,
          loss: take ? loss : state.loss,
          x,
          asked: state.asked + 1,
          taken: state.taken + (take ? 1 : 0),
        };
      },
      recommend: (state) => state.best,
      metrics: ({ asked, taken }) => ({ success: asked === 0 ? 1 : taken / asked }),
    };
  },
});
