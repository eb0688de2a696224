// Products of row-major matrices and vectors; every sum runs from the first index to the last.
import { checkLength, checkShape } from "./shape.ts";

/** xᵀy. Shapes [n], [n]. */
export function dot(x: Readonly<Float64Array>, y: Readonly<Float64Array>): number {
  checkLength("dot", y, x.length);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** A x. Shapes [m × n], [n] → [m]; written to `out` if it is given. */
export function times(
  a: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  out: Float64Array = new Float64Array(x.length === 0 ? 0 : a.length / x.length),
): Float64Array {
  const n = x.length;
  checkShape("times", a, out.length, n);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += a[i * n + j]! * x[j]!;
    out[i] = sum;
  }
  return out;
}

/** Aᵀ x. Shapes [m × n], [m] → [n]; written to `out` if it is given. */
export function transposedTimes(
  a: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  out: Float64Array = new Float64Array(x.length === 0 ? 0 : a.length / x.length),
): Float64Array {
  const n = out.length;
  checkShape("transposedTimes", a, x.length, n);
  out.fill(0);
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!;
    for (let j = 0; j < n; j++) out[j]! += a[i * n + j]! * xi;
  }
  return out;
}

/** A B. Shapes [m × k], [k × n] → [m × n]. */
export function multiply(
  a: Readonly<Float64Array>,
  b: Readonly<Float64Array>,
  m: number,
  k: number,
  n: number,
): Float64Array {
  checkShape("multiply", a, m, k);
  checkShape("multiply", b, k, n);
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let l = 0; l < k; l++) {
      const x = a[i * k + l]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += x * b[l * n + j]!;
    }
  return out;
}

/** Aᵀ. Shape [m × n] → [n × m]. */
export function transpose(a: Readonly<Float64Array>, m: number, n: number): Float64Array {
  checkShape("transpose", a, m, n);
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j]!;
  return out;
}
