// Tournament selection: the best of k members drawn with replacement (Goldberg & Deb 1991).
import type { Selection } from "./selection.ts";

/** Rank r of N wins with probability ((N − r)ᵏ − (N − r − 1)ᵏ) / Nᵏ. */
export function tournament(k: number): Selection {
  return (_, count) => (rng) => {
    let winner = rng.integer(count);
    for (let i = 1; i < k; i++) winner = Math.min(winner, rng.integer(count));
    return winner;
  };
}
