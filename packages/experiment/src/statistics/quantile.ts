// Quantiles by linear interpolation (Hyndman and Fan 1996, type 7: the default of R and NumPy), with +Infinity as a value.

/**
 * The p-quantile of numbers that are sorted upwards; +Infinity (a run that diverged) is the largest number, and a quantile
 * that leans on it is +Infinity, so that no failure lowers a quantile. NaN for no numbers.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const at = (n - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const weight = at - below;
  if (weight === 0) return low;
  const high = sorted[below + 1]!;
  // the difference of two infinities is NaN, and that of two finite numbers may overflow
  if (high === low || high === Infinity) return high;
  const between = high - low;
  return between < Infinity ? low + weight * between : low * (1 - weight) + high * weight;
}

/** Numbers sorted upwards, +Infinity last: a copy. NaN counts as +Infinity. */
export function sortedLosses(values: Iterable<number>): Float64Array {
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? Infinity : value)).sort();
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: Iterable<number>): number {
  return quantile(sortedLosses(values), 0.5);
}
