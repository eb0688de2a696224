// eˣ − 1 without cancellation, and tanh, which is a quotient of it.
import { ONE, powersOfTwo } from "./bits.js";
import { expTail, scale } from "./exp.js";
import { EXP, MAGIC } from "./kernels.js";
const { log2e: LOG2E, ln2Hi: LN2_HI, ln2Lo: LN2_LO } = EXP;
const POWERS = powersOfTwo;
/** The low part of what `expm1Parts` returned last. */
const LOW = new Float64Array(1);
/**
 * eˣ − 1 as a sum of two doubles, to about 2⁻⁵⁷, for −44 ≤ x ≤ 710. Order: r, c, t = tail(r, c) as in exp; q = 2⁻ᵏ, w = 1 − q (so that
 * eˣ − 1 = 2ᵏ·(w + r + t)) with the rounding error v = (1 − (w − b)) − (q + b), b = w − 1 (Knuth's two-sum); h = w + r;
 * g = (r − (h − w)) + (t + v); y = h + g; low = g − (y − h); both times 2ᵏ.
 */
function expm1Parts(x) {
  const k = x * LOG2E + MAGIC - MAGIC;
  const a = x - k * LN2_HI;
  const l = k * LN2_LO;
  const r = a - l;
  const t = expTail(r, a - r - l);
  const n = k | 0;
  const q = n === 1024 ? 0 : POWERS[ONE - n];
  const w = 1 - q;
  const b = w - 1;
  const h = w + r;
  const g = r - (h - w) + (t + (1 - (w - b) - (q + b)));
  const y = h + g;
  LOW[0] = scale(g - (y - h), n);
  return scale(y, n);
}
/** eˣ − 1, within 1 ulp. ±0 → ±0, −∞ → −1. */
export function expm1(x) {
  if (!(x <= 710)) return x * Infinity;
  if (x < -40) return -1;
  return x === 0 ? x : expm1Parts(x);
}
/**
 * tanh x, within 1.5 ulp, odd. t + l = e^(−2|x|) − 1 in two doubles; s = t + 2, d = t − (s − 2); q = −t / s;
 * q − (l + q·(d + l))·(½·(1 + q)), since 1/(t + 2) = ½·(1 − t/(t + 2)). |x| ≥ 22 → ±1; |x| < 2⁻²⁹ → x.
 */
export function tanh(x) {
  const a = Math.abs(x);
  if (!(a < 22)) return x > 0 ? 1 : x < 0 ? -1 : x;
  if (a < 1.862645149230957e-9) return x;
  const t = expm1Parts(-2 * a);
  const l = LOW[0];
  const s = t + 2;
  const d = t - (s - 2);
  const q = -t / s;
  const y = q - (l + q * (d + l)) * (0.5 * (1 + q));
  return x < 0 ? -y : y;
}
