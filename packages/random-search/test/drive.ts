// Drives a search on a function, for tests.
import { makeDomain, parseSettings, type Domain, type Outcome, type Vector } from "@basin/objective";
import { isStop, type AnyOptimizer, type Search } from "@basin/optimizer";
import { openStreams, rootKey } from "@basin/random";

export type Driven = {
  /** All points asked about, their values, and the metrics after each transition. */
  readonly points: readonly Vector[];
  readonly values: readonly number[];
  readonly metrics: readonly Readonly<Record<string, number>>[];
  readonly best: number;
  readonly recommended: Vector;
};

/** The region [−5, 5]ⁿ, unbounded. */
export const region = (dimension: number): Domain =>
  makeDomain({ dimension, region: { lower: -5, upper: 5 } });

/** Answers at most `budget` questions, the first about a point near a corner of the region. */
export function drive(
  optimizer: AnyOptimizer,
  f: (x: Vector) => number,
  options: {
    readonly domain: Domain;
    readonly budget: number;
    readonly settings?: object;
    readonly seed?: number;
  },
): Driven {
  const { domain, budget, settings = {}, seed = 1 } = options;
  const search = optimizer.create(
    parseSettings(optimizer.hyperparameters, settings, "test"),
    domain,
    budget,
  ) as Search<unknown, "value">;
  const streams = openStreams(rootKey(seed));
  const start = domain.region.lower.map((l, j) => l + 0.1 * (domain.region.upper[j]! - l));
  let state = search.init(start, streams.rng("init"));
  const [points, values, metrics]: [Vector[], number[], Readonly<Record<string, number>>[]] = [[], [], []];
  for (let t = 0; points.length < budget; t++) {
    const ask = search.ask(state);
    if (isStop(ask)) break;
    const queries = ask.queries.slice(0, budget - points.length);
    const outcomes: Outcome<"value">[] = queries.map(({ x }) => ({ kind: "value", x, value: f(x) }));
    for (const { x } of queries) {
      points.push(x);
      values.push(f(x));
    }
    state = search.tell(state, outcomes, streams.rng("tell", t));
    metrics.push(search.metrics?.(state) ?? {});
  }
  return {
    points,
    values,
    metrics,
    best: values.reduce((a, b) => Math.min(a, b), Infinity),
    recommended: search.recommend(state),
  };
}

export const sphere = (x: Vector): number => x.reduce((sum, v) => sum + v * v, 0);

/** Rosenbrock 1960, extended: minimum 0 at (1, …, 1). */
export const rosenbrock = (x: Vector): number => {
  let sum = 0;
  for (let j = 0; j + 1 < x.length; j++) {
    const [a, b] = [x[j + 1]! - x[j]! * x[j]!, 1 - x[j]!];
    sum += 100 * a * a + b * b;
  }
  return sum;
};
