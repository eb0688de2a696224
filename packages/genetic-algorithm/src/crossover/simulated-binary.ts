// SBX: children as far from their mean as one-point crossover of binary strings would put them (Deb & Agrawal 1995).
import { pow } from "@basin/math";
import type { Crossover } from "./crossover.ts";

/**
 * In each coordinate, with probability 1/2: children at ½ (a + b) ± ½ β (a − b), where β = (2u)^(1/(η+1)) for u ≤ ½ and
 * (1 / (2 − 2u))^(1/(η+1)) beyond. The larger the index η, the nearer the children are to the parents.
 */
export function simulatedBinary(index: number): Crossover {
  const power = 1 / (index + 1);
  return (parents, a, b, children, c, n, rng) => {
    let coins = 0;
    for (let j = 0; j < n; j++) {
      if ((j & 15) === 0) coins = rng.bits();
      const [crossed, exchanged] = [(coins & 1) === 1, (coins & 2) === 2];
      coins >>>= 2;
      let [x, y] = [parents[a + j]!, parents[b + j]!];
      if (crossed && x !== y) {
        const u = rng.uniform();
        const beta = u <= 0.5 ? pow(2 * u, power) : pow(1 / (2 - 2 * u), power);
        const [middle, half] = [0.5 * x + 0.5 * y, 0.5 * beta * (x - y)];
        x = middle + half;
        y = middle - half;
      }
      // which child is near which parent is a coin's toss too
      children[c + j] = exchanged ? y : x;
      children[c + n + j] = exchanged ? x : y;
    }
  };
}
