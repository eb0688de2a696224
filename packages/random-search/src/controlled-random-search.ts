// Controlled random search, CRS2 with local mutation: a population is drawn together by reflections of random simplices.
//
// Price, "Global optimization by controlled random search", J. Optimization Theory and Applications 40 (3), 1983 (CRS2); Kaelo & Ali,
// "Some Variants of the Controlled Random Search Algorithm for Global Optimization", the same, 130 (2), 2006 (local mutation).
import { inBox, lossOf, z, type Box, type Query, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { mirror, uniformRows, unitsOf } from "./steps.ts";

/** How often a simplex is drawn anew if its reflection lies outside the bounds, before that is folded back instead. */
const REDRAWS = 20;

/** Members that were answered, best first; rows are shared by the populations that follow each other. */
export type Population = {
  /** Shape [any][n]. */
  readonly points: readonly Vector[];
  /** f of the points; +Infinity where it failed. */
  readonly values: Vector;
};

type State = {
  readonly population: Population;
  /** How many members the population is to have. */
  readonly size: number;
  readonly restarts: number;
  /** The best point of all populations before this one, and f there. */
  readonly before: { readonly x: Vector; readonly loss: number };
  readonly task: Task;
};

/** What is asked: members to come, rows of n; the reflection of a simplex; a mutation of the best member in place of a bad reflection. */
type Task =
  | { readonly kind: "sample"; readonly rows: Vector }
  | { readonly kind: "reflection"; readonly x: Vector }
  | { readonly kind: "mutation"; readonly x: Vector };

const empty: Population = { points: [], values: new Float64Array(0) };

/** The population with one more member, behind those as good as it is. */
export function inserted({ points, values }: Population, x: Vector, value: number): Population {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < values[middle]!) high = middle;
    else low = middle + 1;
  }
  const nextPoints = points.slice();
  nextPoints.splice(low, 0, x);
  const nextValues = new Float64Array(values.length + 1);
  nextValues.set(values.subarray(0, low));
  nextValues[low] = value;
  nextValues.set(values.subarray(low), low + 1);
  return { points: nextPoints, values: nextValues };
}

/** The population in which the worst member has given way to x. */
function replaced({ points, values }: Population, x: Vector, value: number): Population {
  return inserted({ points: points.slice(0, -1), values: values.subarray(0, -1) }, x, value);
}

/**
 * p = 2 G − r (Price 1983): the simplex is the best member and n others by chance; r is the last of those, G the mean of the rest.
 * `others`: indices of the n, none of them 0. Shape [n].
 */
export function reflection(points: readonly Vector[], others: ArrayLike<number>): Float64Array {
  const n = others.length;
  const p = new Float64Array(points[0]!);
  for (let i = 0; i < n - 1; i++) {
    const member = points[others[i]!]!;
    for (let j = 0; j < n; j++) p[j]! += member[j]!;
  }
  const last = points[others[n - 1]!]!;
  for (let j = 0; j < n; j++) p[j] = (2 / n) * p[j]! - last[j]!;
  return p;
}

/** y = (1 + ω) b − ω p in each coordinate, ω uniform in [0, 1) (Kaelo & Ali 2006): from the best member b, away from p. Shape [n]. */
export function mutation(best: Vector, p: Vector, omega: Vector): Float64Array {
  const y = freshVector(best.length);
  for (let j = 0; j < y.length; j++) y[j] = best[j]! + omega[j]! * (best[j]! - p[j]!);
  return y;
}

/** A reflection inside the bounds. */
function nextReflection(points: readonly Vector[], bounds: Box, n: number, rng: Rng): Float64Array {
  for (let draw = 0; ; draw++) {
    const others = rng.sample(points.length - 1, n);
    for (let i = 0; i < n; i++) others[i]!++;
    const p = reflection(points, others);
    if (inBox(p, bounds)) return p;
    if (draw === REDRAWS) return mirror(p, bounds);
  }
}

/**
 * CRS2 with local mutation, for up to 1000 dimensions: a population of 7 (n + 1) points is as large as a matrix. A trial that is better than the worst member takes its place; one that is not is followed by a mutation
 * of the best member. The population begins as the start and uniform draws from the region and draws together, at last in one point.
 *
 * Asks of f only comparisons, so that any f that is ordered alike gives the same trace while values differ. Bounds: a simplex whose
 * reflection lies outside is drawn anew (Price), and folded back if that fails twenty times; mutations are folded back. Not in the
 * papers: a population that has drawn together begins anew, larger, instead of asking about one point for ever; therefore the first is
 * smaller, 7 (n + 1) instead of 10 (n + 1): still large enough not to lose a dimension on an ellipsoid of condition 10⁶ (5 (n + 1) is not).
 */
export const controlledRandomSearch = defineOptimizer({
  name: "controlled-random-search",
  family: "random-search",
  summary:
    "Reflects random simplices of a population, which draws together around the lowest of the minima it has seen.",
  references: [
    "Price, Global optimization by controlled random search, Journal of Optimization Theory and Applications 40 (3), 1983",
    "Kaelo & Ali, Some Variants of the Controlled Random Search Algorithm for Global Optimization, Journal of Optimization Theory and Applications 130 (2), 2006",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 1000], horizon: false },
  hyperparameters: z.object({
    populationSize: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(0)
      .meta({
        label: "Population size",
        help: "Members, at least n + 2; 0 means 7 (n + 1).",
        scale: "linear",
        range: [0, 200],
      }),
    growth: z
      .number()
      .min(1)
      .max(10)
      .default(1.5)
      .meta({
        label: "Growth",
        help: "How much larger the population is after each restart.",
        scale: "linear",
        range: [1, 4],
      }),
    tolerance: z
      .number()
      .min(0)
      .max(1)
      .default(1e-11)
      .meta({
        label: "Tolerance",
        help: "A population that has become narrower than this, in widths of the region, begins anew.",
        scale: "log",
        range: [1e-15, 1e-3],
      }),
  }),
  create(settings, { dimension: n, region, bounds }) {
    const units = unitsOf(region);
    const first = settings.populationSize === 0 ? 7 * (n + 1) : Math.max(n + 2, settings.populationSize);

    /** Whether no reflection can be news: one value, or one point. */
    function drawnTogether({ points, values }: Population): boolean {
      const [best, worst] = [values[0]!, values[values.length - 1]!];
      if (!(best < worst)) return true;
      // The worst is looked at first: while it is far from the best, nothing else need be.
      for (let i = points.length - 1; i > 0; i--)
        for (let j = 0; j < n; j++)
          if (Math.abs(points[i]![j]! - points[0]![j]!) > settings.tolerance * units[j]!) return false;
      return true;
    }

    const bestOf = ({ population, before }: State): { readonly x: Vector; readonly loss: number } =>
      population.points.length > 0 && population.values[0]! <= before.loss
        ? { x: population.points[0]!, loss: population.values[0]! }
        : before;

    /** The state in which the next reflection of this population is asked, or the next population. */
    function onwards(state: State, population: Population, rng: Rng): State {
      if (!drawnTogether(population))
        return {
          ...state,
          population,
          task: { kind: "reflection", x: nextReflection(population.points, bounds, n, rng) },
        };
      const size = Math.min(Math.max(first, 100_000), Math.ceil(settings.growth * state.size));
      return {
        population: empty,
        size,
        restarts: state.restarts + 1,
        before: bestOf({ ...state, population }),
        task: { kind: "sample", rows: uniformRows(size, region, rng) },
      };
    }

    return {
      init(start, rng): State {
        const rows = uniformRows(first, region, rng);
        rows.set(start);
        return {
          population: empty,
          size: first,
          restarts: 0,
          before: { x: start.slice(), loss: Infinity },
          task: { kind: "sample", rows },
        };
      },
      ask({ task }) {
        if (task.kind !== "sample") return { queries: [{ kind: "value", x: task.x }] };
        const queries: Query<"value">[] = [];
        for (let at = 0; at < task.rows.length; at += n)
          queries.push({
            kind: "value",
            x: new Float64Array(task.rows.buffer, task.rows.byteOffset + 8 * at, n),
          });
        return { queries, prefix: true };
      },
      tell(state, outcomes, rng): State {
        const { task } = state;
        let { population } = state;
        if (task.kind === "sample") {
          for (let i = 0; i < outcomes.length; i++)
            population = inserted(population, task.rows.slice(i * n, (i + 1) * n), lossOf(outcomes[i]!));
          // What was not answered is asked again.
          const rows = task.rows.slice(outcomes.length * n);
          return rows.length > 0
            ? { ...state, population, task: { kind: "sample", rows } }
            : onwards(state, population, rng);
        }
        const value = lossOf(outcomes[0]!);
        if (value < population.values[population.values.length - 1]!)
          return onwards(state, replaced(population, task.x, value), rng);
        if (task.kind === "mutation") return onwards(state, population, rng);
        const omega = rng.fillUniform(freshVector(n));
        const x = mirror(mutation(population.points[0]!, task.x, omega), bounds);
        return { ...state, task: { kind: "mutation", x } };
      },
      recommend: (state) => bestOf(state).x,
      metrics: ({ population: { points }, restarts, size }) => {
        // How far the worst member is from the best: all of them would cost more than a step.
        let spread = 0;
        const [best, worst] = [points[0], points[points.length - 1]];
        if (best !== undefined && worst !== undefined)
          for (let j = 0; j < n; j++) spread = Math.max(spread, Math.abs(worst[j]! - best[j]!) / units[j]!);
        return { spread, restarts, size };
      },
    };
  },
});
