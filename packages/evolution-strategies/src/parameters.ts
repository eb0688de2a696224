// The strategy parameters of CMA-ES, as functions of dimension and population size.
//
// Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772v2, 2023, table 1 and equations 49–58.
import { log } from "@basin/math";
import type { Vector } from "@basin/objective";
import { pathSamples } from "./sampling.ts";

export interface Parameters {
  /** λ and μ. */
  readonly lambda: number;
  readonly mu: number;
  /** Recombination weights, best first, the last ones negative (active CMA). Shape [λ]. The first μ sum to 1. */
  readonly weights: Vector;
  readonly muEff: number;
  /** Whether samples are mirrored and orthogonal; and what paths are scaled by, μ_eff if they are not. */
  readonly mirrors: boolean;
  readonly muPath: number;
  /** Learning rates and damping. */
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cc: number;
  readonly c1: number;
  readonly cMu: number;
  /** E‖N(0, I)‖, by the tutorial's approximation. */
  readonly chiN: number;
  /** Generations between two eigendecompositions: the covariance changes too little to need more. */
  readonly eigenGap: number;
}

/** λ = 4 + ⌊3 ln n⌋ (eq. 48). */
export function defaultLambda(n: number): number {
  return 4 + Math.floor(3 * log(n));
}

const sum = (values: Vector): number => values.reduce((a, b) => a + b, 0);
const sumOfSquares = (values: Vector): number => values.reduce((a, b) => a + b * b, 0);

/** What differs from table 1. */
export interface Variation {
  /** Negative weights for the worse half. Default true. */
  readonly active?: boolean;
  /** c₁ and c_μ grow by (n + 2)/3, since a diagonal has n numbers to learn instead of n (n + 1)/2 (Ros & Hansen 2008). */
  readonly separable?: boolean;
  /** Mirrored orthogonal samples instead of independent ones. Default false, the tutorial's. */
  readonly mirrors?: boolean;
  /** Factor on the damping d_σ: below 1 the step size adapts faster. Default 1, the tutorial's. */
  readonly damping?: number;
  /** Factor on c₁. Default 1, the tutorial's. */
  readonly rankOne?: number;
}

/** Table 1 of the tutorial, varied. */
export function parameters(n: number, lambda: number, variation: Variation = {}): Parameters {
  const { active = true, separable = false, mirrors = false, damping = 1, rankOne = 1 } = variation;
  const mu = Math.floor(lambda / 2);
  // Raw weights ln((λ + 1)/2) − ln i (eq. 49): positive up to the middle, negative behind it.
  const raw = Float64Array.from({ length: lambda }, (_, i) => log((lambda + 1) / 2) - log(i + 1));
  const [positive, negative] = [raw.subarray(0, mu), raw.subarray(mu)];
  const muEff = (sum(positive) * sum(positive)) / sumOfSquares(positive);
  const muEffNegative =
    negative.length > 0 && sumOfSquares(negative) > 0
      ? (sum(negative) * sum(negative)) / sumOfSquares(negative)
      : 0;

  const cc = (4 + muEff / n) / (n + 4 + (2 * muEff) / n);
  const cSigma = (muEff + 2) / (n + muEff + 5);
  const dSigma = damping * (1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma);
  const faster = separable ? (n + 2) / 3 : 1;
  const c1 = Math.min(1, (rankOne * faster * 2) / ((n + 1.3) * (n + 1.3) + muEff));
  const cMu = Math.min(1 - c1, (faster * 2 * (0.25 + muEff + 1 / muEff - 2)) / ((n + 2) * (n + 2) + muEff));

  // How much the negative weights may sum to (eqs. 50–52).
  const share = Math.min(1 + c1 / cMu, 1 + (2 * muEffNegative) / (muEff + 2), (1 - c1 - cMu) / (n * cMu));
  const [up, down] = [sum(positive), -sum(negative)];
  const weights = raw.map((w) => (w >= 0 ? w / up : active && down > 0 ? (share * w) / down : 0));

  const root = Math.sqrt(n);
  const chiN = root * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  const muPath = mirrors ? pathSamples(muEff, lambda) : muEff;
  return {
    lambda,
    mu,
    weights,
    muEff,
    mirrors,
    muPath,
    cSigma,
    dSigma,
    cc,
    c1,
    cMu,
    chiN,
    eigenGap: 0.5 / ((c1 + cMu) * n),
  };
}
