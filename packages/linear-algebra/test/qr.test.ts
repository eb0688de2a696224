import {
  leastSquares,
  multiply,
  orthonormal,
  qr,
  times,
  transposedTimes,
  upper,
} from "@basin/linear-algebra";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EPSILON, apart, diagonal, generator, matrices, random, size, skew } from "./matrices.ts";

describe("qr", () => {
  test("A = Q R, QᵀQ = I, R upper triangular", () => {
    const shapes = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 5 }))
      .map(([n, more]) => [n + more, n] as const);
    fc.assert(
      fc.property(
        shapes.chain(([m, n]) => fc.tuple(matrices(m, n), fc.constant(m), fc.constant(n))),
        ([a, m, n]) => {
          const before = a.slice();
          const factors = qr(a, m, n);
          const [q, r] = [orthonormal(factors), upper(factors)];
          expect(skew(q, m, n)).toBeLessThanOrEqual(10 * m * EPSILON);
          // Higham 2002, theorem 19.4, column by column: 10·m·n·ε·‖A‖ in entries
          expect(apart(multiply(q, r, m, n, n), a)).toBeLessThanOrEqual(10 * m * n * EPSILON * size(a));
          expect(r.filter((_, i) => i % n < Math.floor(i / n)).every((x) => x === 0)).toBe(true);
          expect(a).toEqual(before);
        },
      ),
    );
  });
  test("by hand: the column (3, 4) has length 5", () => {
    const factors = qr(Float64Array.of(3, 4), 2, 1);
    expect(apart(upper(factors), Float64Array.of(-5))).toBeLessThan(8 * EPSILON);
    expect(apart(orthonormal(factors), Float64Array.of(-0.6, -0.8))).toBeLessThan(4 * EPSILON);
  });
  test("neither overflows nor underflows", () => {
    for (const scale of [1e-300, 1e300]) {
      const factors = qr(Float64Array.of(3 * scale, 4 * scale), 2, 1);
      expect(Math.abs(upper(factors)[0]! / (-5 * scale) - 1)).toBeLessThan(4 * EPSILON);
    }
  });
  test("refuses more columns than rows, and lengths that do not fit", () => {
    expect(() => qr(new Float64Array(6), 2, 3)).toThrow(
      "qr: 2 rows and 3 columns; give at least as many rows, or the transpose.",
    );
    expect(() => qr(new Float64Array(5), 3, 2)).toThrow("qr: the matrix has 5 entries");
    expect(() => leastSquares(qr(Float64Array.of(1, 0, 0, 1), 2, 2), new Float64Array(3))).toThrow(
      "leastSquares: the vector has 3 entries; give 2 of them.",
    );
  });
});

describe("leastSquares", () => {
  test("a line through points, by the textbook: slope 1.4, intercept 3.5 for (1, 6), (2, 5), (3, 7), (4, 10)", () => {
    const a = Float64Array.of(1, 1, 1, 2, 1, 3, 1, 4);
    expect(
      apart(leastSquares(qr(a, 4, 2), Float64Array.of(6, 5, 7, 10)), Float64Array.of(3.5, 1.4)),
    ).toBeLessThan(30 * EPSILON);
  });
  test("solves square systems, and leaves a residual orthogonal to every column otherwise", () => {
    const next = generator(4);
    for (const [m, n] of [
      [6, 6],
      [9, 4],
      [30, 10],
    ] as const) {
      // I + small is well conditioned
      const a = random(next, m, n).map((x, i) => x / (2 * m) + (i % n === Math.floor(i / n) ? 1 : 0));
      const b = random(next, 1, m);
      const x = leastSquares(qr(a, m, n), b);
      const residual = times(a, x).map((y, i) => b[i]! - y);
      expect(size(transposedTimes(a, residual))).toBeLessThan(20 * m * EPSILON);
      expect(m === n ? size(residual) : 0).toBeLessThan(20 * m * EPSILON);
    }
  });
  test("an entry is not finite where the rank is not full", () => {
    expect(leastSquares(qr(diagonal([1, 0]), 2, 2), Float64Array.of(1, 1)).every(Number.isFinite)).toBe(
      false,
    );
  });
});
