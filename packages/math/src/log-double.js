// ln x in two doubles, to about 2⁻⁶⁶ of it: what pow, log2, log10 and lgamma need. Exact products by splitting at 24 bits with Math.fround.
import { ONE, powersOfTwo } from "./bits.js";
import { EXP, LOG_DOUBLE } from "./kernels.js";
import { logExponent } from "./log.js";
const { ln2Hi: LN2_HI, ln2Lo: LN2_LO } = EXP;
const { twoThirdsHi: T_HI, twoThirdsLo: T_LO } = LOG_DOUBLE;
const [Q0, Q1, Q2, Q3, Q4, Q5, Q6, Q7] = LOG_DOUBLE.q;
const POWERS = powersOfTwo;
/** The low part and the exponent k of what `logDoubleMantissa` or `logDouble` returned last. */
export const logDoubleRest = new Float64Array(2);
const REST = logDoubleRest;
/**
 * ln(x·2⁻ᵏ) for x·2⁻ᵏ in [√½, √2), x positive and finite: the returned double + REST[0]; k in REST[1]. Order, with sHi, dHi, rHi, zHi, vHi
 * rounded to 24 bits, so that their products are exact: f = m − 1, d = m + 1, i = 1/d, s = f·i (any error of s is made good by sLo);
 * s² = zHi + zLo; R = rHi + rLo; v = z·R = vHi + vLo; 2·sHi + sHi·vHi and the rest.
 */
export function logDoubleMantissa(x) {
  const subnormal = x < 2.2250738585072014e-308;
  const y = subnormal ? x * 18014398509481984 : x;
  const k = logExponent(y);
  const m = y * POWERS[ONE - k];
  const f = m - 1;
  const d = m + 1;
  const i = 1 / d;
  const sHi = Math.fround(f * i);
  const dHi = Math.fround(d);
  const sLo = (f - sHi * dHi - sHi * (m - (dHi - 1))) * i;
  const s = sHi + sLo;
  const square = sHi * sHi;
  const squareLo = sLo * (s + sHi);
  const z = square + squareLo;
  const w = z * z;
  const q = z * (Q0 + Q1 * z + w * (Q2 + Q3 * z) + w * w * (Q4 + Q5 * z + w * (Q6 + Q7 * z)));
  const rHi = Math.fround(T_HI + q);
  const rLo = q - (rHi - T_HI) + T_LO;
  const zHi = Math.fround(z);
  const zLo = square - zHi + squareLo;
  const v = zHi * rHi;
  const vRest = zLo * rHi + z * rLo;
  const vHi = Math.fround(v);
  const vLo = v - vHi + vRest;
  const a = 2 * sHi;
  const b = sHi * vHi;
  const sum = a + b;
  const rest = a - sum + b + (2 * sLo + (sLo * vHi + s * vLo));
  const hi = sum + rest;
  REST[0] = sum - hi + rest;
  REST[1] = subnormal ? k - 54 : k;
  return hi;
}
/** ln x for positive finite x: the returned double + REST[0]. */
export function logDouble(x) {
  const m = logDoubleMantissa(x);
  const k = REST[1];
  const a = k * LN2_HI;
  const hi = a + m;
  REST[0] = a - hi + m + (REST[0] + k * LN2_LO);
  return hi;
}
