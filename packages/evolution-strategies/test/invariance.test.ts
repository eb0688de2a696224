// What the theory of the strategies promises to stay the same, whatever happens to f.
import { describe, expect, test } from "vitest";
import { makeDomain, type Vector } from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";
import { bipopCmaEs, cmaEs, ipopCmaEs, openaiEs, sepCmaEs, snes, xnes } from "@basin/evolution-strategies";
import { pointsAsked } from "@basin/optimizer/laws";

const domain = makeDomain({ dimension: 4, region: { lower: -5, upper: 5 } });
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

const all = [cmaEs, ipopCmaEs, bipopCmaEs, sepCmaEs, snes, xnes, openaiEs];
const named = all.map((optimizer) => [optimizer.name, optimizer] as const);
describe.each(named)("%s", (_, optimizer) => {
  // cma-es and its restarts end a run by function values unless told not to; the others have no such reason
  const settings = "functionTolerance" in optimizer.hyperparameters.shape ? { functionTolerance: 0 } : {};
  const trace = (f: (x: Vector) => number, budget = 6000) =>
    pointsAsked(optimizer, f, domain, start, budget, { settings });

  test("gives the same trace on f and on 4 f, to the end", () => {
    expect(trace((x) => 4 * rosenbrock(x))).toEqual(trace(rosenbrock));
  });
  test("gives the same trace on any function that is ordered as f is", () => {
    // sums of squares such as these are far from where neighbouring doubles share a root
    expect(trace((x) => Math.sqrt(rosenbrock(x)) - 7, 500)).toEqual(trace(rosenbrock, 500));
  });
});

test("with a tolerance of function values, f and 4 f end apart: the tests above have something to switch off", () => {
  const [one, four] = [1, 4].map((factor) =>
    pointsAsked(cmaEs, (x) => factor * rosenbrock(x), domain, start, 6000),
  );
  expect(one!.stop).toMatch(/^tolfun/);
  expect(four!.points.length).not.toBe(one!.points.length);
});

describe("rotation", () => {
  const n = 4;
  // unbounded, and the region is the same in every direction as far as the first steps go
  const ellipsoid = (x: Vector): number =>
    x.reduce((sum, xi, i) => sum + 10 ** (4 * (i / (n - 1))) * xi * xi, 0);
  /** The reflection in the plane across v: as good as any rotation for what is normally distributed, and its own inverse. */
  const reflected = (x: Vector, v: Vector): Float64Array => {
    const [along, square] = [
      x.reduce((sum, xi, i) => sum + xi * v[i]!, 0),
      v.reduce((sum, vi) => sum + vi * vi, 0),
    ];
    return Float64Array.from(x, (xi, i) => xi - (2 * along * v[i]!) / square);
  };
  const SEEDS = 120;
  /** Sorted numbers of evaluations to 1e-8, of seeds that none of the other samples has; the start is turned with the function. */
  const evaluations = (
    optimizer: typeof cmaEs | typeof xnes | typeof sepCmaEs,
    turned: boolean,
  ): number[] => {
    const at = Float64Array.of(2, -1, 1.5, 1);
    return Array.from({ length: SEEDS }, (_, k) => {
      const seed = 1000 * (turned ? 2 : 1) + k;
      const v = rngOf(rootKey(seed)).fillNormal(new Float64Array(n));
      const f = turned ? (x: Vector) => ellipsoid(reflected(x, v)) : ellipsoid;
      return pointsAsked(optimizer, f, domain, turned ? reflected(at, v) : at, 5000, { seed, target: 1e-8 })
        .points.length;
    }).sort((a, b) => a - b);
  };
  /** Kolmogorov and Smirnov: the largest difference between two empirical distribution functions. */
  const distance = (a: readonly number[], b: readonly number[]): number => {
    const share = (sorted: readonly number[], x: number): number =>
      sorted.filter((y) => y <= x).length / sorted.length;
    return Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
  };
  // two samples of 120 from one distribution are as far apart as c √(2 / 120) once in 1,000 times for c = √(ln(2000) / 2) = 1.95
  const limit = 1.95 * Math.sqrt(2 / SEEDS);

  test.each([
    ["cma-es", cmaEs],
    ["xnes", xnes],
  ] as const)("%s needs as many evaluations however f is turned, in distribution", (_, optimizer) => {
    expect(distance(evaluations(optimizer, false), evaluations(optimizer, true))).toBeLessThan(limit);
  });
  test("sep-cma-es does not: the test can tell", () => {
    expect(distance(evaluations(sepCmaEs, false), evaluations(sepCmaEs, true))).toBeGreaterThan(2 * limit);
  });
});

describe("many dimensions", () => {
  const n = 1000;
  const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);
  const box = makeDomain({ dimension: n, bounds: { lower: -5, upper: 5 } });
  // xnes takes an exponential of an n × n matrix each generation: it is not for a thousand dimensions
  test.each([
    ["cma-es", cmaEs, 200],
    ["sep-cma-es", sepCmaEs, 6000],
    ["snes", snes, 6000],
    ["openai-es", openaiEs, 2000],
  ] as const)("%s descends in a thousand", (_, optimizer, budget) => {
    const first = new Float64Array(n).fill(4);
    const { points } = pointsAsked(optimizer, sphere, box, first, budget);
    expect(points.length).toBe(budget);
    const best = points.reduce((least, x) => Math.min(least, sphere(x)), Infinity);
    expect(best).toBeLessThan(sphere(first));
    for (const x of points.slice(-20)) expect(x.every((xi) => xi >= -5 && xi <= 5)).toBe(true);
  });
});

describe("bounds", () => {
  const box = makeDomain({ dimension: 4, bounds: { lower: -5, upper: 5 } });
  const corner = new Float64Array(4).fill(-5);
  const coordinates = (f: (x: Vector) => number, optimizer: (typeof all)[number], budget: number): number[] =>
    pointsAsked(optimizer, f, box, corner, budget)
      .points.slice(1)
      .flatMap((x) => Array.from(x));

  test.each(named)(
    "%s: a population that begins in a corner does not clump on the boundary",
    (_, optimizer) => {
      const xs = coordinates((x) => x.reduce((sum, xi) => sum + xi * xi, 0), optimizer, 3000);
      expect(xs.filter((xi) => Math.abs(xi) === 5).length).toBeLessThan(xs.length / 100);
    },
  );

  test.each(named)("%s: a minimum in a corner is found", (_, optimizer) => {
    const xs = coordinates((x) => x.reduce((sum, xi) => sum - xi, 0), optimizer, 12_000);
    // the last few points, of which the best is at (5, 5, 5, 5)
    expect(xs.slice(-400).reduce((a, b) => Math.max(a, b), -Infinity)).toBeGreaterThan(5 - 1e-3);
  });
});
