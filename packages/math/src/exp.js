// eˣ and its kernel: reduction by multiples of ln 2 (Cody & Waite 1980), then a polynomial.
import { ONE, powersOfTwo } from "./bits.js";
import { EXP, MAGIC } from "./kernels.js";
const { log2e: LOG2E, ln2Hi: LN2_HI, ln2Lo: LN2_LO } = EXP;
const [A0, A1, A2, A3, A4, A5, A6, A7, A8, A9] = EXP.a;
const POWERS = powersOfTwo;
/**
 * e^(r + c) − 1 − r for |r| ≤ 0.3466 and a correction c of the size of r's rounding error:
 * (r²/2 + c) + r³·A(r), A by Estrin's scheme.
 */
export function expTail(r, c) {
  const r2 = r * r;
  const r4 = r2 * r2;
  const low = A0 + A1 * r + r2 * (A2 + A3 * r);
  const high = A4 + A5 * r + r2 * (A6 + A7 * r);
  const a = low + r4 * (high + r4 * (A8 + A9 * r));
  return 0.5 * r2 + c + r2 * r * a;
}
/** y·2ᵏ for y in [½, 2] and |k| ≤ 1200, rounded once. (Branch-free equivalent: y · 2^⌊k/2⌋ · 2^(k − ⌊k/2⌋).) */
export function scale(y, k) {
  if (k >= -1020 && k <= 1023) return y * POWERS[ONE + k];
  const half = k >> 1;
  return y * POWERS[ONE + half] * POWERS[ONE + (k - half)];
}
/**
 * eˣ, within 1 ulp. Order: k = round(x·log₂e) by MAGIC; h = x − k·ln2Hi; l = k·ln2Lo; r = h − l; c = (h − r) − l;
 * a = 1 + r; (a + ((r − (a − 1)) + tail(r, c)))·2ᵏ; beforehand x > 710 → ∞, x < −746 → 0, NaN → NaN.
 */
export function exp(x) {
  if (!(x <= 710)) return x * Infinity;
  if (x < -746) return 0;
  return expShifted(x, 0);
}
/** ½·eˣ, which is finite a little longer than eˣ. */
export function expHalf(x) {
  return x <= 711 ? expShifted(x, -1) : x * Infinity;
}
/** eˣ·2^shift. */
function expShifted(x, shift) {
  const k = x * LOG2E + MAGIC - MAGIC;
  const h = x - k * LN2_HI;
  const l = k * LN2_LO;
  const r = h - l;
  const a = 1 + r;
  return scale(a + (r - (a - 1) + expTail(r, h - r - l)), (k | 0) + shift);
}
/** The low part of what `expSplit` or `expParts` returned last; and k. */
export const expRest = new Float64Array(2);
const REST = expRest;
/**
 * e^(x + e) = (y + low)·2ᵏ to about 2⁻⁵⁷, −746 ≤ x ≤ 709, |e| far below 1. Returns y in [0.7, 1.42]; low in expRest[0], k in expRest[1].
 * Order: k, h as in exp; l = k·ln2Lo − e; r = h − l; a = 1 + r; b = (r − (a − 1)) + tail(r, (h − r) − l); y = a + b; low = b − (y − a).
 */
export function expSplit(x, e) {
  const k = x * LOG2E + MAGIC - MAGIC;
  const h = x - k * LN2_HI;
  const l = k * LN2_LO - e;
  const r = h - l;
  const a = 1 + r;
  const b = r - (a - 1) + expTail(r, h - r - l);
  const y = a + b;
  REST[0] = b - (y - a);
  REST[1] = k;
  return y;
}
/** eˣ as the sum of the returned double and expRest[0]: as expSplit with e = 0, both parts times 2ᵏ. */
export function expParts(x) {
  const y = expSplit(x, 0);
  const k = REST[1] | 0;
  REST[0] = scale(REST[0], k);
  return scale(y, k);
}
