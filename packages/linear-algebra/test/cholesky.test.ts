import {
  cholesky,
  choleskySolve,
  multiply,
  solveLower,
  solveLowerTransposed,
  times,
  transpose,
} from "@basin/linear-algebra";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EPSILON, apart, diagonal, generator, matrices, random, size } from "./matrices.ts";

function factor(a: Float64Array, n: number): Float64Array {
  const result = cholesky(a, n);
  if (result.failed !== undefined) throw new Error(`failed at ${result.failed}`);
  return result.lower;
}

describe("cholesky", () => {
  test("Lᵀ's product with L is A, L is lower triangular with a positive diagonal", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }).chain((n) => fc.tuple(matrices(n, n), fc.constant(n))),
        ([raw, n]) => {
          const b = raw.map((x) => Math.max(-10, Math.min(10, x)));
          // B Bᵀ + I is positive definite
          const a = multiply(b, transpose(b, n, n), n, n, n).map((x, i) => x + (i % (n + 1) === 0 ? 1 : 0));
          const l = factor(a, n);
          // Higham 2002, theorem 10.3: |A − L Lᵀ| ≤ (n + 1)·ε·|L||Lᵀ| entry by entry, and no entry of that exceeds A's largest
          expect(apart(multiply(l, transpose(l, n, n), n, n, n), a)).toBeLessThanOrEqual(
            (n + 1) * EPSILON * size(a),
          );
          expect(l.filter((_, i) => i % n > Math.floor(i / n)).every((x) => x === 0)).toBe(true);
          expect(l.filter((_, i) => i % (n + 1) === 0).every((x) => x > 0)).toBe(true);
        },
      ),
    );
  });
  test("by hand: [4 2; 2 5] = [2 0; 1 2][2 1; 0 2]; the upper triangle is not read", () => {
    expect(factor(Float64Array.of(4, NaN, 2, 5), 2)).toEqual(Float64Array.of(2, 0, 1, 2));
  });
  test("reports the row where the matrix stops being positive definite", () => {
    expect(cholesky(diagonal([1, 2, -1, 3]), 4)).toEqual({ failed: 2 });
    expect(cholesky(Float64Array.of(1, 2, 2, 4), 2)).toEqual({ failed: 1 }); // singular: pivot 4 − 2² = 0
    expect(cholesky(Float64Array.of(NaN), 1)).toEqual({ failed: 0 });
    expect(cholesky(Float64Array.of(1, 0, NaN, 1), 2)).toEqual({ failed: 1 });
    expect(cholesky(Float64Array.of(Infinity), 1)).toEqual({ failed: 0 });
  });
  test("solves", () => {
    const next = generator(2);
    for (const n of [1, 2, 5, 20]) {
      const b = random(next, n, n);
      const a = multiply(b, transpose(b, n, n), n, n, n).map((x, i) => x + (i % (n + 1) === 0 ? n : 0)); // condition below 5
      const l = factor(a, n);
      const x = random(next, 1, n);
      expect(apart(choleskySolve(l, times(a, x)), x)).toBeLessThan(20 * n * EPSILON);
      expect(apart(solveLower(l, times(l, x)), x)).toBeLessThan(20 * n * EPSILON);
      expect(apart(solveLowerTransposed(l, times(transpose(l, n, n), x)), x)).toBeLessThan(20 * n * EPSILON);
    }
  });
  test("refuses what does not fit", () => {
    expect(() => cholesky(new Float64Array(3), 2)).toThrow(
      "cholesky: the matrix has 3 entries; give 2 × 2 = 4 of them.",
    );
    expect(() => choleskySolve(new Float64Array(4), new Float64Array(3))).toThrow(
      "choleskySolve: the vector has 3 entries; give 2 of them.",
    );
    expect(() => solveLower(new Float64Array(4), new Float64Array(3))).toThrow(
      "solveLower: the matrix has 4 entries",
    );
  });
});
