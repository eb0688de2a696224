// The test of Mann and Whitney (1947) of two independent samples: exact for small ones (with ties the distribution given the ties), normal otherwise.
import { normalTwoSided } from "./normal.ts";
import { midranks, tieTerm } from "./ranks.ts";

export interface MannWhitneyOptions {
  /** Default: for up to 50 values in all. Else the normal approximation with the corrections for ties and for continuity. */
  readonly exact?: boolean;
}

export interface RankSum {
  /** Pairs (x, y) with x > y, equal ones counted half. */
  readonly u: number;
  /** Two-sided. */
  readonly p: number;
  readonly exact: boolean;
}

const EXACT_UP_TO = 50;

/**
 * Whether one of two samples is larger than the other. +Infinity is a value (runs that were lost are tied at the end), and
 * NaN counts as it.
 * @throws RangeError for an empty sample.
 */
export function mannWhitney(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: MannWhitneyOptions = {},
): RankSum {
  const [m, n] = [x.length, y.length];
  if (m === 0 || n === 0)
    throw new RangeError(`mannWhitney: ${m} and ${n} values; give at least one of each.`);
  const { ranks, ties } = midranks([...Array.from(x), ...Array.from(y)]);
  let sum = 0;
  for (let i = 0; i < m; i++) sum += ranks[i]!;
  const u = sum - (m * (m + 1)) / 2;
  const exact = options.exact ?? m + n <= EXACT_UP_TO;
  return { u, p: exact ? exactTwoSided(ranks, m, sum) : approximate(u, m, n, ties), exact };
}

/** Of all choices of m among the ranks, the share whose sum is as far out as this one, doubled. */
function exactTwoSided(ranks: Float64Array, m: number, sum: number): number {
  // halves of halves are whole; ways[j][s]: to choose j of those so far with doubled sum s
  const doubled = Array.from(ranks, (rank) => Math.round(2 * rank));
  const total = doubled.reduce((all, rank) => all + rank, 0);
  const ways = Array.from({ length: m + 1 }, () => new Float64Array(total + 1));
  ways[0]![0] = 1;
  for (const rank of doubled)
    for (let j = m; j >= 1; j--) {
      const [from, to] = [ways[j - 1]!, ways[j]!];
      for (let s = total; s >= rank; s--) to[s]! += from[s - rank]!;
    }
  const target = Math.round(2 * sum);
  let [below, above, all] = [0, 0, 0];
  for (const [s, count] of ways[m]!.entries()) {
    all += count;
    if (s <= target) below += count;
    if (s >= target) above += count;
  }
  return Math.min(1, (2 * Math.min(below, above)) / all);
}

function approximate(u: number, m: number, n: number, ties: readonly number[]): number {
  const all = m + n;
  const variance = ((m * n) / 12) * (all + 1 - tieTerm(ties) / (all * (all - 1)));
  if (variance <= 0) return 1;
  const away = Math.abs(u - (m * n) / 2);
  return normalTwoSided(Math.max(0, away - 0.5) / Math.sqrt(variance));
}
