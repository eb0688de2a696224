// Mirrored orthogonal samples: directions that are orthogonal to each other as far as n of them can be, each tried both ways.
//
// Wang, Emmerich & Bäck, "Mirrored Orthogonal Sampling for Covariance Matrix Adaptation Evolution Strategies", Evolutionary Computation 27 (4),
// 2019; mirrors: Auger, Brockhoff & Hansen, "Mirrored Sampling in Evolution Strategies with Weighted Recombination", GECCO 2011.
import { freshVector } from "@basin/objective";
import type { Rng } from "@basin/random";

/**
 * Makes rows orthogonal to each other within each block of n of them, each of the length that it had (Gram and Schmidt, the modified
 * way): rows of independent normals remain so, each for itself. Writes to the caller's own rows, shape [any × n].
 */
export function orthogonalise(rows: Float64Array, n: number): void {
  // the squared lengths of rows of the block that are done
  const squares = freshVector(Math.min(n, rows.length / n));
  for (let block = 0; block < rows.length; block += n * n) {
    const end = Math.min(rows.length, block + n * n);
    for (let row = block, done = 0; row < end; row += n, done++) {
      const before = product(rows, row, row, n);
      for (let other = block, i = 0; other < row; other += n, i++) {
        const share = product(rows, row, other, n) / squares[i]!;
        for (let j = 0; j < n; j++) rows[row + j]! -= share * rows[other + j]!;
      }
      const after = product(rows, row, row, n);
      if (after > 0 && row > block) {
        const scale = Math.sqrt(before / after);
        for (let j = 0; j < n; j++) rows[row + j]! *= scale;
      }
      squares[done] = product(rows, row, row, n);
    }
  }
}

/** The inner product of the rows that begin at a and at b. */
function product(rows: Float64Array, a: number, b: number, n: number): number {
  let sum = 0;
  for (let j = 0; j < n; j++) sum += rows[a + j]! * rows[b + j]!;
  return sum;
}

/** ⌈λ/2⌉ orthogonal directions, normal each for itself. Shape [⌈λ/2⌉ × n]. */
export function directions(lambda: number, n: number, rng: Rng): Float64Array {
  const rows = rng.fillNormal(freshVector(((lambda + 1) >> 1) * n));
  orthogonalise(rows, n);
  return rows;
}

/** Row 2k is direction k, row 2k + 1 its mirror image; for an odd λ the last one has none. Shape [λ × n]. */
export function mirrored(rows: Float64Array, lambda: number, n: number): Float64Array {
  const all = freshVector(lambda * n);
  for (let i = 0, at = 0; i < lambda; i++) {
    const [from, sign] = [(i >> 1) * n, (i & 1) === 0 ? 1 : -1];
    for (let j = 0; j < n; j++) all[at++] = sign * rows[from + j]!;
  }
  return all;
}

/**
 * How many independent samples of the mean step would vary as much as the weighted mean of λ of these, were their ranks drawn by lot: what
 * the evolution paths are scaled by, so that the step size keeps its expectation where f says nothing. With S = Σ wᵢ² of the weights, which sum to 1,
 * E‖Σ wᵢ zᵢ‖² / n = S − (1 − S) p, where p is the probability that a given other sample is the mirror image of this one: of pairs, the mean's
 * halves cancel. Without mirrors it is 1/S, the tutorial's μ_eff.
 */
export function pathSamples(muEff: number, lambda: number): number {
  const share = 1 / muEff;
  const paired = (2 * (lambda >> 1)) / lambda / (lambda - 1);
  return 1 / (share - (1 - share) * paired);
}
