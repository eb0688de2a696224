// Simulated restarts (Hansen et al. 2009 and 2016, COCO): the runtimes of a method that begins anew whenever a run ends without reaching the target.
import type { Rng } from "@basin/random";
import type { Runtime } from "./runtime.ts";

/**
 * `count` runtimes, +Infinity where no run ever reached the target. The first attempts are the runs in turn, each as often as
 * the others, so that runs that all succeed give their own runtimes and no luck; what follows a failure is drawn at random
 * among all runs until one succeeds. Shape [count].
 */
export function simulatedRestarts(runs: readonly Runtime[], count: number, rng: Rng): Float64Array {
  const out = new Float64Array(count).fill(Infinity);
  if (!runs.some(({ reached }) => reached)) return out;
  for (let i = 0; i < count; i++) {
    let attempt = runs[i % runs.length]!;
    let spent = attempt.cost;
    while (!attempt.reached) {
      attempt = runs[rng.integer(runs.length)]!;
      spent += attempt.cost;
    }
    out[i] = spent;
  }
  return out;
}
