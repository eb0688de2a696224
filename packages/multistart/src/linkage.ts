// Where to start next: the samples from which no better sample is within reach.
//
// Rinnooy Kan & Timmer, "Stochastic Global Optimization Methods, Part II: Multi Level Methods", Mathematical Programming 39, 1987.
import { exp, lgamma, log } from "@basin/math";
import type { Vector } from "@basin/objective";

/** Points with their values, in the unit cube over the region. */
export type Pool = {
  /** Shape [m × n], row-major. */
  readonly points: Vector;
  /** Shape [m]; +Infinity where f failed. */
  readonly values: Vector;
};

/** √ of the squared distance between row i of one matrix and row j of another. */
function distance(a: Vector, i: number, b: Vector, j: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const d = a[i * n + k]! - b[j * n + k]!;
    sum += d * d;
  }
  return Math.sqrt(sum);
}

/** The critical distance after m samples in the unit cube: π^(−1/2) (Γ(1 + n/2) σ ln m / m)^(1/n) (their eq. 35). */
export function criticalDistance(samples: number, n: number, sigma: number): number {
  const logOfBall = lgamma(1 + n / 2) + log((sigma * log(Math.max(2, samples))) / samples);
  return exp(logOfBall / n) / Math.sqrt(Math.PI);
}

/**
 * The best sample of the most promising `share` that nothing excludes: no better sample and no known minimum within the critical distance,
 * and no local search has begun at it. −1 if there is none. `minima`: shape [any × n]; `used[i]` is 1 where a search began.
 */
export function nextStart(
  { points, values }: Pool,
  used: Readonly<Uint8Array>,
  minima: Vector,
  share: number,
  reach: number,
  n: number,
): number {
  const m = values.length;
  const order = Int32Array.from(values.keys()).sort((a, b) =>
    values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b,
  );
  const promising = Math.max(1, Math.ceil(share * m));
  for (let rank = 0; rank < promising; rank++) {
    const i = order[rank]!;
    if (used[i] === 1 || values[i] === Infinity) continue;
    let excluded = false;
    for (let better = 0; better < rank && !excluded; better++)
      excluded = distance(points, i, points, order[better]!, n) < reach;
    for (let k = 0; k < minima.length / n && !excluded; k++)
      excluded = distance(points, i, minima, k, n) < reach / 2;
    if (!excluded) return i;
  }
  return -1;
}
