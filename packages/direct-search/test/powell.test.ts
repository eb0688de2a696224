// Powell's method on functions for which theory says how many rounds it takes.
import { expect, test } from "vitest";
import { makeDomain, parseSettings, type Vector } from "@basin/objective";
import { isStop } from "@basin/optimizer";
import { powell } from "@basin/direct-search";

/** Lowest value so far, after each answer. */
function descent(f: (x: Vector) => number, start: Vector, budget: number): number[] {
  const domain = makeDomain({ dimension: start.length, region: { lower: -5, upper: 5 } });
  const search = powell.create(parseSettings(powell.hyperparameters, {}, "test"), domain, budget);
  // nothing in it is left to chance
  const rng = undefined as never;
  let state = search.init(start, rng);
  const lowest: number[] = [];
  for (let t = 0; t < budget; t++) {
    const ask = search.ask(state);
    if (isStop(ask)) break;
    const [query] = ask.queries;
    const value = f(query!.x);
    lowest.push(Math.min(value, lowest.at(-1) ?? Infinity));
    state = search.tell(state, [{ ...query!, value }], rng);
  }
  return lowest;
}

test("a separable quadratic is done after one round: three values for a parabola, three more to frame a minimum far off", () => {
  const n = 10;
  const f = (x: Vector): number => x.reduce((sum, xi, i) => sum + 4 ** i * (xi - 1.3) * (xi - 1.3), 0);
  const lowest = descent(
    f,
    Float64Array.from({ length: n }, (_, i) => i / 3 - 2),
    200,
  );
  expect(lowest[6 * n]).toBeLessThan(1e-18 * lowest[0]!);
});

test("in later rounds, a line takes two values or three", () => {
  // tridiagonal and well conditioned: ten rounds of ten lines, no two directions alike
  const n = 10;
  const f = (x: Vector): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += x[i]! * x[i]! + (i > 0 ? 0.5 * x[i]! * x[i - 1]! : 0);
    return sum;
  };
  const lowest = descent(f, new Float64Array(n).fill(3), 1000);
  const [from, to] = [lowest.findIndex((v) => v < 1e-2), lowest.findIndex((v) => v < 1e-12)];
  expect(to).toBeGreaterThan(0);
  // Gauss–Seidel on this matrix (Jacobi's radius is ½ cos(π/11) = 0.48) gains a factor of 0.48⁻⁴ = 19 in f each round: 10 decades in
  // eight rounds or fewer, as the directions become conjugate; of 10 lines and 1 extrapolation, with 3 values a line
  expect(to - from).toBeLessThan(8 * (3 * n + 1));
});

test("where directions have become dependent, the axes have the last word", () => {
  // an attractive sector: steeper a hundred times on one side of each of n planes through the minimum, which a reflection has turned
  const n = 8;
  const side = (t: number): number => (t > 0 ? t * t : 1e4 * t * t);
  const f = (x: Vector): number => {
    const mean = x.reduce((sum, xi) => sum + xi, 0) / n;
    return x.reduce((sum, xi, i) => sum + side(3 ** (i / n) * (xi - 2 * mean)), 0);
  };
  const lowest = descent(f, new Float64Array(n).fill(-3), 60_000);
  expect(lowest.at(-1)).toBeLessThan(1e-12);
});

test("a function without a lowest point is followed as far as there are numbers, no farther", () => {
  for (const slope of [1, 1e-200]) {
    const asked: number[] = [];
    const f = (x: Vector): number => {
      asked.push(...x);
      return -slope * x[0]! - 0.5 * slope * x[1]!;
    };
    descent(f, Float64Array.of(1, 1), 2000);
    expect(asked.every(Number.isFinite)).toBe(true);
    expect(Math.max(...asked)).toBeGreaterThan(1e290);
  }
});
