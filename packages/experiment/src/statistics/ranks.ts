// Midranks: the rank of each value among all, equal ones sharing the mean of theirs; and the sizes of those ties.

export interface Ranks {
  /** From 1, halves where an even number of values are equal. In the order given, shape [n]. */
  readonly ranks: Float64Array;
  /** How many share a value, for each value that more than one has. */
  readonly ties: readonly number[];
}

/** The infinities are values like any other; NaN (a run without a loss) counts as +Infinity, the worst. */
export function midranks(values: ArrayLike<number>): Ranks {
  const at = Float64Array.from(values, (value) => (Number.isNaN(value) ? Infinity : value));
  const order = Array.from(at, (_, i) => i).sort((a, b) => (at[a]! < at[b]! ? -1 : at[a]! > at[b]! ? 1 : 0));
  const ranks = new Float64Array(at.length);
  const ties: number[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && at[order[to]!] === at[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    if (to - from > 1) ties.push(to - from);
  }
  return { ranks, ties };
}

/** Σ (t³ − t): what ties take from the variance of a rank sum. */
export function tieTerm(ties: readonly number[]): number {
  return ties.reduce((sum, t) => sum + (t * t * t - t), 0);
}
