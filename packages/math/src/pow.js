// xʸ = e^(y·ln x), the logarithm and the product in two doubles.
import { expTail, scale } from "./exp.js";
import { EXP, MAGIC } from "./kernels.js";
import { logDouble, logDoubleRest } from "./log-double.js";
const { log2e: LOG2E, ln2Hi: LN2_HI, ln2Lo: LN2_LO } = EXP;
const REST = logDoubleRest;
/**
 * xʸ, within 1 ulp; exact where the result is representable with bits to spare. Special cases as in C (Annex F), which differs from
 * Math.pow: pow(1, y) = 1 and pow(−1, ±∞) = 1 even for y = NaN. pow(x, ±0) = 1; x < 0 needs a whole y, else NaN.
 * Order: l + lLo = ln |x|; yHi, lHi of 24 bits; p = yHi·lHi (exact), b = y·(l − lHi + lLo) + (y − yHi)·lHi; k = round((p + b)·log₂e);
 * h = p − k·ln2Hi (exact), low = b − k·ln2Lo; r = h + low, c = (h − r) + low; then as exp.
 */
export function pow(x, y) {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x);
  // −1 for a negative base with an odd exponent
  let sign = 1;
  if (x < 0 || (x === 0 && 1 / x < 0)) {
    if (isOdd(y)) sign = -1;
    else if (x < 0 && size !== Infinity && Math.abs(y) < 9007199254740992 && Math.floor(y) !== y) return NaN;
  }
  if (size === 1) return sign;
  if (size === 0 || size === Infinity || Math.abs(y) > 3.6893488147419103e19) {
    // |ln x| ≥ 2⁻⁵³, so that a |y| > 2⁶⁵ over- or underflows
    return sign * (size > 1 === y > 0 ? Infinity : 0);
  }
  const l = logDouble(size);
  const lHi = Math.fround(l);
  const yHi = Math.fround(y);
  const p = yHi * lHi;
  const b = y * (l - lHi + REST[0]) + (y - yHi) * lHi;
  const sum = p + b;
  if (sum > 710 || sum < -746) return sign * (sum > 0 ? Infinity : 0);
  const k = sum * LOG2E + MAGIC - MAGIC;
  const h = p - k * LN2_HI;
  const low = b - k * LN2_LO;
  const r = h + low;
  const a = 1 + r;
  return sign * scale(a + (r - (a - 1) + expTail(r, h - r + low)), k | 0);
}
function isOdd(y) {
  const half = y / 2;
  return Math.abs(y) < 9007199254740992 && Math.floor(y) === y && Math.floor(half) !== half;
}
