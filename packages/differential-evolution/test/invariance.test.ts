// What the theory of differential evolution promises to stay the same, whatever happens to f or to space.
import { describe, expect, test } from "vitest";
import { makeDomain, parseSettings, type Vector } from "@basin/objective";
import { openStreams, rootKey } from "@basin/random";
import {
  competitiveDifferentialEvolution,
  differentialEvolution,
  jade,
  lShade,
} from "@basin/differential-evolution";
import { pointsAsked } from "@basin/optimizer/laws";

const domain = makeDomain({ dimension: 4, bounds: { lower: -5, upper: 5 } });
const start = Float64Array.of(3, -2, 4, 1);
/** Rosenbrock 1960, extended. */
const rosenbrock = (x: Vector): number => {
  let sum = 0;
  for (let j = 0; j + 1 < x.length; j++) {
    const [a, b] = [x[j + 1]! - x[j]! * x[j]!, 1 - x[j]!];
    sum += 100 * a * a + b * b;
  }
  return sum;
};

const all = [
  ["differential-evolution", differentialEvolution],
  ["jade", jade],
  ["l-shade", lShade],
  ["competitive-differential-evolution", competitiveDifferentialEvolution],
] as const;

describe.each(all)("%s", (_, optimizer) => {
  // L-SHADE weighs its memory by gains, as shares of their sum: 4 f leaves these as they are, to the bit
  test("gives the same trace on f and on 4 f", () => {
    const trace = (factor: number) =>
      pointsAsked(optimizer, (x) => factor * rosenbrock(x), domain, start, 6000);
    expect(trace(4)).toEqual(trace(1));
  });

  test("descends in a thousand dimensions, and stays in its box", () => {
    const n = 1000;
    const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);
    const box = makeDomain({ dimension: n, bounds: { lower: -5, upper: 5 } });
    const first = new Float64Array(n).fill(4.9);
    const { points } = pointsAsked(optimizer, sphere, box, first, 2500);
    expect(points.reduce((least, x) => Math.min(least, sphere(x)), Infinity)).toBeLessThan(sphere(first) / 2);
    for (const x of points.slice(-20)) expect(x.every((xi) => xi >= -5 && xi <= 5)).toBe(true);
  });
});

test.each(all.filter(([name]) => name !== "l-shade"))(
  "%s gives the same trace on any function that is ordered as f is",
  (_, optimizer) => {
    const trace = (f: (x: Vector) => number) => pointsAsked(optimizer, f, domain, start, 2000);
    expect(trace((x) => Math.sqrt(rosenbrock(x)) - 7)).toEqual(trace(rosenbrock));
  },
);

// rand/1 at CR = 1 makes trials of sums a + F (b − c) alone: it commutes with every map x ↦ M x + t. Here all numbers are multiples of a power
// of two, so that both sides are exact, and the states of the two runs are the same states, mapped, bit for bit.
describe("affine maps", () => {
  const n = 3;
  const open = makeDomain({ dimension: n, region: { lower: -4, upper: 4 } });
  const search = differentialEvolution.create(
    parseSettings(
      differentialEvolution.hyperparameters,
      { crossover: 1, weight: 0.5, populationSize: 12 },
      "test",
    ),
    open,
    1000,
  );
  type State = ReturnType<typeof search.init>;
  /** Minimum at (1, ½, −¼), not separable; integers times powers of two keep it exact where it matters: both runs take its value at one point. */
  const f = (x: Vector): number => {
    const [a, b, c] = [x[0]! - 1, x[1]! - 0.5, x[2]! + 0.25];
    return a * a + 8 * (b + a) * (b + a) + 64 * (c - b) * (c - b);
  };

  /** Runs from the population of one seed, on a grid of 2⁻¹⁶, mapped; f is taken where a point came from. */
  function run(
    map: (x: Vector) => Float64Array,
    back: (y: Vector) => Float64Array,
    generations: number,
  ): State[] {
    const streams = openStreams(rootKey(5));
    const begun = search.init(new Float64Array(n), streams.rng("init"));
    const grid = begun.trials.map((x) => Math.round(x * 65536) / 65536);
    const trials = new Float64Array(grid.length);
    for (let at = 0; at < grid.length; at += n) trials.set(map(grid.subarray(at, at + n)), at);
    const states: State[] = [{ ...begun, trials }];
    for (let t = 0; t < generations; t++) {
      const state = states.at(-1)!;
      const ask = search.ask(state);
      if (!("queries" in ask)) throw new Error(ask.stop);
      const outcomes = ask.queries.map(({ x }) => ({ kind: "value", x, value: f(back(x)) }) as const);
      states.push(search.tell(state, outcomes, streams.rng("tell", t)));
    }
    return states;
  }
  const rows = (states: readonly State[], map: (x: Vector) => Float64Array): Float64Array[] =>
    states.map(({ trials }) => {
      const mapped = new Float64Array(trials.length);
      for (let at = 0; at < trials.length; at += n) mapped.set(map(trials.subarray(at, at + n)), at);
      return mapped;
    });
  const identity = (x: Vector): Float64Array => x.slice();

  const maps = {
    "scales that are powers of two, and a shift": {
      map: (x: Vector) => Float64Array.of(2 * x[0]! + 3, x[1]! / 4 - 1, 16 * x[2]! + 0.5),
      back: (y: Vector) => Float64Array.of((y[0]! - 3) / 2, 4 * (y[1]! + 1), (y[2]! - 0.5) / 16),
    },
    "a shear and an exchange of coordinates": {
      map: (x: Vector) => Float64Array.of(x[1]!, x[0]! + 2 * x[1]!, x[2]! - x[0]!),
      back: (y: Vector) => Float64Array.of(y[1]! - 2 * y[0]!, y[0]!, y[2]! + y[1]! - 2 * y[0]!),
    },
  };
  test.each(Object.entries(maps))("%s: the same run, mapped, to the bit", (_, { map, back }) => {
    // each generation halves the grid: 25 of them leave 41 bits behind the point, and 12 before it
    const [plain, mapped] = [run(identity, identity, 25), run(map, back, 25)];
    expect(rows(mapped, identity)).toEqual(rows(plain, map));
    // and it goes somewhere
    const best = (state: State): number => state.values.reduce((a, b) => Math.min(a, b), Infinity);
    expect(best(plain.at(-1)!)).toBeLessThan(best(plain[1]!) / 10);
  });

  test("any affine map: the same run, mapped, to rounding", () => {
    // (1 2 0; 3 −1 1; 0 1 ⅓), whose inverse is that of Cramer's rule: determinant −1/3 − 1 − 2 = −10/3
    const map = (x: Vector): Float64Array =>
      Float64Array.of(x[0]! + 2 * x[1]! + 0.1, 3 * x[0]! - x[1]! + x[2]!, x[1]! + x[2]! / 3 - 7);
    const back = (y: Vector): Float64Array => {
      const [a, b, c] = [y[0]! - 0.1, y[1]!, y[2]! + 7];
      // from c: x₂ = 3 (c − x₁); with it, b = 3 x₀ − 4 x₁ + 3 c; with x₀ = a − 2 x₁: b = 3 a − 10 x₁ + 3 c
      const second = (3 * a + 3 * c - b) / 10;
      return Float64Array.of(a - 2 * second, second, 3 * (c - second));
    };
    const [plain, mapped] = [rows(run(identity, identity, 15), map), rows(run(map, back, 15), identity)];
    for (const [t, row] of mapped.entries())
      for (const [at, x] of row.entries()) expect(x).toBeCloseTo(plain[t]![at]!, 10);
  });

  test("with CR below 1 it is not so: the tests can tell", () => {
    const { map, back } = maps["a shear and an exchange of coordinates"];
    const crossed = differentialEvolution.create(
      parseSettings(
        differentialEvolution.hyperparameters,
        { crossover: 0.5, weight: 0.5, populationSize: 12 },
        "test",
      ),
      open,
      1000,
    );
    const streams = openStreams(rootKey(5));
    const begun = crossed.init(new Float64Array(n), streams.rng("init"));
    const trialsAfter = (
      by: (x: Vector) => Float64Array,
      from: (y: Vector) => Float64Array,
    ): Float64Array => {
      const trials = new Float64Array(begun.trials.length);
      for (let at = 0; at < trials.length; at += n) trials.set(by(begun.trials.subarray(at, at + n)), at);
      const ask = crossed.ask({ ...begun, trials });
      if (!("queries" in ask)) throw new Error(ask.stop);
      const outcomes = ask.queries.map(({ x }) => ({ kind: "value", x, value: f(from(x)) }) as const);
      const next = crossed.tell({ ...begun, trials }, outcomes, openStreams(rootKey(6)).rng("tell")).trials;
      const undone = new Float64Array(next.length);
      for (let at = 0; at < next.length; at += n) undone.set(from(next.subarray(at, at + n)), at);
      return undone;
    };
    const [plain, mapped] = [trialsAfter(identity, identity), trialsAfter(map, back)];
    expect(plain.some((x, at) => Math.abs(x - mapped[at]!) > 0.01)).toBe(true);
  });
});

describe("bounds", () => {
  const box = makeDomain({ dimension: 4, bounds: { lower: -5, upper: 5 } });
  const corner = new Float64Array(4).fill(-5);
  const coordinates = (
    f: (x: Vector) => number,
    optimizer: (typeof all)[number][1],
    budget: number,
  ): number[] =>
    pointsAsked(optimizer, f, box, corner, budget)
      .points.slice(1)
      .flatMap((x) => Array.from(x));

  test.each(all)(
    "%s: a population that begins in a corner does not clump on the boundary",
    (_, optimizer) => {
      const xs = coordinates((x) => x.reduce((sum, xi) => sum + xi * xi, 0), optimizer, 3000);
      expect(xs.filter((xi) => Math.abs(xi) === 5).length).toBeLessThan(xs.length / 100);
    },
  );

  test.each(all)("%s: a minimum in a corner is found", (_, optimizer) => {
    const xs = coordinates((x) => x.reduce((sum, xi) => sum - xi, 0), optimizer, 12_000);
    // the last few points, of which the best is at (5, 5, 5, 5)
    expect(xs.slice(-400).reduce((a, b) => Math.max(a, b), -Infinity)).toBeGreaterThan(5 - 1e-3);
  });
});
