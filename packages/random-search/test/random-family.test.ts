// What all of the adaptive methods have in common: invariances that their theory promises, descent, many dimensions, the best point.
import { cos } from "@basin/math";
import { makeDomain, type Vector } from "@basin/objective";
import type { AnyOptimizer } from "@basin/optimizer";
import {
  adaptiveRandomSearch,
  controlledRandomSearch,
  halton,
  hillClimbing,
  latinHypercube,
  onePlusOneEs,
  randomSearch,
  randomWalk,
  simulatedAnnealing,
  sobol,
} from "@basin/random-search";
import { describe, expect, test } from "vitest";
import { drive, region, rosenbrock, sphere } from "./drive.ts";

const all: readonly AnyOptimizer[] = [
  adaptiveRandomSearch,
  controlledRandomSearch,
  hillClimbing,
  onePlusOneEs,
  simulatedAnnealing,
];
/** Those that ask of f comparisons only. */
const ranked = all.filter((optimizer) => optimizer !== simulatedAnnealing);

/** Rastrigin 1974: minimum 0 at 0, a local minimum near each point of ℤⁿ. */
const rastrigin = (x: Vector): number =>
  x.reduce((sum, v) => sum + v * v + 10 * (1 - cos(2 * Math.PI * v)), 0);

describe.each(all.map((optimizer) => [optimizer.name, optimizer] as const))("%s", (_, optimizer) => {
  test("gives the same trace on f and 4 f", () => {
    const options = { domain: region(4), budget: 1500 };
    const one = drive(optimizer, rosenbrock, options);
    const four = drive(optimizer, (x) => 4 * rosenbrock(x), options);
    expect(four.points).toEqual(one.points);
  });

  test.each([1, 3, 12])("recommends the lowest of all points, n = %i", (n) => {
    for (const seed of [1, 2, 3]) {
      const { best, recommended } = drive(optimizer, rastrigin, { domain: region(n), budget: 777, seed });
      expect(rastrigin(recommended)).toBe(best);
    }
  });

  test("descends on a sphere, on Rosenbrock's function and on Rastrigin's", () => {
    const options = { domain: region(5), budget: 5000 };
    expect(drive(optimizer, sphere, options).best).toBeLessThan(1e-8);
    // The start is worth 1.6e5; 4 is where the valley begins.
    expect(drive(optimizer, rosenbrock, options).best).toBeLessThan(4);
    // The start is worth 80, a local minimum 1 for each coordinate that is off by one, 4 by two. A local method stays where it fell in.
    const least = optimizer === onePlusOneEs ? 60 : 25;
    expect(drive(optimizer, rastrigin, options).best).toBeLessThan(least);
  });

  test("searches real vectors only, and declares whether its trace depends on the budget", () => {
    expect(optimizer.requires.encodings).toEqual(["real"]);
    expect(optimizer.requires.horizon).toBe(optimizer === simulatedAnnealing);
  });

  test("descends in many dimensions", () => {
    const domain = region(300);
    const { best, values } = drive(optimizer, sphere, { domain, budget: 4000 });
    expect(best).toBeLessThan(values[0]! / 2);
  });

  test("finds a minimum on the boundary, and does not stay on it", () => {
    // 2 x₀ + |x₁|: the minimum lies in the middle of an edge.
    const f = (x: Vector): number => 2 * x[0]! + Math.abs(x[1]!);
    const domain = makeDomain({ dimension: 2, bounds: { lower: -1, upper: 1 } });
    const { best, points } = drive(optimizer, f, { domain, budget: 3000 });
    expect(best).toBeLessThan(-2 + 1e-3);
    expect(points.filter((x) => x[0] === -1).length).toBeLessThan(points.length / 100);
  });
});

const darts: readonly AnyOptimizer[] = [randomSearch, latinHypercube, halton, sobol, randomWalk];
test.each([...ranked, ...darts].map((optimizer) => [optimizer.name, optimizer] as const))(
  "%s gives the same trace on any function that is ordered as f is",
  (_, optimizer) => {
    const options = { domain: region(3), budget: 600 };
    const one = drive(optimizer, rosenbrock, options);
    const root = drive(optimizer, (x) => Math.sqrt(rosenbrock(x)) - 7, options);
    expect(root.points).toEqual(one.points);
  },
);
