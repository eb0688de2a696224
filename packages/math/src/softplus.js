// Smooth maxima: softplus and logaddexp, each a logarithm of a sum of exponentials.
import { ONE, powersOfTwo } from "./bits.js";
import { expRest, expParts } from "./exp.js";
import { logExponent, logSum } from "./log.js";
const REST = expRest;
const POWERS = powersOfTwo;
/** ln(1 + e⁻ᵃ) for a ≥ 0. h + l = e⁻ᵃ in two doubles; u = 1 + h; d = (h − (u − 1)) + l; logSum(u·2⁻ᵏ − 1, k, d / u), k = 0 or 1. */
function logOnePlusExp(a) {
  if (a > 746) return 0;
  const h = expParts(-a);
  const u = 1 + h;
  const d = h - (u - 1) + REST[0];
  const k = logExponent(u);
  return logSum(u * POWERS[ONE - k] - 1, k, d / u);
}
/** ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), within 1.5 ulp. softplus(−∞) = 0, softplus(∞) = ∞. */
export function softplus(x) {
  if (x !== x) return x;
  return x > 0 ? x + logOnePlusExp(x) : logOnePlusExp(-x);
}
/**
 * ln(eᵃ + eᵇ) = max + ln(1 + e^−|a − b|). Within 1.5 ulp where the result is not small against max(|a|, |b|); near its zeros the error
 * is a rounding error of that maximum. NaN if either is; −∞ only if both are.
 */
export function logaddexp(a, b) {
  if (a === b) return a + logOnePlusExp(0); // also where both are infinite
  const distance = Math.abs(a - b);
  if (distance !== distance) return NaN;
  return (a > b ? a : b) + logOnePlusExp(distance);
}
