// Statistics: against exact counts, published values and properties that must hold for any data.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { median, quantile, sortedLosses } from "../src/statistics/quantile.ts";
import { binomialTail, pairsToTell, signTest } from "../src/statistics/sign-test.ts";
import { holm } from "../src/statistics/holm.ts";

const loss = fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Infinity));
const losses = fc.array(loss, { minLength: 1, maxLength: 40 });

describe("quantiles", () => {
  test("are R's type 7: quantile(c(1, 2, 4, 8, 16), c(.1, .25, .5, .75, .9)) = 1.4 2 4 8 12.8", () => {
    const values = sortedLosses([16, 2, 8, 1, 4]);
    const found = [0.1, 0.25, 0.5, 0.75, 0.9].map((p) => quantile(values, p));
    for (const [i, expected] of [1.4, 2, 4, 8, 12.8].entries()) expect(found[i]).toBeCloseTo(expected, 12);
  });

  test("lie between the smallest and the largest, and rise with p", () => {
    fc.assert(
      fc.property(
        losses,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const sorted = sortedLosses(values);
          const [low, high] = [quantile(sorted, Math.min(p, q)), quantile(sorted, Math.max(p, q))];
          expect(low).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(sorted[0]!);
          expect(high).toBeLessThanOrEqual(sorted.at(-1)!);
        },
      ),
    );
  });

  test("never fall when a run fails", () => {
    fc.assert(
      fc.property(losses, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (values, which, p) => {
        const failed = values.map((value, i) => (i === which % values.length ? Infinity : value));
        expect(quantile(sortedLosses(failed), p)).toBeGreaterThanOrEqual(quantile(sortedLosses(values), p));
      }),
    );
  });

  test("do not depend on order; NaN counts as failed; of nothing there is none", () => {
    fc.assert(fc.property(losses, (values) => void expect(median(values.toReversed())).toBe(median(values))));
    expect(median([1, Number.NaN, Number.NaN])).toBe(Infinity);
    expect(median([])).toBeNaN();
  });
});

describe("the sign test", () => {
  /** Σ C(n, i) / 2ⁿ for i ≥ k, in whole numbers. */
  function exact(k: number, n: number): number {
    let [term, sum] = [1n, 0n];
    for (let i = 0; i <= n; i++) {
      if (i >= k) sum += term;
      term = (term * BigInt(n - i)) / BigInt(i + 1);
    }
    return Number((sum * 10n ** 25n) / 2n ** BigInt(n)) / 1e25;
  }

  test("is exact: the same as sums of binomial coefficients in whole numbers", () => {
    for (const n of [1, 2, 3, 7, 10, 15, 25, 40, 60])
      for (let k = 0; k <= n; k++) expect(binomialTail(k, n)).toBeCloseTo(exact(k, n), 14);
  });

  test("gives what R's binom.test gives: 15 of 15: 6.103516e-05; 9 of 10: 0.02148437; 12 of 15: 0.03515625", () => {
    expect(signTest(15, 0)).toBeCloseTo(6.103515625e-5, 16);
    expect(signTest(9, 1)).toBeCloseTo(0.021484375, 15);
    expect(signTest(3, 12)).toBeCloseTo(0.03515625, 15);
    expect(signTest(0, 0)).toBe(1);
    expect(signTest(5, 5)).toBe(1);
  });

  test("says how many more pairs would tell, and they do", () => {
    // 5 of 5: p = 2/2⁵; 0.01 needs 2/2ⁿ ≤ 0.01, that is n = 8
    expect(pairsToTell(5, 0, 0.01)).toBe(3);
    expect(pairsToTell(5, 5, 0.01)).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 10 }), fc.integer({ min: 0, max: 3 }), (wins, losses) => {
        const more = pairsToTell(wins, losses, 0.01);
        if (more === undefined) return;
        const n = wins + losses + more;
        const won = Math.floor((wins / (wins + losses)) * n);
        expect(signTest(won, n - won)).toBeLessThanOrEqual(0.01);
      }),
    );
  });
});

describe("Holm's correction", () => {
  test('is R\'s p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02', () => {
    for (const [i, expected] of [0.03, 0.06, 0.06, 0.02].entries())
      expect(holm([0.01, 0.04, 0.03, 0.005])[i]).toBeCloseTo(expected, 12);
  });
  test("never lowers a p-value and keeps their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (values) => {
        const adjusted = holm(values);
        for (const [i, p] of values.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          const above = adjusted.filter((_, j) => values[j]! > p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, ...above));
        }
      }),
    );
  });
});
