// The quantiles that tables name, each with a bootstrap interval; runs that diverged (+Infinity) are among the values.
import { bootstrap, type BootstrapOptions } from "./bootstrap.ts";
import type { Interval } from "./interval.ts";
import { quantile, sortedLosses } from "./quantile.ts";

const NAMED = { q10: 0.1, q25: 0.25, median: 0.5, q75: 0.75, q90: 0.9 } as const;

export type QuantileName = keyof typeof NAMED;

/** One quantile with its interval. */
export function quantileInterval(values: readonly number[], p: number, options: BootstrapOptions): Interval {
  return bootstrap(values, (sample) => quantile(sortedLosses(sample), p), options);
}

/** All of them; each from the stream below `rng` that has its name, so that none depends on which others are asked for. */
export function namedQuantiles(
  values: readonly number[],
  options: BootstrapOptions,
): Readonly<Record<QuantileName, Interval>> {
  const entries = Object.entries(NAMED).map(([name, p]) => [
    name,
    quantileInterval(values, p, { ...options, rng: options.rng.fork(name) }),
  ]);
  return Object.fromEntries(entries) as Record<QuantileName, Interval>;
}
