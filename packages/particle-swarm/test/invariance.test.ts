// What the theory of standard PSO 2011 promises to stay the same, whatever happens to f.
import { expect, test } from "vitest";
import { makeDomain, type Vector } from "@basin/objective";
import { particleSwarm } from "@basin/particle-swarm";
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
const trace = (f: (x: Vector) => number, budget: number) =>
  pointsAsked(particleSwarm, f, domain, start, budget);

test("gives the same trace on f and on 4 f", () => {
  expect(trace((x) => 4 * rosenbrock(x), 6001)).toEqual(trace(rosenbrock, 6001));
});

test("gives the same trace on any function that is ordered as f is", () => {
  expect(trace((x) => Math.sqrt(rosenbrock(x)) - 7, 2000)).toEqual(trace(rosenbrock, 2000));
});

test("descends in a thousand dimensions, and stays in its box", () => {
  const n = 1000;
  const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);
  const box = makeDomain({ dimension: n, bounds: { lower: -5, upper: 5 } });
  const first = new Float64Array(n).fill(4);
  const { points } = pointsAsked(particleSwarm, sphere, box, first, 2500);
  expect(points.reduce((least, x) => Math.min(least, sphere(x)), Infinity)).toBeLessThan(sphere(first) / 2);
  for (const x of points.slice(-20)) expect(x.every((xi) => xi >= -5 && xi <= 5)).toBe(true);
});
