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

/** Whether row i of one matrix is nearer to row j of another than `reach`. Coordinates are looked at until they have settled it. */
function isNear(a: Vector, i: number, b: Vector, j: number, n: number, reach: number): boolean {
  // so much beyond that no rounding brings the root back
  const beyond = reach * reach * (1 + 1e-9);
  let sum = 0;
  for (let k = 0, at = i * n, to = j * n; k < n; k++, at++, to++) {
    const d = a[at]! - b[to]!;
    sum += d * d;
    if (sum > beyond) return false;
  }
  return Math.sqrt(sum) < reach;
}

/** Indices of the `count` lowest values, best first; equal values by index. */
function lowest(values: Vector, count: number): Int32Array {
  // sorted without indices first, which costs a tenth of sorting these
  const limit = values.slice().sort()[count - 1]!;
  const chosen: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i]! <= limit) chosen.push(i);
  const order = Int32Array.from(chosen).sort((a, b) =>
    values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b,
  );
  return order.subarray(0, count);
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
  const promising = Math.max(1, Math.ceil(share * values.length));
  const order = lowest(values, promising);
  for (let rank = 0; rank < promising; rank++) {
    const i = order[rank]!;
    if (used[i] === 1 || values[i] === Infinity) continue;
    let excluded = false;
    for (let better = 0; better < rank && !excluded; better++)
      excluded = isNear(points, i, points, order[better]!, n, reach);
    for (let k = 0; k < minima.length / n && !excluded; k++)
      excluded = isNear(points, i, minima, k, n, reach / 2);
    if (!excluded) return i;
  }
  return -1;
}
