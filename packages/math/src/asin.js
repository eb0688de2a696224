// Inverse sine and cosine: a polynomial up to ½, beyond it the half-angle formula asin x = π/2 − 2·asin √((1 − x)/2).
import { ASIN } from "./kernels.js";
const [A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12] = ASIN.a;
/** π/2 in two doubles. */
const HALF_PI = 1.5707963267948966;
const HALF_PI_LO = 6.123233995736766e-17;
/** (asin s − s)/s for s² = z ≤ ¼: z·A(z), even and odd powers apart (Horner in z²). */
function series(z) {
  const w = z * z;
  const even = A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * (A10 + w * A12)))));
  const odd = A1 + w * (A3 + w * (A5 + w * (A7 + w * (A9 + w * A11))));
  return z * (even + z * odd);
}
/** What rounding took from s = √z, when s is cut to 24 bits. */
function rootRest(z, s, hi) {
  return z === 0 ? 0 : (z - hi * hi) / (s + hi);
}
/** asin x, within 1 ulp, odd. NaN beyond ±1. */
export function asin(x) {
  const a = Math.abs(x);
  if (a <= 0.5) return a < 1.4901161193847656e-8 ? x : x + x * series(x * x);
  const z = 0.5 * (1 - a);
  const s = Math.sqrt(z);
  const hi = Math.fround(s);
  const rest = rootRest(z, s, hi) + s * series(z);
  const y = HALF_PI - 2 * hi - (2 * rest - HALF_PI_LO);
  return x < 0 ? -y : y;
}
/** acos x, within 1 ulp. acos 1 = 0; NaN beyond ±1. */
export function acos(x) {
  const a = Math.abs(x);
  if (a <= 0.5) return HALF_PI - (x - (HALF_PI_LO - x * series(x * x)));
  const z = 0.5 * (1 - a);
  const s = Math.sqrt(z);
  const hi = Math.fround(s);
  const rest = rootRest(z, s, hi) + s * series(z);
  return x > 0 ? 2 * (hi + rest) : 2 * (HALF_PI - hi - (rest - HALF_PI_LO));
}
