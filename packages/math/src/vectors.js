// Functions of a whole array: sums in a fixed order, scaled so that nothing overflows.
import { ONE, powersOfTwo } from "./bits.js";
import { exp } from "./exp.js";
import { log } from "./log.js";
const POWERS = powersOfTwo;
/**
 * ln Σ e^(xᵢ) = m + ln Σ e^(xᵢ − m), m the largest; summed from the first to the last. −∞ for an empty array, NaN if any is.
 * @param x shape [n]
 */
export function logsumexp(x) {
  let m = -Infinity;
  for (let i = 0; i < x.length; i++) m = Math.max(m, x[i]);
  if (!(Math.abs(m) < Infinity)) return m;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += exp(x[i] - m);
  return m + log(sum);
}
/**
 * Euclidean length √Σ xᵢ², summed from the first to the last; scaled by a power of two where the squares would over- or underflow. Infinite
 * if an entry is, else NaN if one is.
 * @param x shape [n]
 */
export function norm(x) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  if (sum > 1e-280 && sum < Infinity) return Math.sqrt(sum);
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    if (Math.abs(x[i]) === Infinity) return Infinity;
    largest = Math.max(largest, Math.abs(x[i]));
  }
  if (!(largest > 0)) return largest;
  const scale = POWERS[largest > 1 ? ONE - 600 : ONE + 600];
  sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * scale * (x[i] * scale);
  return Math.sqrt(sum) / scale;
}
