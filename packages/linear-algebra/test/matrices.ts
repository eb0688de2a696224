// Matrices to test with, and measures of how wrong a factorisation is.
import { multiply, transpose } from "@basin/linear-algebra";
import fc from "fast-check";

export const EPSILON = 2 ** -52;

/** Numbers in [−1, 1) with 32 random bits: sfc32 (Doty-Humphrey, PractRand). */
export function generator(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum | 0) / 2 ** 31;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

/** Shape [m × n]. */
export function random(next: () => number, m: number, n: number): Float64Array {
  return Float64Array.from({ length: m * n }, next);
}

/** The lower triangle, mirrored. */
export function symmetric(a: Float64Array, n: number): Float64Array {
  return a.map((_, i) => a[Math.max(Math.floor(i / n), i % n) * n + Math.min(Math.floor(i / n), i % n)]!);
}

export function diagonal(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? values[i / (n + 1)]! : 0));
}

/** The largest entry. */
export function size(a: Readonly<Float64Array>): number {
  return a.reduce((largest, x) => (Math.abs(x) > largest || Number.isNaN(x) ? Math.abs(x) : largest), 0);
}

/** The largest entry of a − b. */
export function apart(a: Readonly<Float64Array>, b: Readonly<Float64Array>): number {
  return size(a.map((x, i) => x - b[i]!));
}

/** The largest entry of QᵀQ − I. Shape [m × n]. */
export function skew(q: Readonly<Float64Array>, m: number, n: number): number {
  return apart(multiply(transpose(q, m, n), q, n, m, n), diagonal(new Array<number>(n).fill(1)));
}

const entry = fc.oneof(
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, 0, 0, 1e-8, -1e-200, 1e-320, 1e100),
);

/** m × n matrices with entries of all sizes, many of them zero or equal. */
export function matrices(m: number, n: number): fc.Arbitrary<Float64Array> {
  return fc.array(entry, { minLength: m * n, maxLength: m * n }).map((x) => Float64Array.from(x));
}
