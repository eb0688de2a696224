// How many more seeds would tell two methods apart: the power of the signed-rank test, by simulation from the pairs seen so far.
import type { Rng } from "@basin/random";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

export interface PowerOptions {
  readonly rng: Rng;
  /** A p-value at or below it tells. Default 0.05. */
  readonly level?: number;
  /** Default 400: the power is known to about ±0.04. */
  readonly simulations?: number;
}

/**
 * The share of simulated experiments in which `pairs` pairs tell, each drawn anew from those seen (a[i], b[i]).
 * @throws RangeError for no pairs, or not as many of one as of the other.
 */
export function power(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  pairs: number,
  { rng, level = 0.05, simulations = 400 }: PowerOptions,
): number {
  const n = a.length;
  if (n === 0 || b.length !== n)
    throw new RangeError(`power: ${n} and ${b.length} values; give pairs, at least one.`);
  let told = 0;
  const [x, y] = [new Float64Array(pairs), new Float64Array(pairs)];
  for (let s = 0; s < simulations; s++) {
    // a stream a simulation: with more pairs it sees the same pairs first, so that power hardly ever falls by chance
    const draws = rng.fork(s);
    for (let i = 0; i < pairs; i++) {
      const at = draws.integer(n);
      x[i] = a[at]!;
      y[i] = b[at]!;
    }
    if (wilcoxonSignedRank(x, y).p <= level) told++;
  }
  return told / simulations;
}

export interface MoreSeeds {
  /** Seeds beyond those there are: 0 where an experiment of the same size would tell. */
  readonly more: number;
  /** Of an experiment with so many. */
  readonly power: number;
}

export interface MoreSeedsOptions extends PowerOptions {
  /** Default 0.8. */
  readonly wanted?: number;
  /** Seeds in all, beyond which it is not looked. Default 500. */
  readonly most?: number;
}

/**
 * The fewest more seeds after which an experiment would tell with the wanted power, if the difference is what it seems;
 * undefined where not even `most` would. Of few pairs that all lean one way it says little: they seem to differ for sure.
 */
export function moreSeeds(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: MoreSeedsOptions,
): MoreSeeds | undefined {
  const { wanted = 0.8, most = 500 } = options;
  const n = a.length;
  const at = (pairs: number): number => power(a, b, pairs, options);
  if (at(n) >= wanted) return { more: 0, power: at(n) };
  // doubled until it suffices, then halved in between: power rises with the number of pairs
  let [low, high] = [n, Math.min(2 * n, most)];
  while (high < most && at(high) < wanted) [low, high] = [high, Math.min(2 * high, most)];
  if (high <= low || at(high) < wanted) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(middle) < wanted) low = middle;
    else high = middle;
  }
  return { more: high - n, power: at(high) };
}
