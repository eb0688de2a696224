// What theory promises to stay the same, whatever happens to f: selection by ranks sees no values.
import { describe, expect, test } from "vitest";
import { makeDomain, type Vector } from "@basin/objective";
import { states } from "./drive.ts";

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
const asked = (f: (x: Vector) => number, budget: number, settings: object): Vector[] =>
  states(f, domain, start, budget, settings).map(({ children }) => children);

const byRanks = [
  {},
  { selection: "rank" },
  { axes: "principal" },
  { offspring: 2 },
  { niching: "crowding" },
  { niching: "restricted-tournament" },
] as const;

// roulette's chances are shares of a sum of values: 4 f leaves these as they are, to the bit
describe.each([...byRanks, { selection: "roulette" }])("%j", (settings) => {
  test("gives the same trace on f and on 4 f, restarts included", () => {
    expect(asked((x) => 4 * rosenbrock(x), 12_000, settings)).toEqual(asked(rosenbrock, 12_000, settings));
  });
});

describe.each(byRanks)("%j", (settings) => {
  test("gives the same trace on any function that is ordered as f is", () => {
    const one = asked(rosenbrock, 1000, settings);
    expect(asked((x) => Math.sqrt(rosenbrock(x)) - 7, 1000, settings)).toEqual(one);
  });
});

test("descends in a thousand dimensions, and stays in its box", () => {
  const n = 1000;
  const box = makeDomain({ dimension: n, bounds: { lower: -5, upper: 5 } });
  const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);
  const all = states(sphere, box, new Float64Array(n).fill(4), 2500);
  expect(all.at(-1)!.loss).toBeLessThan(sphere(new Float64Array(n).fill(4)) / 2);
  expect(all.at(-1)!.children.every((x) => x >= -5 && x <= 5)).toBe(true);
});

describe("bounds", () => {
  const corner = new Float64Array(4).fill(-5);
  test("a population that begins in a corner does not clump on the boundary", () => {
    const all = states((x) => x.reduce((sum, xi) => sum + xi * xi, 0), domain, corner, 3000);
    const xs = all.flatMap(({ children }) => Array.from(children));
    expect(xs.filter((xi) => Math.abs(xi) === 5).length).toBeLessThan(xs.length / 100);
  });
  test("a minimum in a corner is found", () => {
    const all = states((x) => x.reduce((sum, xi) => sum - xi, 0), domain, corner, 6000);
    expect(all.at(-1)!.loss).toBeLessThan(-20 + 1e-3);
  });
});
