// Friedman's test of several methods over the same blocks (1937), and Nemenyi's critical difference between mean ranks (1963; as used by Demšar 2006).
import { chiSquareUpper } from "./chi-square.ts";
import { midranks, tieTerm } from "./ranks.ts";
import { rangeQuantile } from "./studentized-range.ts";

export interface Friedman {
  /** Of each method, 1 the lowest value. Shape [k]. */
  readonly meanRanks: Float64Array;
  /** Corrected for ties; its p-value is from chi-square with k − 1 degrees of freedom. */
  readonly statistic: number;
  readonly p: number;
}

/**
 * blocks[i][j]: the value of method j in block i (a problem, a seed). +Infinity is a value and NaN counts as it, so that lost
 * runs rank last together.
 * @throws RangeError for fewer than two methods, no blocks, or blocks of different lengths.
 */
export function friedman(blocks: readonly ArrayLike<number>[]): Friedman {
  const n = blocks.length;
  const k = blocks[0]?.length ?? 0;
  if (k < 2 || blocks.some((block) => block.length !== k))
    throw new RangeError(
      `friedman: ${n} blocks of ${k} methods; give at least two methods, all in each block.`,
    );
  const meanRanks = new Float64Array(k);
  let tied = 0;
  for (const block of blocks) {
    const { ranks, ties } = midranks(block);
    for (let j = 0; j < k; j++) meanRanks[j]! += ranks[j]! / n;
    tied += tieTerm(ties);
  }
  let squares = 0;
  for (const rank of meanRanks) squares += (rank - (k + 1) / 2) * (rank - (k + 1) / 2);
  const correction = 1 - tied / (n * (k * k * k - k));
  // all tied in every block: no difference at all
  const statistic = correction === 0 ? 0 : ((12 * n) / (k * (k + 1))) * (squares / correction);
  return { meanRanks, statistic, p: chiSquareUpper(statistic, k - 1) };
}

/** Mean ranks over n blocks of k methods that are further apart than this differ at the level. */
export function nemenyiDifference(k: number, n: number, level = 0.05): number {
  return (rangeQuantile(1 - level, k) / Math.SQRT2) * Math.sqrt((k * (k + 1)) / (6 * n));
}

/** The bars of a critical-difference diagram: methods, best first, that do not differ; each group as large as it can be, and none within another. */
export function indistinct(meanRanks: ArrayLike<number>, difference: number): number[][] {
  const order = Array.from(meanRanks, (_, i) => i).sort((a, b) => meanRanks[a]! - meanRanks[b]!);
  const groups: number[][] = [];
  let reached = 0;
  for (let from = 0; from < order.length; from++) {
    let to = from;
    while (to < order.length && meanRanks[order[to]!]! - meanRanks[order[from]!]! <= difference) to++;
    if (to - from > 1 && to > reached) groups.push(order.slice(from, to));
    reached = Math.max(reached, to);
  }
  return groups;
}
