// Expected running time of a method that is restarted until it succeeds (Hoos and Stützle 1998; Price 1997; Hansen et al. 2009, COCO's ERT).
import { bootstrap, type BootstrapOptions } from "./bootstrap.ts";
import type { Interval } from "./interval.ts";
import type { Runtime } from "./runtime.ts";

/**
 * All that all runs spent up to the target or their end, divided by the number of those that reached it. What runs that failed have spent
 * counts; +Infinity where none reached it, NaN for no runs.
 */
export function ert(runs: readonly Runtime[]): number {
  let [spent, successes] = [0, 0];
  for (const { cost, reached } of runs) {
    spent += cost;
    if (reached) successes++;
  }
  return runs.length === 0 ? Number.NaN : successes === 0 ? Infinity : spent / successes;
}

/** ERT over runs that are drawn again: `high` is +Infinity where a resample may well hold no success. */
export function ertInterval(runs: readonly Runtime[], options: BootstrapOptions): Interval {
  return bootstrap(runs, ert, options);
}
