// The mutation current-to-pbest/1 with an archive, binomial crossover, and parameters drawn for each trial: what JADE and
// its successors share.
//
// Zhang & Sanderson, "JADE: Adaptive Differential Evolution With Optional External Archive", IEEE Transactions on
// Evolutionary Computation 13 (5), 2009.
import { tan } from "@basin/math";
import { freshVector, type Box, type Vector } from "@basin/objective";
import type { Rng } from "@basin/random";
import { halfway } from "./bounds.ts";
import { ranking } from "./generation.ts";
import { another } from "./picks.ts";

/** CR ~ N(mean, 0.1), cut to [0, 1] (JADE eq. 7). */
export function drawCrossover(mean: number, rng: Rng): number {
  return Math.min(1, Math.max(0, mean + 0.1 * rng.normal()));
}

/** F ~ Cauchy(location, 0.1): drawn again while ≤ 0, cut at 1 (JADE eq. 10). */
export function drawWeight(location: number, rng: Rng): number {
  for (;;) {
    const weight = location + 0.1 * tan(Math.PI * (rng.uniform() - 0.5));
    if (weight > 0) return Math.min(1, weight);
  }
}

export interface Parents {
  /** Shape [size × n]. */
  readonly rows: Vector;
  /** Shape [size]. */
  readonly values: Vector;
  /** Parents that were replaced, shape [any × n]. */
  readonly archive: Vector;
}

/**
 * v = x + F (x_pbest − x) + F (x_r1 − x̃_r2): x_pbest one of the `elite` best, x̃_r2 from parents and archive (JADE eq. 6).
 * `weights` and `crossovers` are of shape [size]. Result: shape [size × n].
 */
export function currentToPbest(
  { rows, values, archive }: Parents,
  n: number,
  elite: number,
  weights: Vector,
  crossovers: Vector,
  bounds: Box,
  rng: Rng,
): Float64Array {
  const size = values.length;
  const pool = size + archive.length / n;
  const order = ranking(values);
  const trials = rng.fillUniform(freshVector(size * n));
  for (let i = 0; i < size; i++) {
    const best = order[rng.integer(elite)]! * n;
    const first = another(rng, size, i);
    const second = another(rng, pool, i, first);
    const [from, at] = second < size ? [rows, second * n] : [archive, (second - size) * n];
    const [row, plus] = [i * n, first * n];
    const [weight, crossover] = [weights[i]!, crossovers[i]!];
    const certain = rng.integer(n);
    for (let j = 0; j < n; j++) {
      const x = rows[row + j]!;
      const fromMutant = trials[row + j]! < crossover || j === certain;
      trials[row + j] = fromMutant
        ? x + weight * (rows[best + j]! - x) + weight * (rows[plus + j]! - from[at + j]!)
        : x;
    }
    halfway(trials, row, n, bounds, rows);
  }
  return trials;
}

/** The archive with the replaced parents added; beyond `limit`, randomly chosen entries go (JADE, section III-B). Shape [≤ limit × n]. */
export function archived(
  archive: Vector,
  parents: Vector,
  gain: Vector,
  limit: number,
  n: number,
  rng: Rng,
): Float64Array {
  let count = archive.length / n;
  for (let i = 0; i < gain.length; i++) if (gain[i]! > 0) count++;
  const rows = freshVector(count * n);
  rows.set(archive);
  let at = archive.length;
  for (let i = 0; i < gain.length; i++)
    if (gain[i]! > 0) for (let j = i * n, end = j + n; j < end; j++, at++) rows[at] = parents[j]!;
  while (count > limit) {
    count--;
    rows.copyWithin(rng.integer(count + 1) * n, count * n, (count + 1) * n);
  }
  return rows.slice(0, count * n);
}
