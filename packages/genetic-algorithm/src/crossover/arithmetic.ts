// Arithmetic crossover: both children lie on the line between the parents (Michalewicz 1992); with an extension beyond
// them it is the extended line of Mühlenbein & Schlierkamp-Voosen (1993).
import type { Crossover } from "./crossover.ts";

/** Children w a + (1 − w) b and (1 − w) a + w b, with w uniform in [−extension, 1 + extension]. No axis is preferred. */
export function arithmetic(extension: number): Crossover {
  return (parents, a, b, children, c, n, rng) => {
    const w = rng.uniform() * (1 + 2 * extension) - extension;
    for (let j = 0; j < n; j++) {
      const [x, y] = [parents[a + j]!, parents[b + j]!];
      children[c + j] = y + w * (x - y);
      children[c + n + j] = x + w * (y - x);
    }
  };
}
