// Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then implicit QR with Wilkinson's shift.
//
// Golub & Van Loan, Matrix Computations, 4th ed., 2013, algorithms 5.1.1 (Householder), 8.3.1 and 8.3.3. Only + − × ÷ √, in a fixed
// order: the same bits on every engine.

export interface Eigen {
  /** Ascending. Shape [n]. */
  readonly values: Float64Array;
  /** Column k is the eigenvector of values[k], of length 1. Shape [n × n], row-major. */
  readonly vectors: Float64Array;
}

const EPSILON = 2.220446049250313e-16;
/** Sweeps for each eigenvalue before giving up; two or three are usual. */
const PATIENCE = 60;

/**
 * Writes over `a`'s lower triangle: diagonal and subdiagonal of the tridiagonal T = Qᵀ A Q go to d and e, the Householder vectors stay
 * in the columns below the subdiagonal, their factors β go to `betas`.
 */
function tridiagonalise(
  a: Float64Array,
  n: number,
  d: Float64Array,
  e: Float64Array,
  betas: Float64Array,
): void {
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    // The reflection that maps column k below the diagonal onto its first coordinate; v[k + 1] = 1.
    let scale = 0;
    for (let i = k + 1; i < n; i++) scale = Math.max(scale, Math.abs(a[i * n + k]!));
    let tail = 0;
    for (let i = k + 2; i < n; i++) {
      const x = scale > 0 ? a[i * n + k]! / scale : 0;
      tail += x * x;
    }
    const head = scale > 0 ? a[(k + 1) * n + k]! / scale : 0;
    if (tail === 0) {
      betas[k] = 0;
      e[k] = a[(k + 1) * n + k]!;
      continue;
    }
    const length = Math.sqrt(head * head + tail);
    const first = head <= 0 ? head - length : -tail / (head + length);
    const beta = (2 * first * first) / (tail + first * first);
    betas[k] = beta;
    e[k] = length * scale;
    v[k + 1] = 1;
    for (let i = k + 2; i < n; i++) v[i] = a[i * n + k]! / scale / first;
    // p = β A v from the lower triangle alone; w = p − (β pᵀv / 2) v; A ← A − v wᵀ − w vᵀ.
    for (let i = k + 1; i < n; i++) p[i] = 0;
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const vi = v[i]!;
      let sum = a[row + i]! * vi;
      for (let j = k + 1; j < i; j++) {
        const x = a[row + j]!;
        sum += x * v[j]!;
        p[j]! += x * vi;
      }
      p[i]! += sum;
    }
    let dot = 0;
    for (let i = k + 1; i < n; i++) {
      p[i]! *= beta;
      dot += p[i]! * v[i]!;
    }
    const half = (beta * dot) / 2;
    for (let i = k + 1; i < n; i++) p[i]! -= half * v[i]!;
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const vi = v[i]!;
      const wi = p[i]!;
      for (let j = k + 1; j <= i; j++) a[row + j]! -= vi * p[j]! + wi * v[j]!;
    }
    for (let i = k + 2; i < n; i++) a[i * n + k] = v[i]!;
  }
  if (n > 1) e[n - 2] = a[(n - 1) * n + n - 2]!;
  for (let i = 0; i < n; i++) d[i] = a[i * n + i]!;
}

/** Qᵀ = H₍ₙ₋₃₎ … H₀: its rows will turn into the eigenvectors. Shape [n × n]. */
function accumulate(a: Float64Array, n: number, betas: Float64Array): Float64Array {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  const v = new Float64Array(n);
  // Multiplied from the right, last first: each reflection touches only the rows and columns beyond its own.
  for (let k = n - 3; k >= 0; k--) {
    const beta = betas[k]!;
    if (beta === 0) continue;
    v[k + 1] = 1;
    for (let i = k + 2; i < n; i++) v[i] = a[i * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      let dot = 0;
      for (let j = k + 1; j < n; j++) dot += q[row + j]! * v[j]!;
      dot *= beta;
      for (let j = k + 1; j < n; j++) q[row + j]! -= dot * v[j]!;
    }
  }
  return q;
}

/** √(x² + y²) without overflow. */
function length(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const large = a > b ? a : b;
  if (large === 0) return 0;
  const ratio = (a > b ? b : a) / large;
  return large * Math.sqrt(1 + ratio * ratio);
}

/** One implicit QR step on the unreduced block lo … hi of T; rows of z turn with it. */
function qrStep(d: Float64Array, e: Float64Array, z: Float64Array, n: number, lo: number, hi: number): void {
  // Wilkinson's shift: the eigenvalue of the last 2 × 2 block that is nearer to its last entry.
  const delta = (d[hi - 1]! - d[hi]!) / 2;
  const off = e[hi - 1]!;
  const root = length(delta, off);
  const shift = d[hi]! - (off * off) / (delta + (delta >= 0 ? root : -root));
  let [x, bulge] = [d[lo]! - shift, e[lo]!];
  for (let k = lo; k < hi; k++) {
    const r = length(x, bulge);
    const c = r > 0 ? x / r : 1;
    const s = r > 0 ? bulge / r : 0;
    if (k > lo) e[k - 1] = r;
    const a = d[k]!;
    const b = e[k]!;
    const g = d[k + 1]!;
    const lift = s * (s * (g - a) + 2 * c * b);
    d[k] = a + lift;
    d[k + 1] = g - lift;
    x = c * s * (g - a) + (c * c - s * s) * b;
    e[k] = x;
    if (k + 1 < hi) {
      bulge = s * e[k + 1]!;
      e[k + 1]! *= c;
    }
    const upper = k * n;
    const lower = upper + n;
    for (let j = 0; j < n; j++) {
      const p = z[upper + j]!;
      const q = z[lower + j]!;
      z[upper + j] = c * p + s * q;
      z[lower + j] = c * q - s * p;
    }
  }
}

/** Diagonalises T, rows of z turning with it. */
function diagonalise(d: Float64Array, e: Float64Array, z: Float64Array, n: number): void {
  let patience = PATIENCE * n;
  let hi = n - 1;
  while (hi > 0) {
    for (let i = 0; i < hi; i++)
      if (Math.abs(e[i]!) <= EPSILON * (Math.abs(d[i]!) + Math.abs(d[i + 1]!))) e[i] = 0;
    if (e[hi - 1] === 0) {
      hi--;
      continue;
    }
    let lo = hi - 1;
    while (lo > 0 && e[lo - 1] !== 0) lo--;
    if (patience-- === 0)
      throw new RangeError(
        `symmetricEigen: no convergence after ${PATIENCE * n} steps; report the matrix as a bug.`,
      );
    qrStep(d, e, z, n, lo, hi);
  }
}

/**
 * A = V diag(values) Vᵀ for a symmetric matrix of shape [n × n], row-major, of which only the lower triangle is read. About 9 n³
 * floating-point operations.
 * @throws RangeError where the lengths do not fit or an entry is not finite.
 */
export function symmetricEigen(matrix: Readonly<Float64Array>, n: number): Eigen {
  if (matrix.length !== n * n)
    throw new RangeError(
      `symmetricEigen: the matrix has ${matrix.length} entries; give n × n = ${n * n} of them.`,
    );
  const a = matrix.slice();
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++)
      if (!Number.isFinite(a[i * n + j]!))
        throw new RangeError(`symmetricEigen: entry (${i}, ${j}) is ${a[i * n + j]}; give finite entries.`);
  const [d, e, betas] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  tridiagonalise(a, n, d, e, betas);
  const z = accumulate(a, n, betas);
  diagonalise(d, e, z, n);
  const order = Array.from(d.keys()).sort((i, j) => (d[i]! < d[j]! ? -1 : d[i]! > d[j]! ? 1 : i - j));
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    for (let j = 0; j < n; j++) vectors[j * n + k] = z[from * n + j]!;
  });
  return { values: Float64Array.from(order, (i) => d[i]!), vectors };
}
