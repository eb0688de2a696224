// Cholesky factorisation A = L Lᵀ of a symmetric positive definite matrix, and what is solved with it (Golub & Van Loan 2013, §4.2.5).
import { checkLength, checkShape } from "./shape.ts";

export type Cholesky =
  | {
      /** L, lower triangular with a positive diagonal; zeros above it. Shape [n × n], row-major. */
      readonly lower: Float64Array;
      readonly failed?: undefined;
    }
  | {
      /** The first row whose pivot is not positive: the leading block up to it is not positive definite (or not finite). */
      readonly failed: number;
    };

/**
 * A = L Lᵀ, row by row; only the lower triangle of A is read. Tell success from failure by `result.failed === undefined`. (A matrix that is
 * positive definite but for rounding fails or not as its pivots happen to round.)
 * @param matrix shape [n × n], row-major
 * @throws RangeError where the length does not fit.
 */
export function cholesky(matrix: Readonly<Float64Array>, n: number): Cholesky {
  checkShape("cholesky", matrix, n, n);
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= lower[row + k]! * lower[other + k]!;
      lower[row + j] = sum / lower[other + j]!;
    }
    let pivot = matrix[row + i]!;
    for (let k = 0; k < i; k++) pivot -= lower[row + k]! * lower[row + k]!;
    if (!(pivot > 0 && pivot < Infinity)) return { failed: i };
    lower[row + i] = Math.sqrt(pivot);
  }
  return { lower };
}

/** y with L y = b. Shapes [n × n], [n] → [n]. */
export function solveLower(lower: Readonly<Float64Array>, b: Readonly<Float64Array>): Float64Array {
  const n = b.length;
  checkShape("solveLower", lower, n, n);
  const y = b.slice();
  for (let i = 0; i < n; i++) {
    let sum = y[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * y[k]!;
    y[i] = sum / lower[i * n + i]!;
  }
  return y;
}

/** x with Lᵀ x = b. Shapes [n × n], [n] → [n]. */
export function solveLowerTransposed(lower: Readonly<Float64Array>, b: Readonly<Float64Array>): Float64Array {
  const n = b.length;
  checkShape("solveLowerTransposed", lower, n, n);
  const x = b.slice();
  for (let i = n - 1; i >= 0; i--) {
    x[i]! /= lower[i * n + i]!;
    for (let k = 0; k < i; k++) x[k]! -= lower[i * n + k]! * x[i]!;
  }
  return x;
}

/** x with A x = b, given the factor L of A = L Lᵀ. Shapes [n × n], [n] → [n]. */
export function choleskySolve(lower: Readonly<Float64Array>, b: Readonly<Float64Array>): Float64Array {
  checkLength("choleskySolve", b, Math.sqrt(lower.length));
  return solveLowerTransposed(lower, solveLower(lower, b));
}
