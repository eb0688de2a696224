// Uniform crossover: each coordinate is exchanged or not, at the toss of a coin (Syswerda 1989).
import type { Crossover } from "./crossover.ts";

export const uniform: Crossover = (parents, a, b, children, c, n, rng) => {
  let coins = 0;
  for (let j = 0; j < n; j++) {
    // 32 coins at a time
    if ((j & 31) === 0) coins = rng.bits();
    const exchanged = (coins & 1) === 1;
    coins >>>= 1;
    children[c + j] = parents[(exchanged ? b : a) + j]!;
    children[c + n + j] = parents[(exchanged ? a : b) + j]!;
  }
};
