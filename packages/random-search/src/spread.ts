// What quasi-random searches share: batches of points that are spread over the region, and the best point so far.
import { lossOf, type Domain, type Query, type Vector } from "@basin/objective";
import type { Search } from "@basin/optimizer";
import type { Rng } from "@basin/random";

export type SpreadState = {
  readonly best: Vector;
  /** f(best); +Infinity while unknown. */
  readonly loss: number;
  /** The questions: rows of n coordinates, the start alone at first. */
  readonly batch: Vector;
  /** How many points of the design are behind the batch. */
  readonly next: number;
  /** What the whole run's design is scrambled with: 32 random bits. */
  readonly scramble: number;
};

/** Rows of points in [0, 1)ⁿ; fresh, since they are scaled in place. Empty where there are no more. */
export type Design = (next: number, scramble: number, rng: Rng) => Float64Array;

/** Asks about the start, then about one batch of the design after another, scaled to the domain's region. */
export function spread(domain: Domain, design: Design): Search<SpreadState, "value"> {
  const n = domain.dimension;
  const { lower, upper } = domain.region;
  const width = upper.map((u, j) => u - lower[j]!);

  function scaled(points: Float64Array): Float64Array {
    for (let i = 0; i < points.length;) {
      for (let j = 0; j < n; j++, i++) {
        // The last of these roundings may step over the edge by an ulp.
        const x = lower[j]! + width[j]! * points[i]!;
        points[i] = x < upper[j]! ? x : upper[j]!;
      }
    }
    return points;
  }

  return {
    init: (start, rng) => ({
      best: start.slice(),
      loss: Infinity,
      batch: start.slice(),
      next: 0,
      scramble: rng.bits(),
    }),
    ask({ batch }) {
      if (batch.length === 0) return { stop: "exhausted: the sequence has no more points" };
      const { buffer, byteOffset } = batch;
      const queries = new Array<Query<"value">>(batch.length / n);
      for (let row = 0; row < queries.length; row++)
        queries[row] = { kind: "value", x: new Float64Array(buffer, byteOffset + 8 * row * n, n) };
      // Fewer points are as good as their number: nothing is decided by the batch as a whole.
      return { queries, prefix: true };
    },
    tell(state, outcomes, rng) {
      let { best, loss } = state;
      for (let row = 0; row < outcomes.length; row++) {
        const value = lossOf(outcomes[row]!);
        if (value < loss) {
          loss = value;
          best = state.batch.slice(row * n, (row + 1) * n);
        }
      }
      const batch = scaled(design(state.next, state.scramble, rng));
      return { best, loss, batch, next: state.next + batch.length / n, scramble: state.scramble };
    },
    recommend: ({ best }) => best.slice(),
  };
}
