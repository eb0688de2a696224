// Linear ranking: the chance falls in a line from the best rank to the worst (Baker 1985).
import type { Selection } from "./selection.ts";

/**
 * Rank r of N is drawn with probability (s − 2 (s − 1) r / (N − 1)) / N, where the pressure s, 1 < s ≤ 2, is how many
 * times the average the best is chosen.
 */
export function rank(pressure: number): Selection {
  return (_, count) => {
    const slope = count > 1 ? (2 * (pressure - 1)) / (count - 1) : 0;
    // by rejection: a rank is proposed, and kept with its probability over that of the best
    return (rng) => {
      for (;;) {
        const r = rng.integer(count);
        if (rng.uniform() * pressure < pressure - slope * r) return r;
      }
    };
  };
}
