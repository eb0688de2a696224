// Digests of decompositions of fixed matrices: equal bits on every engine mean equal digests.
import {
  cholesky,
  leastSquares,
  multiply,
  orthonormal,
  qr,
  symmetricEigen,
  transpose,
  upper,
} from "@basin/linear-algebra";
import { generator, random, symmetric } from "./matrices.ts";

/** 64 bits of FNV-1a over 32-bit words, two ways, as 16 hex digits. */
function digest(arrays: readonly Float64Array[]): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (const array of arrays)
    for (const x of array) {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, x);
      const [high, low] = [view.getInt32(0), view.getInt32(4)];
      a = Math.imul(Math.imul(a ^ low, 0x01000193) ^ high, 0x01000193);
      b = Math.imul(Math.imul(b ^ high, 0x85ebca6b) ^ (low >>> 7) ^ (low << 25), 0xc2b2ae35);
      a ^= a >>> 15;
      b ^= b >>> 13;
    }
  return [a, b].map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Name → 16 hex digits. */
export function digests(): Record<string, string> {
  const next = generator(2024);
  const eigen: Float64Array[] = [];
  const lower: Float64Array[] = [];
  const least: Float64Array[] = [];
  for (const n of [1, 2, 3, 4, 5, 7, 10, 16, 33, 64]) {
    const b = random(next, n, n);
    const a = symmetric(b, n);
    const { values, vectors } = symmetricEigen(a, n);
    eigen.push(values, vectors);
    const result = cholesky(multiply(b, transpose(b, n, n), n, n, n), n);
    if (result.failed === undefined) lower.push(result.lower);
    const factors = qr(random(next, n + 3, n), n + 3, n);
    least.push(orthonormal(factors), upper(factors), leastSquares(factors, random(next, 1, n + 3)));
  }
  return { symmetricEigen: digest(eigen), cholesky: digest(lower), qr: digest(least) };
}
