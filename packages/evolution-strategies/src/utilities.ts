// Ranks instead of values: what makes a natural gradient invariant under increasing maps of f.
//
// Wierstra, Schaul, Glasmachers, Sun, Peters & Schmidhuber, "Natural Evolution Strategies", JMLR 15, 2014, section 3.1.
import { log } from "@basin/math";

/** u_k = max(0, ln(λ/2 + 1) − ln k) / Σ − 1/λ for rank k, best first: they sum to 0. Shape [λ]. */
export function utilities(lambda: number): Float64Array {
  const raw = Float64Array.from({ length: lambda }, (_, i) => Math.max(0, log(lambda / 2 + 1) - log(i + 1)));
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((u) => u / total - 1 / lambda);
}
