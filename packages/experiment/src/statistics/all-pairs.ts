// All pairs of several methods: a test each, corrected by Holm over all of them, with the size of the effect.
import { a12 } from "./a12.ts";
import { holm } from "./holm.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

export interface Comparison {
  /** Which two: numbers of samples, first < second. */
  readonly first: number;
  readonly second: number;
  /** Two-sided, as the test gives it, and corrected over all pairs. */
  readonly p: number;
  readonly adjusted: number;
  /** How likely the first is to be larger (equal counts half): of losses, below ½ speaks for the first. */
  readonly a12: number;
}

/**
 * "paired": samples[j][i] is of block i (the same seed), by Wilcoxon's signed-rank test. "independent": by Mann and
 * Whitney's. In the order (0, 1), (0, 2) … (1, 2) …
 */
export function allPairs(
  samples: readonly ArrayLike<number>[],
  test: "paired" | "independent",
): Comparison[] {
  const found = samples.flatMap((x, first) =>
    samples.slice(first + 1).map((y, more) => ({
      first,
      second: first + 1 + more,
      p: (test === "paired" ? wilcoxonSignedRank(x, y) : mannWhitney(x, y)).p,
      a12: a12(x, y),
    })),
  );
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((pair, i) => ({ ...pair, adjusted: adjusted[i]! }));
}
