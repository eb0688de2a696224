// Cube root: Newton's iteration for the reciprocal root needs no division; one step of Halley's with an exact square finishes.
import { HIGH, ONE, asDouble, asWords, powersOfTwo } from "./bits.js";
import { CBRT } from "./kernels.js";
const [P0, P1, P2, P3, P4] = CBRT.p;
const ROOT = Float64Array.from(CBRT.root);
const [DOUBLE, WORDS, POWERS] = [asDouble, asWords, powersOfTwo];
/**
 * ∛x, within 1 ulp, odd; exact for cubes. |x| = m·2^(3k + j), 1 ≤ m < 2, j = 0, 1, 2; u ≈ m^(−1/3)·2^(−j/3), n = m·2ʲ; u += u·(1 − n·u³)/3;
 * t = n·u² to 24 bits, so that t² is exact; q = n/t²; t + t·(q − t)/(2t + q).
 */
export function cbrt(x) {
  const a = Math.abs(x);
  if (a === 0 || !(a < Infinity)) return x;
  const subnormal = a < 2.2250738585072014e-308;
  const b = subnormal ? a * 18014398509481984 : a;
  DOUBLE[0] = b;
  const e = (WORDS[HIGH] >> 20) - 1023;
  const k = Math.floor(e / 3);
  const j = e - 3 * k;
  const m = b * POWERS[ONE - e];
  const n = m * POWERS[ONE + j];
  const u = (P0 + m * (P1 + m * (P2 + m * (P3 + m * P4)))) * ROOT[j];
  const v = u + u * (1 - n * u * u * u) * 0.3333333333333333;
  const t = Math.fround(n * v * v);
  const q = n / (t * t);
  const y = (t + (t * (q - t)) / (2 * t + q)) * POWERS[ONE + k];
  const z = subnormal ? y * POWERS[ONE - 18] : y;
  return x < 0 ? -z : z;
}
