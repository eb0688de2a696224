// The shape of steps as a matrix A, row-major, that is learned by updates of rank one: x + A z with z normal has covariance A Aᵀ.
import { freshVector, type Vector } from "@basin/objective";

/** In more dimensions than this, A would cost more than f: it is left out, empty, and stands for the identity. */
const LEARNABLE = 200;

/** The identity. Shape [n × n], or empty. */
export function identity(n: number): Float64Array {
  if (n > LEARNABLE) return new Float64Array(0);
  const factor = new Float64Array(n * n);
  for (let j = 0; j < n; j++) factor[j * n + j] = 1;
  return factor;
}

/** A z; z itself where A is empty. Shape [n]. */
export function times(factor: Vector, z: Vector): Vector {
  if (factor.length === 0) return z;
  const n = z.length;
  const y = freshVector(n);
  for (let i = 0, at = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++, at++) sum += factor[at]! * z[j]!;
    y[i] = sum;
  }
  return y;
}

/**
 * B with B Bᵀ = A (I + c z zᵀ/|z|²) Aᵀ: c > 0 makes steps along A z longer, c in (−1, 0) shorter. B = A + (√(1 + c) − 1) A z zᵀ/|z|²,
 * in n² operations. A itself where z is 0 or A is empty.
 */
export function stretched(factor: Vector, z: Vector, c: number): Vector {
  const n = z.length;
  let zz = 0;
  for (let j = 0; j < n; j++) zz += z[j]! * z[j]!;
  if (zz === 0 || factor.length === 0) return factor;
  const y = times(factor, z);
  const stretch = (Math.sqrt(1 + c) - 1) / zz;
  const next = new Float64Array(n * n);
  for (let i = 0, at = 0; i < n; i++) {
    const along = stretch * y[i]!;
    for (let j = 0; j < n; j++, at++) next[at] = factor[at]! + along * z[j]!;
  }
  return next;
}

/** A over the root of the mean square of its rows' lengths, and that root: scale and shape, told apart. */
export function normalized(factor: Vector, n: number): { readonly factor: Vector; readonly size: number } {
  if (factor.length === 0) return { factor, size: 1 };
  let squares = 0;
  for (let at = 0; at < factor.length; at++) squares += factor[at]! * factor[at]!;
  const size = Math.sqrt(squares / n);
  const next = new Float64Array(factor.length);
  for (let at = 0; at < next.length; at++) next[at] = factor[at]! / size;
  return { factor: next, size };
}
