// QR factorisation by Householder reflections, and least squares with it (Golub & Van Loan 2013, algorithms 5.1.1 and 5.2.1).
import { checkLength, checkShape } from "./shape.ts";

/** A = Q R of a matrix of shape [m × n], m ≥ n. */
export interface QR {
  readonly m: number;
  readonly n: number;
  /** R in the upper triangle; below it the Householder vectors, whose first entry 1 is left out. Shape [m × n], row-major. */
  readonly packed: Float64Array;
  /** Reflection k is I − β[k] v vᵀ. Shape [n]. */
  readonly betas: Float64Array;
}

/**
 * A = Q R with the diagonal of R of any sign.
 * @param matrix shape [m × n], row-major, m ≥ n
 * @throws RangeError where the length does not fit or m < n.
 */
export function qr(matrix: Readonly<Float64Array>, m: number, n: number): QR {
  checkShape("qr", matrix, m, n);
  if (m < n)
    throw new RangeError(`qr: ${m} rows and ${n} columns; give at least as many rows, or the transpose.`);
  const packed = matrix.slice();
  const betas = new Float64Array(n);
  const dots = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    // Scaled by the largest entry, so that no square over- or underflows.
    let scale = 0;
    for (let i = k; i < m; i++) scale = Math.max(scale, Math.abs(packed[i * n + k]!));
    let tail = 0;
    for (let i = k + 1; i < m; i++) tail += scale > 0 ? square(packed[i * n + k]! / scale) : 0;
    if (tail === 0) continue;
    const head = packed[k * n + k]! / scale;
    // Away from zero, so that nothing cancels.
    const length = head < 0 ? -Math.sqrt(head * head + tail) : Math.sqrt(head * head + tail);
    const pivot = head + length;
    const beta = (2 * pivot * pivot) / (tail + pivot * pivot);
    betas[k] = beta;
    packed[k * n + k] = -length * scale;
    for (let i = k + 1; i < m; i++) packed[i * n + k] = packed[i * n + k]! / scale / pivot;
    // A −= v (β vᵀA), row by row
    for (let j = k + 1; j < n; j++) dots[j] = packed[k * n + j]!;
    for (let i = k + 1; i < m; i++) {
      const v = packed[i * n + k]!;
      for (let j = k + 1; j < n; j++) dots[j]! += v * packed[i * n + j]!;
    }
    for (let j = k + 1; j < n; j++) {
      dots[j]! *= beta;
      packed[k * n + j]! -= dots[j]!;
    }
    for (let i = k + 1; i < m; i++) {
      const v = packed[i * n + k]!;
      for (let j = k + 1; j < n; j++) packed[i * n + j]! -= v * dots[j]!;
    }
  }
  return { m, n, packed, betas };
}

const square = (x: number): number => x * x;

/** Reflects b, in place, by Hₖ. */
function reflect({ m, n, packed, betas }: QR, k: number, b: Float64Array): void {
  const beta = betas[k]!;
  if (beta === 0) return;
  let dot = b[k]!;
  for (let i = k + 1; i < m; i++) dot += packed[i * n + k]! * b[i]!;
  dot *= beta;
  b[k]! -= dot;
  for (let i = k + 1; i < m; i++) b[i]! -= dot * packed[i * n + k]!;
}

/** Q of shape [m × n] with orthonormal columns, row-major. */
export function orthonormal(factors: QR): Float64Array {
  const { m, n } = factors;
  const q = new Float64Array(m * n);
  const column = new Float64Array(m);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    for (let k = n - 1; k >= 0; k--) reflect(factors, k, column);
    for (let i = 0; i < m; i++) q[i * n + j] = column[i]!;
  }
  return q;
}

/** R of shape [n × n], upper triangular, row-major. */
export function upper({ n, packed }: QR): Float64Array {
  const r = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) r[i * n + j] = packed[i * n + j]!;
  return r;
}

/**
 * x that minimises ‖A x − b‖₂, given the factors of A; where m = n, the solution of A x = b. Shape [n]. An entry is ±∞ or NaN where A has not
 * full rank.
 * @param b shape [m]
 * @throws RangeError where its length does not fit.
 */
export function leastSquares(factors: QR, b: Readonly<Float64Array>): Float64Array {
  const { m, n, packed } = factors;
  checkLength("leastSquares", b, m);
  const y = b.slice();
  for (let k = 0; k < n; k++) reflect(factors, k, y);
  const x = y.slice(0, n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let j = i + 1; j < n; j++) sum -= packed[i * n + j]! * x[j]!;
    x[i] = sum / packed[i * n + i]!;
  }
  return x;
}
