// The adaptive parts against their papers' formulas, worked by hand.
import { describe, expect, test } from "vitest";
import { count, exponentialRate } from "../src/competitive.ts";
import { archived } from "../src/current-to-pbest.ts";
import { finite, remember, sizeAt } from "../src/l-shade.ts";
import { reflect } from "../src/bounds.ts";
import { foldIn, rngOf, rootKey } from "@basin/random";
import fc from "fast-check";

const rng = (name: string) => rngOf(foldIn(rootKey(1), name));

describe("L-SHADE's memory", () => {
  const memory = { weights: Float64Array.of(0.5, 0.5), crossovers: Float64Array.of(0.5, 0.5), next: 0 };

  test("one entry takes the weighted Lehmer means, worked by hand", () => {
    // Gains 1 and 3, F of 0.4 and 0.8: (1·0.16 + 3·0.64) / (1·0.4 + 3·0.8) = 2.08 / 2.8; CR of 0.2 and 0.6: (0.04 + 1.08) / (0.2 + 1.8) = 0.56.
    const next = remember(
      memory,
      Float64Array.of(0.4, 0.9, 0.8),
      Float64Array.of(0.2, 0.9, 0.6),
      Float64Array.of(1, 0, 3),
    );
    expect(next.weights[0]).toBeCloseTo(2.08 / 2.8, 14);
    expect(next.crossovers[0]).toBeCloseTo(0.56, 14);
    expect([next.weights[1], next.crossovers[1], next.next]).toEqual([0.5, 0.5, 1]);
  });
  test("without a success it stays", () =>
    expect(remember(memory, Float64Array.of(0.4), Float64Array.of(0.2), Float64Array.of(0))).toBe(memory));
  test("crossover rates that are all zero make the entry terminal, for good", () => {
    const once = remember(
      { ...memory, weights: Float64Array.of(0.5), crossovers: Float64Array.of(0.5) },
      Float64Array.of(0.5),
      Float64Array.of(0),
      Float64Array.of(1),
    );
    expect(once.crossovers[0]).toBe(-1);
    expect(remember(once, Float64Array.of(0.5), Float64Array.of(0.7), Float64Array.of(1)).crossovers[0]).toBe(
      -1,
    );
  });
  test("a gain over a failure counts as the largest finite one", () => {
    expect([...finite(Float64Array.of(Infinity, 2, 0))]).toEqual([2, 2, 0]);
    expect([...finite(Float64Array.of(Infinity, 0))]).toEqual([1, 0]);
  });
});

test("L-SHADE's population shrinks linearly from 18 n to 4 over the budget", () => {
  expect(sizeAt(0, 1000, 90)).toBe(90);
  expect(sizeAt(500, 1000, 90)).toBe(47); // 90 − 86/2
  expect(sizeAt(1000, 1000, 90)).toBe(4);
  expect(sizeAt(5000, 1000, 90)).toBe(4);
});

test("exponential crossover takes the wanted share of coordinates on average", () => {
  // E[coordinates taken] = Σ_{k<n} CR^k = (1 − CRⁿ)/(1 − CR) = n p (Zaharie 2007).
  for (const n of [2, 5, 40])
    for (const p of [0.4, 0.6, 0.9]) {
      const share = Math.max(p, 1 / n + 0.01);
      const rate = exponentialRate(share, n);
      let [sum, power] = [0, 1];
      for (let k = 0; k < n; k++, power *= rate) sum += power;
      expect(sum / n).toBeCloseTo(share, 9);
    }
});

test("competing strategies: successes are counted, and forgotten when one strategy's probability falls below 1/60", () => {
  const by = Int32Array.of(3, 3, 5);
  expect([...count(new Int32Array(12), by, Float64Array.of(1, 0, 2))]).toEqual([
    0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0,
  ]);
  // With n₀ = 2 and one strategy ahead by s, the others stand at 2 / (24 + s): below 1/60 once s > 96.
  const ahead = (s: number): Int32Array => Int32Array.from({ length: 12 }, (_, i) => (i === 0 ? s : 0));
  expect(count(ahead(96), Int32Array.of(), Float64Array.of())[0]).toBe(96);
  expect(count(ahead(97), Int32Array.of(), Float64Array.of())[0]).toBe(0);
});

test("the archive keeps to its limit and holds only replaced parents", () => {
  const parents = Float64Array.of(1, 1, 2, 2, 3, 3);
  const rows = archived(Float64Array.of(9, 9), parents, Float64Array.of(1, 0, 1), 2, 2, rng("archive"));
  expect(rows.length).toBe(4);
  const kept = new Set([rows[0], rows[2]]);
  expect([...kept].every((x) => [9, 1, 3].includes(x!))).toBe(true);
  expect(kept.size).toBe(2);
});

test("reflection ends inside the bounds, and is the identity within them", () => {
  const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(number, number, number, (a, b, x) => {
      const [lower, upper] = [Math.min(a, b), Math.max(a, b)];
      const row = Float64Array.of(x);
      reflect(row, 0, 1, { lower: Float64Array.of(lower), upper: Float64Array.of(upper) });
      expect(row[0]! >= lower && row[0]! <= upper).toBe(true);
      const inside = x >= lower && x <= upper;
      expect(row[0] === x || !inside).toBe(true);
    }),
  );
  const row = Float64Array.of(1.25, -0.5, 5.5);
  reflect(row, 0, 3, { lower: new Float64Array(3), upper: new Float64Array(3).fill(1) });
  expect([...row]).toEqual([0.75, 0.5, 0.5]); // 5.5 → 4.5 outside → mirrors at 1 and 0 in turn: 5.5 mod 2 = 1.5 → 0.5
});
