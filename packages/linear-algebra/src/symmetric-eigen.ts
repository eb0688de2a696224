// Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then implicit QR with Wilkinson's shift.
//
// Golub & Van Loan, Matrix Computations, 4th ed., 2013, algorithms 5.1.1 (Householder), 8.3.1 and 8.3.3. Only + − × ÷ √, in a fixed
// order: the same bits on every engine.
import { checkShape } from "./shape.ts";

export interface Eigen {
  /** Ascending. Shape [n]. */
  readonly values: Float64Array;
  /** Column k is the eigenvector of values[k], of length 1. Shape [n × n], row-major. */
  readonly vectors: Float64Array;
}

/** What symmetricEigen needs beside its result; its content means nothing between calls. */
export interface EigenWorkspace {
  readonly n: number;
  /** The matrix, of which each step reads and writes only the lower triangle; Householder vectors take the place of what they clear. */
  readonly a: Float64Array;
  /** The orthogonal matrix that is built up, row-major. */
  readonly q: Float64Array;
  /** Diagonal and subdiagonal of the tridiagonal matrix. */
  readonly d: Float64Array;
  readonly e: Float64Array;
  /** Factors of the reflections I − β v vᵀ. */
  readonly betas: Float64Array;
  readonly v: Float64Array;
  readonly w: Float64Array;
  /** Cosines and sines of one sweep. */
  readonly c: Float64Array;
  readonly s: Float64Array;
  readonly order: Int32Array;
}

/** A workspace for matrices of shape [n × n], to be used again and again by one caller. */
export function eigenWorkspace(n: number): EigenWorkspace {
  const row = (): Float64Array => new Float64Array(n);
  const matrix = (): Float64Array => new Float64Array(n * n);
  const [d, e, betas, v, w, c, s] = [row(), row(), row(), row(), row(), row(), row()];
  return { n, a: matrix(), q: matrix(), d, e, betas, v, w, c, s, order: new Int32Array(n) };
}

const EPSILON = 2.220446049250313e-16;
/**
 * What counts as zero in a matrix whose largest entry is about 1. The shift reaches the end of a sweep through products of ratios of
 * entries; these ratios must not underflow.
 */
const NOTHING = 1e-140;
/** Sweeps for each eigenvalue before giving up; two are usual. */
const PATIENCE = 60;

/** Σ x[i]·y[i], i = from … to − 1, in order. */
function dot(x: Float64Array, y: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += x[i]! * y[i]!;
  return sum;
}

// The three loops of order n³ below take two or four rows at a time: what they share is loaded once.

/** w = A v over the indices first … n − 1, from the lower triangle alone. */
function symmetricTimes(a: Float64Array, n: number, first: number, v: Float64Array, w: Float64Array): void {
  for (let i = first; i < n; i++) w[i] = 0;
  let i = first;
  for (; i + 1 < n; i += 2) {
    const row0 = i * n;
    const row1 = row0 + n;
    const v0 = v[i]!;
    const v1 = v[i + 1]!;
    let s0 = 0;
    let s1 = 0;
    for (let j = first; j < i; j++) {
      const x0 = a[row0 + j]!;
      const x1 = a[row1 + j]!;
      const vj = v[j]!;
      s0 += x0 * vj;
      s1 += x1 * vj;
      w[j]! += x0 * v0 + x1 * v1;
    }
    const x = a[row1 + i]!;
    w[i]! += s0 + (a[row0 + i]! * v0 + x * v1);
    w[i + 1]! += s1 + (x * v0 + a[row1 + i + 1]! * v1);
  }
  if (i < n) {
    const row = i * n;
    const vi = v[i]!;
    let sum = 0;
    for (let j = first; j < i; j++) {
      const x = a[row + j]!;
      sum += x * v[j]!;
      w[j]! += x * vi;
    }
    w[i]! += sum + a[row + i]! * vi;
  }
}

/** A −= v wᵀ + w vᵀ over the lower triangle of the indices first … n − 1. */
function rankTwo(a: Float64Array, n: number, first: number, v: Float64Array, w: Float64Array): void {
  let i = first;
  for (; i + 1 < n; i += 2) {
    const row0 = i * n;
    const row1 = row0 + n;
    const v0 = v[i]!;
    const v1 = v[i + 1]!;
    const w0 = w[i]!;
    const w1 = w[i + 1]!;
    for (let j = first; j <= i; j++) {
      const vj = v[j]!;
      const wj = w[j]!;
      a[row0 + j]! -= v0 * wj + w0 * vj;
      a[row1 + j]! -= v1 * wj + w1 * vj;
    }
    a[row1 + i + 1]! -= 2 * (v1 * w1);
  }
  if (i < n) {
    const row = i * n;
    const vi = v[i]!;
    const wi = w[i]!;
    for (let j = first; j <= i; j++) a[row + j]! -= vi * w[j]! + wi * v[j]!;
  }
}

/** Q −= β v (vᵀQ) over the indices first … n − 1; w is scratch. */
function reflect(
  q: Float64Array,
  n: number,
  first: number,
  beta: number,
  v: Float64Array,
  w: Float64Array,
): void {
  for (let j = first; j < n; j++) w[j] = 0;
  let i = first;
  for (; i + 3 < n; i += 4) {
    const row0 = i * n;
    const row1 = row0 + n;
    const row2 = row1 + n;
    const row3 = row2 + n;
    const v0 = v[i]!;
    const v1 = v[i + 1]!;
    const v2 = v[i + 2]!;
    const v3 = v[i + 3]!;
    for (let j = first; j < n; j++)
      w[j]! += v0 * q[row0 + j]! + v1 * q[row1 + j]! + (v2 * q[row2 + j]! + v3 * q[row3 + j]!);
  }
  for (; i < n; i++) {
    const row = i * n;
    const vi = v[i]!;
    for (let j = first; j < n; j++) w[j]! += vi * q[row + j]!;
  }
  for (let j = first; j < n; j++) w[j]! *= beta;
  i = first;
  for (; i + 3 < n; i += 4) {
    const row0 = i * n;
    const row1 = row0 + n;
    const row2 = row1 + n;
    const row3 = row2 + n;
    const v0 = v[i]!;
    const v1 = v[i + 1]!;
    const v2 = v[i + 2]!;
    const v3 = v[i + 3]!;
    for (let j = first; j < n; j++) {
      const wj = w[j]!;
      q[row0 + j]! -= v0 * wj;
      q[row1 + j]! -= v1 * wj;
      q[row2 + j]! -= v2 * wj;
      q[row3 + j]! -= v3 * wj;
    }
  }
  for (; i < n; i++) {
    const row = i * n;
    const vi = v[i]!;
    for (let j = first; j < n; j++) q[row + j]! -= vi * w[j]!;
  }
}

/**
 * T = Qᵀ A Q with Q = H₀ H₁ … : diagonal and subdiagonal go to d and e, the vector of Hₖ stays in column k of `a` below the subdiagonal
 * (its first entry, row k + 1, is 1), its factor in betas[k].
 */
function tridiagonalise({ n, a, d, e, betas, v, w }: EigenWorkspace): void {
  for (let k = 0; k < n - 2; k++) {
    const first = k + 1;
    // The reflection that maps column k below the diagonal onto its first coordinate.
    let head = a[first * n + k]!;
    let tail = 0;
    for (let i = k + 2; i < n; i++) {
      v[i] = a[i * n + k]!;
      tail += v[i]! * v[i]!;
    }
    if (head * head + tail < NOTHING * NOTHING) {
      head = 0;
      tail = 0;
    }
    if (tail === 0) {
      betas[k] = 0;
      e[k] = head;
      continue;
    }
    // Away from zero, so that nothing cancels.
    const length = head < 0 ? -Math.sqrt(head * head + tail) : Math.sqrt(head * head + tail);
    const pivot = head + length;
    const beta = (2 * pivot * pivot) / (tail + pivot * pivot);
    betas[k] = beta;
    e[k] = -length;
    v[first] = 1;
    for (let i = k + 2; i < n; i++) {
      v[i]! /= pivot;
      a[i * n + k] = v[i]!;
    }
    symmetricTimes(a, n, first, v, w);
    // w = β A v − (β² vᵀA v / 2) v; A −= v wᵀ + w vᵀ
    const half = (beta * beta * dot(w, v, first, n)) / 2;
    for (let i = first; i < n; i++) w[i] = beta * w[i]! - half * v[i]!;
    rankTwo(a, n, first, v, w);
  }
  if (n > 1) e[n - 2] = a[(n - 1) * n + n - 2]!;
  for (let i = 0; i < n; i++) d[i] = a[i * n + i]!;
}

/** Q = H₀ (H₁ (… I)): each reflection touches only the rows and columns beyond its own. */
function accumulate({ n, a, q, betas, v, w }: EigenWorkspace): void {
  q.fill(0);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let k = n - 3; k >= 0; k--) {
    const beta = betas[k]!;
    if (beta === 0) continue;
    const first = k + 1;
    v[first] = 1;
    for (let i = k + 2; i < n; i++) v[i] = a[i * n + k]!;
    reflect(q, n, first, beta, v, w);
  }
}

/** √(x² + y²), also where the squares underflow. (They cannot overflow: the matrix is scaled.) */
function length(x: number, y: number): number {
  const square = x * x + y * y;
  if (square > 1e-280) return Math.sqrt(square);
  const a = Math.abs(x);
  const b = Math.abs(y);
  const large = a > b ? a : b;
  if (large === 0) return 0;
  const ratio = (a > b ? b : a) / large;
  return large * Math.sqrt(1 + ratio * ratio);
}

/** One implicit QR sweep over the unreduced block lo … hi of T; its rotations are kept in c and s. */
function sweep(
  d: Float64Array,
  e: Float64Array,
  lo: number,
  hi: number,
  c: Float64Array,
  s: Float64Array,
): void {
  // Wilkinson's shift: the eigenvalue of the last 2 × 2 block that is nearer to its last entry.
  const delta = (d[hi - 1]! - d[hi]!) / 2;
  const off = e[hi - 1]!;
  const root = length(delta, off);
  const shift = d[hi]! - off * (off / (delta + (delta >= 0 ? root : -root)));
  let x = d[lo]! - shift;
  let bulge = e[lo]!;
  for (let k = lo; k < hi; k++) {
    const r = length(x, bulge);
    const cos = r > NOTHING ? x / r : 1;
    const sin = r > NOTHING ? bulge / r : 0;
    c[k] = cos;
    s[k] = sin;
    if (k > lo) e[k - 1] = r;
    const a = d[k]!;
    const b = e[k]!;
    const g = d[k + 1]!;
    const lift = sin * (sin * (g - a) + 2 * cos * b);
    d[k] = a + lift;
    d[k + 1] = g - lift;
    x = cos * sin * (g - a) + (cos * cos - sin * sin) * b;
    e[k] = x;
    if (k + 1 < hi) {
      bulge = sin * e[k + 1]!;
      e[k + 1]! *= cos;
    }
  }
}

/**
 * Turns the columns lo … hi of Q by the rotations of a sweep. Four rows at a time, each with the entry that the next rotation needs again in
 * a local: one load and one store an entry, and four independent chains.
 */
function rotate(q: Float64Array, n: number, lo: number, hi: number, c: Float64Array, s: Float64Array): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const r0 = i * n;
    const r1 = r0 + n;
    const r2 = r1 + n;
    const r3 = r2 + n;
    let p0 = q[r0 + lo]!;
    let p1 = q[r1 + lo]!;
    let p2 = q[r2 + lo]!;
    let p3 = q[r3 + lo]!;
    for (let k = lo; k < hi; k++) {
      const cos = c[k]!;
      const sin = s[k]!;
      const t0 = q[r0 + k + 1]!;
      const t1 = q[r1 + k + 1]!;
      const t2 = q[r2 + k + 1]!;
      const t3 = q[r3 + k + 1]!;
      q[r0 + k] = cos * p0 + sin * t0;
      q[r1 + k] = cos * p1 + sin * t1;
      q[r2 + k] = cos * p2 + sin * t2;
      q[r3 + k] = cos * p3 + sin * t3;
      p0 = cos * t0 - sin * p0;
      p1 = cos * t1 - sin * p1;
      p2 = cos * t2 - sin * p2;
      p3 = cos * t3 - sin * p3;
    }
    q[r0 + hi] = p0;
    q[r1 + hi] = p1;
    q[r2 + hi] = p2;
    q[r3 + hi] = p3;
  }
  for (; i < n; i++) {
    const row = i * n;
    let p = q[row + lo]!;
    for (let k = lo; k < hi; k++) {
      const t = q[row + k + 1]!;
      q[row + k] = c[k]! * p + s[k]! * t;
      p = c[k]! * t - s[k]! * p;
    }
    q[row + hi] = p;
  }
}

/** Diagonalises T, the columns of Q turning with it. */
function diagonalise({ n, d, e, q, c, s }: EigenWorkspace): void {
  let patience = PATIENCE * n;
  let hi = n - 1;
  while (hi > 0) {
    // The unreduced block that ends at hi begins below the nearest negligible subdiagonal.
    let lo = hi;
    for (; lo > 0; lo--) {
      const off = Math.abs(e[lo - 1]!);
      if (off <= EPSILON * (Math.abs(d[lo - 1]!) + Math.abs(d[lo]!)) || off < NOTHING) break;
    }
    if (lo > 0) e[lo - 1] = 0;
    if (lo === hi) {
      hi--;
      continue;
    }
    if (patience-- === 0)
      throw new RangeError(
        `symmetricEigen: no convergence after ${PATIENCE * n} sweeps; report the matrix as a bug.`,
      );
    sweep(d, e, lo, hi, c, s);
    rotate(q, n, lo, hi, c, s);
  }
}

/** Copies the lower triangle, multiplied by a power of two, which is returned, so that the largest entry is between 1 and 2¹⁶. */
function load(matrix: Readonly<Float64Array>, { n, a }: EigenWorkspace): number {
  let largest = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const x = matrix[i * n + j]!;
      a[i * n + j] = x;
      if (!(Math.abs(x) < Infinity))
        throw new RangeError(`symmetricEigen: entry (${i}, ${j}) is ${x}; give finite entries.`);
      if (Math.abs(x) > largest) largest = Math.abs(x);
    }
  if (largest === 0) return 1;
  let scale = 1;
  while (largest * scale >= 65536) scale /= 65536;
  while (largest * scale < 1 && scale < 1e300) scale *= 65536;
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j]! *= scale;
  return scale;
}

/**
 * A = V diag(values) Vᵀ for a symmetric matrix of shape [n × n], row-major, of which only the lower triangle is read. About 9 n³
 * floating-point operations. Eigenvalues are within some n·ε·‖A‖. The signs of eigenvectors, and their choice where eigenvalues are equal,
 * are unspecified but always the same.
 * @param workspace from eigenWorkspace(n), written to; without it one is allocated.
 * @throws RangeError where the lengths do not fit or an entry is not finite.
 */
export function symmetricEigen(matrix: Readonly<Float64Array>, n: number, workspace?: EigenWorkspace): Eigen {
  checkShape("symmetricEigen", matrix, n, n);
  const work = workspace ?? eigenWorkspace(n);
  if (work.n !== n)
    throw new RangeError(`symmetricEigen: the workspace is for n = ${work.n}; give eigenWorkspace(${n}).`);
  const scale = load(matrix, work);
  tridiagonalise(work);
  accumulate(work);
  diagonalise(work);
  const { d, q, order } = work;
  // Insertion sort: the sweeps leave the eigenvalues nearly in order, and ties keep theirs.
  for (let i = 0; i < n; i++) {
    let k = i;
    for (; k > 0 && d[order[k - 1]!]! > d[i]!; k--) order[k] = order[k - 1]!;
    order[k] = i;
  }
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  for (let k = 0; k < n; k++) values[k] = d[order[k]!]! / scale;
  for (let j = 0; j < n * n; j += n) for (let k = 0; k < n; k++) vectors[j + k] = q[j + order[k]!]!;
  return { values, vectors };
}
