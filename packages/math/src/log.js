// ln x: the atanh series after reduction to [√½, √2).
import { HIGH, ONE, asDouble, asWords, powersOfTwo } from "./bits.js";
import { EXP, LOG } from "./kernels.js";
const { ln2Hi: LN2_HI, ln2Lo: LN2_LO } = EXP;
const { sqrtHalfHigh: SQRT_HALF } = LOG;
const [R0, R1, R2, R3, R4, R5, R6] = LOG.r;
const [DOUBLE, WORDS, POWERS] = [asDouble, asWords, powersOfTwo];
/** The k for which x·2⁻ᵏ lies in [√½, √2); x positive and normal. */
export function logExponent(x) {
  DOUBLE[0] = x;
  return (WORDS[HIGH] - SQRT_HALF) >> 20;
}
/**
 * ln((1 + f)·2ᵏ) + c for 1 + f in [√½, √2) and a small correction c. Order: s = f / (2 + f), z = s², w = z²,
 * R = z·(((R0 + R1·z) + w·(R2 + R3·z)) + w²·((R4 + R5·z) + w·R6)), h = ½f²; b = k·ln2Hi,
 * a = b + f; a − ((h − (s·(h + R) + (k·ln2Lo + c))) − ((b − a) + f)).
 */
export function logSum(f, k, c) {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (R0 + R1 * z + w * (R2 + R3 * z) + w * w * (R4 + R5 * z + w * R6));
  const h = 0.5 * f * f;
  const b = k * LN2_HI;
  const a = b + f;
  return a - (h - (s * (h + r) + (k * LN2_LO + c)) - (b - a + f));
}
/** ln x, within 1 ulp. Subnormal x are first multiplied by 2⁵⁴. ln 0 = −∞; NaN below 0. */
export function log(x) {
  if (x >= 2.2250738585072014e-308 && x < Infinity) {
    const k = logExponent(x);
    return logSum(x * POWERS[ONE - k] - 1, k, 0);
  }
  if (x > 0 && x < Infinity) {
    const y = x * 18014398509481984;
    const k = logExponent(y);
    return logSum(y * POWERS[ONE - k] - 1, k - 54, 0);
  }
  return x === 0 ? -Infinity : x < 0 ? NaN : x;
}
/**
 * ln(1 + x), within 1 ulp: u = 1 + x, its rounding error e by Knuth's two-sum, then logSum(u·2⁻ᵏ − 1, k, e / u).
 * ±0 → ±0, −1 → −∞; NaN below −1.
 */
export function log1p(x) {
  if (x === 0 || !(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x < -1 ? NaN : x;
  const u = 1 + x;
  const v = u - 1;
  const e = 1 - (u - v) + (x - v);
  const k = logExponent(u);
  return logSum(u * POWERS[ONE - k] - 1, k, e / u);
}
