// The percentile bootstrap (Efron 1979; Efron and Tibshirani 1993, ch. 13): how much a statistic moves when the sample is drawn again from itself.
import type { Rng } from "@basin/random";
import type { Interval } from "./interval.ts";
import { quantile, sortedLosses } from "./quantile.ts";

export interface BootstrapOptions {
  /** The same stream gives the same interval. */
  readonly rng: Rng;
  /** Default 0.95. */
  readonly level?: number;
  /** Default 2000. */
  readonly resamples?: number;
}

/**
 * A statistic of a sample with its interval. +Infinity may come out of the statistic and then takes its place above every
 * number, which the percentile method allows and those that add and subtract do not; NaN counts as +Infinity. For few
 * observations (below ten or so) the interval is narrower than its level says.
 * @throws RangeError for an empty sample or a level outside of (0, 1).
 */
export function bootstrap<T>(
  sample: readonly T[],
  statistic: (resample: readonly T[]) => number,
  { rng, level = 0.95, resamples = 2000 }: BootstrapOptions,
): Interval {
  const n = sample.length;
  if (n === 0) throw new RangeError("bootstrap: the sample is empty; give at least one observation.");
  if (!(level > 0 && level < 1))
    throw new RangeError(`bootstrap: the level is ${level}; give a number between 0 and 1.`);
  const resample = sample.slice();
  const statistics = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < n; i++) resample[i] = sample[rng.integer(n)]!;
    statistics[r] = statistic(resample);
  }
  const sorted = sortedLosses(statistics);
  const tail = (1 - level) / 2;
  return {
    estimate: statistic(sample),
    low: quantile(sorted, tail),
    high: quantile(sorted, 1 - tail),
    level,
  };
}
