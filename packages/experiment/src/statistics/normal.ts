// The standard normal distribution, from erfc.
import { erfc, exp, log } from "@basin/math";

const ROOT_PI = 1.772453850905516;

/** P(Z ≤ z), with full relative precision on the left. */
export function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/** P(|Z| ≥ |z|). */
export function normalTwoSided(z: number): number {
  return Math.min(1, erfc(Math.abs(z) / Math.SQRT2));
}

export function normalDensity(z: number): number {
  return exp(-(z * z) / 2) / (Math.SQRT2 * ROOT_PI);
}

/**
 * The z with P(Z ≤ z) = p. −Infinity and Infinity at 0 and 1.
 * @throws RangeError unless 0 ≤ p ≤ 1.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile: p is ${p}; give a number from 0 to 1.`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return -Infinity;
  // Φ(−t) ≤ exp(−t²/2)/2 puts the beginning left of the answer; log Φ is concave, so Newton comes from there, doubling its digits each time
  let z = -Math.sqrt(-2 * log(2 * p));
  for (let i = 0; i < 60; i++) {
    const tail = normalCdf(z);
    const step = ((log(p) - log(tail)) * tail) / normalDensity(z);
    if (Math.abs(step) <= 1e-15 * Math.abs(z)) break;
    z += step;
  }
  return z;
}
