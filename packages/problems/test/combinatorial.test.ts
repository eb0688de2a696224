// Bit strings and permutations: values by hand, minima against searching all of them.
import type { Failure } from "@basin/objective";
import { problemLaws } from "@basin/objective/laws";
import { knapsack, oneMax, travellingSalesman } from "@basin/problems";
import { describe, expect, test } from "vitest";
import { make, outcomeAt, valueAt } from "./ask.ts";

describe("laws", () => {
  for (const law of [
    ...problemLaws(oneMax),
    ...problemLaws(knapsack),
    ...problemLaws(travellingSalesman),
    ...problemLaws(travellingSalesman, { cities: 8, layout: "square" }),
  ])
    test(law.name, () => law.check());
});

test("one-max counts the zeros", () =>
  expect(valueAt(make(oneMax, { dimension: 5 }), [1, 0, 1, 0, 0])).toBe(3));

/** All bit strings of length n. */
const strings = (n: number): number[][] =>
  Array.from({ length: 1 << n }, (_, k) => Array.from({ length: n }, (_, i) => (k >> i) & 1));

test.each([1, 2, 3, 4, 5])(
  "knapsack %i: no choice of twelve items is better than the one said to be best",
  (seed) => {
    const objective = make(knapsack, { items: 12 }, seed);
    const best = Math.min(...strings(12).map((x) => valueAt(objective, x)));
    expect(objective.minimum!.value).toBe(best);
    expect(valueAt(objective, Array<number>(12).fill(0))).toBe(0);
    expect(valueAt(objective, Array<number>(12).fill(1))).toBeGreaterThan(0);
  },
);

/** All orders of 0 … n − 1. */
const orders = (n: number): number[][] =>
  n === 0
    ? [[]]
    : orders(n - 1).flatMap((rest) => Array.from({ length: n }, (_, i) => rest.toSpliced(i, 0, n - 1)));

test.each([1, 2, 3])(
  "travelling-salesman %i: no trip through seven cities on a circle is shorter than around it",
  (seed) => {
    const objective = make(travellingSalesman, { cities: 7 }, seed);
    const best = Math.min(...orders(7).map((x) => valueAt(objective, x)));
    // Summed from another city the same trip may differ by roundings.
    expect(Math.abs(objective.minimum!.value - best)).toBeLessThan(1e-14);
  },
);

test("a trip that visits a city twice fails", () => {
  const objective = make(travellingSalesman, { cities: 3 });
  expect((outcomeAt(objective, [0, 1, 1]) as Failure).message).toMatch(/entry 2 of the trip is 1/);
  expect((outcomeAt(objective, [0, 1, 1.5]) as Failure).failed).toBe("threw");
  expect(valueAt(objective, [0, 1, 2])).toBeCloseTo(valueAt(objective, [2, 0, 1]), 14);
});
