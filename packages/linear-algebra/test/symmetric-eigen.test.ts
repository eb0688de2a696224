import { eigenWorkspace, multiply, symmetricEigen, transpose } from "@basin/linear-algebra";
import type { Eigen } from "@basin/linear-algebra";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EPSILON, apart, diagonal, generator, matrices, random, size, skew, symmetric } from "./matrices.ts";

function rebuilt({ values, vectors }: Eigen, n: number): Float64Array {
  return multiply(multiply(vectors, diagonal(values), n, n, n), transpose(vectors, n, n), n, n, n);
}

/** Backward stability (Golub & Van Loan 2013, §8.3.5): errors of a small multiple of n·ε·‖A‖. */
function expectDecomposed(a: Float64Array, n: number, eigen: Eigen): void {
  const tolerance = 10 * n * EPSILON;
  expect(skew(eigen.vectors, n, n)).toBeLessThanOrEqual(tolerance);
  expect(apart(rebuilt(eigen, n), a)).toBeLessThanOrEqual(tolerance * size(a) * n + n * Number.MIN_VALUE);
  for (let k = 1; k < n; k++) expect(eigen.values[k]!).toBeGreaterThanOrEqual(eigen.values[k - 1]!);
}

describe("laws", () => {
  const sized = fc.integer({ min: 1, max: 12 }).chain((n) =>
    fc.tuple(
      matrices(n, n).map((a) => symmetric(a, n)),
      fc.constant(n),
    ),
  );
  test("A = V Λ Vᵀ, Vᵀ V = I, ascending", () => {
    fc.assert(
      fc.property(sized, ([a, n]) => expectDecomposed(a, n, symmetricEigen(a, n))),
      { numRuns: 500 },
    );
  });
  test("the trace is the sum of the eigenvalues", () => {
    fc.assert(
      fc.property(sized, ([a, n]) => {
        const trace = a.filter((_, i) => i % (n + 1) === 0).reduce((x, y) => x + y, 0);
        const sum = symmetricEigen(a, n).values.reduce((x, y) => x + y, 0);
        expect(Math.abs(trace - sum)).toBeLessThanOrEqual(
          10 * n * n * EPSILON * size(a) + n * Number.MIN_VALUE,
        );
      }),
    );
  });
  test("to the bit: reads the lower triangle alone, writes to nothing but the workspace, and forgets what was in it", () => {
    fc.assert(
      fc.property(sized, fc.double(), ([a, n], dirt) => {
        const plain = symmetricEigen(a, n);
        const given = a.map((x, i) => (i % n > Math.floor(i / n) ? NaN : x));
        const before = given.slice();
        const workspace = eigenWorkspace(n);
        for (const part of [workspace.a, workspace.q, workspace.d, workspace.e, workspace.v, workspace.betas])
          part.fill(dirt);
        expect(symmetricEigen(given, n, workspace)).toEqual(plain);
        expect(given).toEqual(before);
      }),
    );
  });
  test("to the bit: a power of two passes through, up to the ends of the doubles", () => {
    const next = generator(3);
    for (let n = 1; n <= 9; n++) {
      const a = symmetric(random(next, n, n), n);
      const { values, vectors } = symmetricEigen(a, n);
      for (const k of [-940, -500, -100, 100, 500, 1020]) {
        const scaled = symmetricEigen(
          a.map((x) => x * 2 ** k),
          n,
        );
        expect(scaled.vectors).toEqual(vectors);
        expect(scaled.values).toEqual(values.map((x) => x * 2 ** k));
      }
    }
  });
});

describe("known spectra", () => {
  const values = (rows: number[][]): number[] => [
    ...symmetricEigen(Float64Array.from(rows.flat()), rows.length).values,
  ];
  const close = (found: number[], expected: number[]): void =>
    expected.forEach((x, k) =>
      expect(Math.abs(found[k]! - x)).toBeLessThan(40 * EPSILON * Math.max(...expected.map(Math.abs))),
    );

  test("second differences: 2 − 2·cos(kπ/(n + 1)), where these are roots", () => {
    close(
      values([
        [2, -1],
        [-1, 2],
      ]),
      [1, 3],
    );
    close(
      values([
        [2, -1, 0],
        [-1, 2, -1],
        [0, -1, 2],
      ]),
      [2 - Math.SQRT2, 2, 2 + Math.SQRT2],
    );
    const five = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 5 }, (__, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
    );
    close(values(five), [2 - Math.sqrt(3), 1, 2, 3, 2 + Math.sqrt(3)]);
  });
  test("2 × 2 in closed form", () => {
    close(
      values([
        [1, 2],
        [2, 3],
      ]),
      [2 - Math.sqrt(5), 2 + Math.sqrt(5)],
    );
  });
  test("all ones: n once, 0 otherwise; I + u uᵀ: 1 + ‖u‖² once, 1 otherwise", () => {
    for (const n of [1, 2, 7, 40]) {
      const ones = [...symmetricEigen(new Float64Array(n * n).fill(1), n).values];
      close(ones, [...new Array<number>(n - 1).fill(0), n]);
      const u = random(generator(n), 1, n);
      const a = multiply(u, u, n, 1, n).map((x, i) => x + (i % (n + 1) === 0 ? 1 : 0));
      close(
        [...symmetricEigen(a, n).values],
        [...new Array<number>(n - 1).fill(1), 1 + u.reduce((sum, x) => sum + x * x, 0)],
      );
    }
  });
  test("Wilkinson's W₂₁⁺: pairs that agree to 14 digits (Wilkinson 1965, p. 309)", () => {
    const n = 21;
    const w = diagonal(Array.from({ length: n }, (_, i) => Math.abs(i - 10)));
    for (let i = 1; i < n; i++) w[i * n + i - 1] = w[(i - 1) * n + i] = 1;
    const eigen = symmetricEigen(w, n);
    expectDecomposed(w, n, eigen);
    expect(eigen.values[20]!).toBeCloseTo(10.74619418290334, 12);
    expect(eigen.values[19]!).toBeCloseTo(10.74619418290332, 12);
    expect(eigen.values[0]!).toBeCloseTo(-1.125441522119984, 12);
  });
  test("a diagonal is sorted, exactly; the zero matrix is left alone", () => {
    expect(symmetricEigen(diagonal([3, -1, 2, -0.5]), 4).values).toEqual(Float64Array.of(-1, -0.5, 2, 3));
    expect(symmetricEigen(new Float64Array(9), 3)).toEqual({
      values: new Float64Array(3),
      vectors: diagonal([1, 1, 1]),
    });
    expect(symmetricEigen(new Float64Array(), 0)).toEqual({
      values: new Float64Array(),
      vectors: new Float64Array(),
    });
  });
});

describe("hard matrices", () => {
  test.each([30, 100])("random, n = %d", (n) => {
    const a = symmetric(random(generator(n), n, n), n);
    expectDecomposed(a, n, symmetricEigen(a, n));
  });
  test("graded, clustered, of low rank, and with a block of size 10⁻²⁰⁰", () => {
    const n = 12;
    const next = generator(8);
    const base = symmetric(random(next, n, n), n);
    const graded = base.map((x, i) => x * 10 ** -(Math.floor(i / n) + (i % n)));
    const clustered = base.map((x, i) => 1e-13 * x + (i % (n + 1) === 0 ? 1 : 0));
    const b = random(next, n, 2);
    const low = multiply(b, transpose(b, n, 2), n, 2, n);
    const blocks = base.map((x, i) => (Math.floor(i / n) < 3 !== i % n < 3 ? 0 : i % n < 3 ? x : 1e-200 * x));
    for (const a of [graded, clustered, low, blocks]) expectDecomposed(a, n, symmetricEigen(a, n));
  });
});

test("refuses what does not fit", () => {
  expect(() => symmetricEigen(new Float64Array(5), 2)).toThrow(
    "symmetricEigen: the matrix has 5 entries; give 2 × 2 = 4 of them.",
  );
  expect(() => symmetricEigen(Float64Array.of(1, 0, NaN, 1), 2)).toThrow(
    "symmetricEigen: entry (1, 0) is NaN; give finite entries.",
  );
  expect(() => symmetricEigen(Float64Array.of(Infinity), 1)).toThrow("entry (0, 0) is Infinity");
  expect(() => symmetricEigen(new Float64Array(4), 2, eigenWorkspace(3))).toThrow(
    "the workspace is for n = 3; give eigenWorkspace(2).",
  );
});
