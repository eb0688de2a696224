// The range of k standard normal numbers: the studentized range with infinitely many degrees of freedom (Tukey 1953), which Nemenyi's test needs.
import { normalCdf, normalDensity } from "./normal.ts";

/** Beyond this the density of a standard normal is below 10⁻¹⁷. */
const REACH = 9;
/** The trapezoid rule converges exponentially for such integrands: at this step its error is below the last digit. */
const STEP = 1 / 32;

/** P(max − min ≤ w) of k numbers: k ∫ φ(z) (Φ(z) − Φ(z − w))ᵏ⁻¹ dz. */
export function rangeCdf(w: number, k: number): number {
  if (w <= 0) return 0;
  let sum = 0;
  for (let z = -REACH; z <= REACH; z += STEP) {
    const within = normalCdf(z) - normalCdf(z - w);
    let power = 1;
    for (let i = 1; i < k; i++) power *= within;
    sum += normalDensity(z) * power;
  }
  return Math.min(1, k * STEP * sum);
}

/** The w with P(max − min ≤ w) = p, to about 12 digits; 0 < p < 1, k ≥ 2. */
export function rangeQuantile(p: number, k: number): number {
  let [low, high] = [0, 1];
  while (rangeCdf(high, k) < p && high < 64) high *= 2;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (rangeCdf(middle, k) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
