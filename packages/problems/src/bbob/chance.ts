// The generator that fixes the BBOB instances: where the optimum lies, how the space is turned, what is added to f.
// Facts from the definition of the suite (Finck, Hansen, Ros & Auger 2009, RR-6829) and COCO's own instances, which it reproduces.
import { cos, log } from "@basin/math";

/** The largest value of the linear congruential generator of Park & Miller (1988). */
const modulus = 2_147_483_647;

/** s ↦ 16807·s mod 2³¹ − 1, exactly: the product stays below 2⁵³. */
const next = (state: number): number => (16807 * state) % modulus;

/** `count` uniform numbers in (0, 1]: Park & Miller's generator, shuffled by a table of 32 (Bays & Durham 1976). */
export function uniforms(count: number, seed: number): Float64Array {
  let state = Math.max(1, Math.abs(seed));
  const table = new Float64Array(32);
  for (let i = 39; i >= 0; i--) {
    state = next(state);
    if (i < 32) table[i] = state;
  }
  let drawn = table[0]!;
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    state = next(state);
    const slot = Math.floor(drawn / 67_108_865);
    drawn = table[slot]!;
    table[slot] = state;
    out[i] = drawn === 0 ? 1e-99 : drawn / modulus;
  }
  return out;
}

/** `count` standard normal numbers, by Box & Muller's cosine branch. */
export function normals(count: number, seed: number): Float64Array {
  const u = uniforms(2 * count, seed);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = Math.sqrt(-2 * log(u[i]!)) * cos(2 * Math.PI * u[count + i]!);
    out[i] = value === 0 ? 1e-99 : value;
  }
  return out;
}

/** A random rotation: normal columns, made orthonormal by Gram and Schmidt. Shape [n, n], row-major. */
export function rotation(n: number, seed: number): Float64Array {
  const columns = normals(n * n, seed);
  const column = (j: number): Float64Array => columns.subarray(j * n, j * n + n);
  for (let i = 0; i < n; i++) {
    const c = column(i);
    for (let j = 0; j < i; j++) {
      const other = column(j);
      let along = 0;
      for (let k = 0; k < n; k++) along += c[k]! * other[k]!;
      for (let k = 0; k < n; k++) c[k] = c[k]! - along * other[k]!;
    }
    let square = 0;
    for (let k = 0; k < n; k++) square += c[k]! * c[k]!;
    const norm = Math.sqrt(square);
    for (let k = 0; k < n; k++) c[k] = c[k]! / norm;
  }
  return Float64Array.from(columns, (_, p) => columns[(p % n) * n + Math.floor(p / n)]!);
}

/** The place of the optimum: on a grid of 8·10⁻⁴ in [−4, 4]ⁿ, no coordinate 0. */
export function optimum(n: number, seed: number): Float64Array {
  return uniforms(n, seed).map((u) => {
    const place = (8 * Math.floor(1e4 * u)) / 1e4 - 4;
    return place === 0 ? -1e-5 : place;
  });
}

/** What is added to f: a quotient of two normals (Cauchy), to two decimals, within ±1000. */
export function offset(seed: number): number {
  const [a, b] = [normals(1, seed)[0]!, normals(1, seed + 1)[0]!];
  return Math.min(1000, Math.max(-1000, Math.floor((100 * 100 * a) / b + 0.5) / 100));
}
