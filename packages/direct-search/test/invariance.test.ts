// What these methods promise to stay the same, whatever happens to f.
import { describe, expect, test } from "vitest";
import { makeDomain, type Vector } from "@basin/objective";
import { compassSearch, nelderMead, powell } from "@basin/direct-search";
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

/** A quadratic whose coordinates are coupled, with a minimum of 2 at 1. */
const bowl = (x: Vector): number =>
  x.reduce((sum, xi, i) => sum + (i + 1) * (xi - 1) * (xi - 1) + 0.5 * (xi - 1) * (x[(i + 1) % 4]! - 1), 2);

describe.each([
  ["nelder-mead", nelderMead],
  ["compass-search", compassSearch],
  ["powell", powell],
] as const)("%s", (_, optimizer) => {
  const trace = (f: (x: Vector) => number, budget: number) =>
    pointsAsked(optimizer, f, domain, start, budget);

  // Powell's parabolas, and what counts as flat, are in units of f: a power of two changes no bit of them
  test("gives the same trace on f and on 4 f, to the end", () => {
    const [four, one] = [trace((x) => 4 * bowl(x), 20_000), trace(bowl, 20_000)];
    expect(four).toEqual(one);
    expect(trace((x) => 4 * rosenbrock(x), 3000)).toEqual(trace(rosenbrock, 3000));
    expect(one.stop).toMatch(/^converged/);
  });

  test("descends in a thousand dimensions, and stays in its box", () => {
    const n = 1000;
    const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);
    const box = makeDomain({ dimension: n, bounds: { lower: -5, upper: 5 } });
    const first = new Float64Array(n).fill(-4);
    const { points } = pointsAsked(optimizer, sphere, box, first, 1200);
    expect(points.reduce((least, x) => Math.min(least, sphere(x)), Infinity)).toBeLessThan(sphere(first));
    for (const x of points.slice(-20)) expect(x.every((xi) => xi >= -5 && xi <= 5)).toBe(true);
  });
});

test.each([
  ["nelder-mead", nelderMead],
  ["compass-search", compassSearch],
] as const)("%s gives the same trace on any function that is ordered as f is", (_, optimizer) => {
  const trace = (f: (x: Vector) => number) => pointsAsked(optimizer, f, domain, start, 150);
  expect(trace((x) => Math.sqrt(rosenbrock(x)) - 7)).toEqual(trace(rosenbrock));
});
