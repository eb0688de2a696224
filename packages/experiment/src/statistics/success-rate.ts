// The share of runs that reached a target, with Wilson's score interval (1927), which holds its level for few runs and near 0 and 1.
import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * Wilson's interval for `successes` of `n`.
 * @throws RangeError unless 0 ≤ successes ≤ n and n ≥ 1.
 */
export function successRate(successes: number, n: number, level = 0.95): Interval {
  if (!(n >= 1 && successes >= 0 && successes <= n))
    throw new RangeError(`successRate: ${successes} of ${n}; give at least one run.`);
  const z = normalQuantile((1 + level) / 2);
  const share = successes / n;
  const z2 = (z * z) / n;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (z / (1 + z2)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n));
  return {
    estimate: share,
    // exact at the ends, where the two terms cancel but for rounding
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
    level,
  };
}
