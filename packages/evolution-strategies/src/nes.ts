// What the natural evolution strategies share: generations of samples around a mean, told by ranks.
import { lossOf, type Vector, freshVector } from "@basin/objective";
import type { Search } from "@basin/optimizer";
import { better, type Incumbent } from "./incumbent.ts";
import { asked, meanAt, pointsAt, ranking, type Frame } from "./run.ts";

/** The distribution of a variant: mean in the unit of the region's width, before the box transform, and whatever shapes it. */
export type Shape<D> = { readonly mean: Vector } & D;

export interface Variant<D> {
  readonly lambda: number;
  first(n: number): D;
  /** y for each row z ~ N(0, I). Shapes [λ × n]. */
  shaped(z: Vector, shape: Shape<D>, n: number): Float64Array;
  /** The distribution after ranking: utility[i] belongs to row i. */
  follow(shape: Shape<D>, z: Vector, y: Vector, utility: Vector, n: number): Shape<D>;
  /** Largest standard deviation, in the unit of the region's width: the search ends when it is below `tolerance`. */
  widest(shape: Shape<D>, n: number): number;
}

type State<D> = {
  readonly started: boolean;
  readonly shape: Shape<D>;
  readonly z: Vector;
  readonly y: Vector;
  readonly points: Vector;
  readonly best: Incumbent;
};

/** A search by natural gradient. `utility` by rank, best first, shape [λ]. */
export function naturalSearch<D>(
  variant: Variant<D>,
  utility: Vector,
  tolerance: number,
  frame: Frame,
): Search<State<D>, "value"> {
  const { n } = frame;
  const { lambda } = variant;
  const resampled = (
    state: Omit<State<D>, "z" | "y" | "points">,
    rng: { fillNormal(out: Float64Array): Float64Array },
  ): State<D> => {
    const z = rng.fillNormal(freshVector(lambda * n));
    const y = variant.shaped(z, state.shape, n);
    return {
      started: state.started,
      shape: state.shape,
      best: state.best,
      z,
      y,
      points: pointsAt({ mean: state.shape.mean, sigma: 1 }, y, frame),
    };
  };
  return {
    init: (start, rng) =>
      resampled(
        {
          started: false,
          shape: { mean: meanAt(start, frame), ...variant.first(n) },
          best: { x: start.slice(), value: Infinity },
        },
        rng,
      ),
    ask({ started, best, points, shape }) {
      if (!started) return { queries: [{ kind: "value", x: best.x }] };
      if (variant.widest(shape, n) < tolerance)
        return { stop: "converged: all steps are below the tolerance" };
      return { queries: asked(points, n), prefix: true };
    },
    tell(state, outcomes, rng) {
      const best = better(state.best, outcomes, state.started ? state.points : state.best.x);
      if (!state.started) return { ...state, started: true, best };
      const values = Float64Array.from(outcomes, lossOf);
      if (outcomes.length < lambda || values.every((value) => value === Infinity))
        return resampled({ ...state, best }, rng);
      const byRow = freshVector(lambda);
      ranking(values).forEach((row, rank) => (byRow[row] = utility[rank]!));
      return resampled(
        { started: true, shape: variant.follow(state.shape, state.z, state.y, byRow, n), best },
        rng,
      );
    },
    recommend: ({ best }) => best.x,
    metrics: ({ shape }) => ({ sigma: variant.widest(shape, n) }),
  };
}
