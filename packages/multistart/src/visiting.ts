// Generalized simulated annealing's three laws: how temperature falls, how steps are drawn, and which are taken.
//
// Tsallis & Stariolo, "Generalized Simulated Annealing", Physica A 233, 1996; Xiang, Sun, Fan & Gong, "Generalized simulated annealing algorithm and its
// application to the Thomson model", Physics Letters A 233, 1997; Bailey, "Polar Generation of Random Variates with the t-Distribution",
// Mathematics of Computation 62, 1994.
import { cos, expm1, log, pow } from "@basin/math";
import type { Rng } from "@basin/random";

/** T(t) / T(1) = (2^{q−1} − 1) / ((1 + t)^{q−1} − 1) for t = 1, 2, … and 1 < q < 3 (1996, eq. 8). */
export function cooled(time: number, q: number): number {
  return expm1((q - 1) * log(2)) / expm1((q - 1) * log(1 + time));
}

/**
 * A step with the density ∝ (1 + (q − 1) x² / s²)^{−1/(q − 1)}, s = T^{1/(3 − q)} (1996, eq. 7, in one dimension): Student's t of ν = (3 − q)/(q − 1)
 * degrees of freedom, times s / √(3 − q). Drawn by Bailey's polar method. ±Infinity in the farthest tail.
 */
export function visit(temperature: number, q: number, rng: Rng): number {
  const degrees = (3 - q) / (q - 1);
  // 1 − u is in (0, 1]
  const radius = Math.sqrt(degrees * (pow(1 - rng.uniform(), -2 / degrees) - 1));
  const t = radius * cos(2 * Math.PI * rng.uniform());
  return (pow(temperature, 1 / (3 - q)) / Math.sqrt(3 - q)) * t;
}

/** [1 − (1 − q) rise / T]^{1/(1 − q)}, 0 where the bracket is negative (1996, eq. 5): what Metropolis' rule becomes for q ≠ 1. */
export function accepted(rise: number, temperature: number, q: number): number {
  if (rise <= 0) return 1;
  if (!(rise < Infinity) || !(temperature > 0)) return 0;
  const bracket = 1 - ((1 - q) * rise) / temperature;
  return bracket > 0 ? pow(bracket, 1 / (1 - q)) : 0;
}
