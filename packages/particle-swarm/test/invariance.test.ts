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

test("spread by differences, follows the same path in other scales of the coordinates", () => {
  const search = (factors: Vector) => {
    const width = factors.map((factor) => 5 * factor);
    const scaled = makeDomain({ dimension: 4, region: { lower: width.map((w) => -w), upper: width } });
    const first = start.map((x, j) => x * factors[j]!);
    const f = (x: Vector): number => rosenbrock(x.map((xi, j) => xi / factors[j]!));
    const { points } = pointsAsked(particleSwarm, f, scaled, first, 4000, {
      settings: { spread: "differences" },
    });
    return points.map((x) => x.map((xi, j) => xi / factors[j]!));
  };
  // Powers of two: no digit is lost, so that the paths are equal to the last bit.
  expect(search(Float64Array.of(1024, 1, 1 / 64, 8))).toEqual(search(Float64Array.of(1, 1, 1, 1)));
});

test("spread by differences, reaches 1e-8 on a turned ellipsoid where the sphere of the standard does not", () => {
  const n = 4;
  // Condition 10⁶, along the axes of Hadamard's matrix.
  const weights = [1, 1e2, 1e4, 1e6];
  const signs = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]; // prettier-ignore
  const ellipsoid = (x: Vector): number =>
    signs.reduce((sum, row, i) => {
      const along = row.reduce((total, sign, j) => total + (sign * x[j]!) / 2, 0);
      return sum + weights[i]! * along * along;
    }, 0);
  const box = makeDomain({ dimension: n, region: { lower: -5, upper: 5 } });
  const least = (spread: "sphere" | "differences"): number =>
    pointsAsked(particleSwarm, ellipsoid, box, start, 8000, { settings: { spread } }).points.reduce(
      (best, x) => Math.min(best, ellipsoid(x)),
      Infinity,
    );
  expect(least("differences")).toBeLessThan(1e-8);
  expect(least("sphere")).toBeGreaterThan(1e-4);
});
