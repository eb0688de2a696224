// The quasi-random searches: the contract, and that they visit the points they promise.
import { describe, expect, test } from "vitest";
import { makeDomain, type Domain, type Outcome, type Vector } from "@basin/objective";
import { optimizerLaws } from "@basin/optimizer/laws";
import { isStop, type AnyOptimizer } from "@basin/optimizer";
import {
  HALTON_DIMENSIONS,
  SOBOL_DIMENSIONS,
  halton as haltonSequence,
  openStreams,
  rootKey,
  sobol as sobolSequence,
} from "@basin/random";
import { halton, latinHypercube, sobol } from "@basin/random-search";

const cases = [
  ["sobol", optimizerLaws(sobol)],
  [
    "sobol, a point at a time, as published",
    optimizerLaws(sobol, { hyperparameters: { batch: 1, scramble: false } }),
  ],
  ["halton", optimizerLaws(halton)],
  [
    "halton, batches of 7, as published",
    optimizerLaws(halton, { hyperparameters: { batch: 7, scramble: false } }),
  ],
  ["latin-hypercube", optimizerLaws(latinHypercube)],
  ["latin-hypercube of one point", optimizerLaws(latinHypercube, { hyperparameters: { points: 1 } })],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});

/** The points that are asked about after the start, scaled back to [0, 1]. */
function visited(
  optimizer: AnyOptimizer,
  hyperparameters: object,
  domain: Domain,
  count: number,
  seed = 1,
): number[][] {
  const search = optimizer.create(optimizer.hyperparameters.parse(hyperparameters), domain, count);
  const streams = openStreams(rootKey(seed));
  let state = search.init(domain.region.lower.slice(), streams.rng("init"));
  const found: number[][] = [];
  for (let step = 0; found.length <= count; step++) {
    const ask = search.ask(state);
    if (isStop(ask)) throw new Error(ask.stop);
    const outcomes = ask.queries.map((query: { kind: "value"; x: Vector }): Outcome<"value"> => ({
      ...query,
      value: query.x[0]!,
    }));
    for (const { x } of ask.queries)
      found.push(
        Array.from(
          x as Vector,
          (v, j) => (v - domain.region.lower[j]!) / (domain.region.upper[j]! - domain.region.lower[j]!),
        ),
      );
    state = search.tell(state, outcomes, streams.rng("tell", step));
  }
  return found.slice(1, count + 1);
}
const unit = (dimension: number): Domain => makeDomain({ dimension, bounds: { lower: 0, upper: 1 } });

test("the unscrambled searches visit the published sequences, whatever the batch", () => {
  for (const batch of [1, 10, 64]) {
    const settings = { batch, scramble: false };
    const rows = (all: Float64Array): number[][] =>
      Array.from({ length: 100 }, (_, i) => [...all.subarray(3 * i, 3 * i + 3)]);
    expect(visited(sobol, settings, unit(3), 100)).toEqual(
      rows(sobolSequence(3).write(new Float64Array(300), 0)),
    );
    expect(visited(halton, settings, unit(3), 100)).toEqual(
      rows(haltonSequence(3).write(new Float64Array(300), 0)),
    );
  }
});
test("scrambled searches visit the same points whatever the batch, and others for another seed", () => {
  for (const optimizer of [sobol, halton]) {
    const one = visited(optimizer, { batch: 1 }, unit(5), 128);
    expect(visited(optimizer, { batch: 50 }, unit(5), 128)).toEqual(one);
    expect(visited(optimizer, { batch: 50 }, unit(5), 128, 2)).not.toEqual(one);
  }
});
test("128 points of Sobol's, and each Latin hypercube, have one point in each interval of every coordinate, scaled to any region", () => {
  const domain = makeDomain({ dimension: 4, region: { lower: [-3, 0, 10, -1e-3], upper: [5, 1e6, 11, 0] } });
  const intervals = (points: number[][], j: number): number[] =>
    points.map((x) => Math.floor(x[j]! * points.length + 1e-9)).toSorted((a, b) => a - b);
  for (const points of [
    visited(sobol, {}, domain, 128),
    visited(latinHypercube, { points: 128 }, domain, 128),
  ])
    for (let j = 0; j < 4; j++)
      expect(intervals(points, j)).toEqual(Array.from({ length: 128 }, (_, i) => i));
});
test("the scramble is in the state: a search made anew goes on with the same points", () => {
  const domain = unit(3);
  const streams = openStreams(rootKey(1));
  const make = () => sobol.create(sobol.hyperparameters.parse({ batch: 8 }), domain, 100);
  let [one, two] = [make(), make()];
  let state = one.init(domain.region.lower, streams.rng("init"));
  for (let step = 0; step < 5; step++) {
    const ask = one.ask(state);
    if (isStop(ask)) throw new Error(ask.stop);
    const outcomes = ask.queries.map((query) => ({ ...query, value: query.x[0]! }));
    const next = one.tell(state, outcomes, streams.rng("tell", step));
    expect(two.tell(state, outcomes, streams.rng("tell", step))).toEqual(next);
    [one, two] = [make(), one];
    state = next;
  }
});
test("dimensions that a sequence does not have are declared", () => {
  expect(sobol.requires.dimension).toEqual([1, SOBOL_DIMENSIONS]);
  expect(halton.requires.dimension).toEqual([1, HALTON_DIMENSIONS]);
  expect(latinHypercube.requires.dimension).toEqual([1, Infinity]);
});
test("a sequence that has ended stops the search", () => {
  const search = sobol.create(sobol.hyperparameters.parse({}), unit(2), 100);
  const rng = openStreams(rootKey(1)).rng("init");
  const state = { ...search.init(Float64Array.of(0, 0), rng), next: 2 ** 32 - 3 };
  const told = search.tell(state, [], rng);
  expect(told.batch.length).toBe(6);
  const last = search.tell(told, [], rng);
  expect(search.ask(last)).toEqual({ stop: "exhausted: the sequence has no more points" });
});
