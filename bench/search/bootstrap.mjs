// A percentile bootstrap of a ratio of medians (Efron 1979): how far it would move, had other seeds been drawn.
import { rngOf, rootKey } from "@basin/random";

/** Median with misses as +Infinity. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  if (sorted.length % 2 === 1 || sorted[middle - 1] === sorted[middle]) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

const RESAMPLES = 10_000;

/** The interval that 95 % of the ratios of medians, ours over theirs, of resamples of both lie in. The same values give the same interval. */
export function ratioInterval(ours, theirs) {
  const rng = rngOf(rootKey("bootstrap"));
  const resampled = (values) => median(values.map(() => values[Math.floor(rng.uniform() * values.length)]));
  const ratios = Float64Array.from({ length: RESAMPLES }, () => resampled(ours) / resampled(theirs)).sort();
  return [ratios[Math.floor(0.025 * RESAMPLES)], ratios[Math.ceil(0.975 * RESAMPLES) - 1]];
}
