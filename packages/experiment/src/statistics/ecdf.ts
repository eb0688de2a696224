// The empirical distribution of runtimes over targets (a data profile: Moré and Wild 2009; Hansen et al. 2016, COCO): which share of all (problem, target) pairs is solved within a cost.
import type { Rng } from "@basin/random";
import { simulatedRestarts } from "./restarts.ts";
import type { Runtime } from "./runtime.ts";

/** A step function: the share is 0 below `cost[0]`, and `share[i]` from `cost[i]` on. Shapes [m]; costs rise strictly. */
export interface Ecdf {
  readonly cost: Float64Array;
  readonly share: Float64Array;
  /** How many runtimes it is made of, those that are +Infinity included: the share never exceeds what was reached. */
  readonly n: number;
}

/** Of runtimes; +Infinity (never reached) counts in the denominator and nowhere else. */
export function ecdf(runtimes: Iterable<number>): Ecdf {
  const sorted = Float64Array.from(runtimes, (value) => (Number.isNaN(value) ? Infinity : value)).sort();
  const [cost, share]: [number[], number[]] = [[], []];
  for (let i = 0; i < sorted.length && sorted[i]! < Infinity; i++) {
    if (sorted[i] === sorted[i + 1]) continue;
    cost.push(sorted[i]!);
    share.push((i + 1) / sorted.length);
  }
  return { cost: Float64Array.from(cost), share: Float64Array.from(share), n: sorted.length };
}

/** The share solved within a cost. */
export function shareWithin({ cost, share }: Ecdf, within: number): number {
  let [low, high] = [0, cost.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cost[middle]! <= within) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : share[low - 1]!;
}

export interface RuntimeEcdfOptions {
  /** For the restarts. */
  readonly rng: Rng;
  /** Restarted runtimes for each pair. Default 100, and at least one for each of its runs. */
  readonly samples?: number;
}

/** Over pairs of problem and target, each with the runs it was tried in; every pair weighs the same. */
export function runtimeEcdf(pairs: readonly (readonly Runtime[])[], options: RuntimeEcdfOptions): Ecdf {
  const { rng, samples = 100 } = options;
  // one number for all pairs, or those with more runs would weigh more
  const count = Math.max(samples, ...pairs.map((runs) => runs.length));
  const runtimes = pairs.flatMap((runs, i) => [...simulatedRestarts(runs, count, rng.fork(i))]);
  return ecdf(runtimes);
}
