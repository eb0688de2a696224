// Exponential natural evolution strategy: a full covariance, multiplied by the exponential of its natural gradient.
//
// Glasmachers, Schaul, Sun, Wierstra & Schmidhuber, "Exponential Natural Evolution Strategies", GECCO 2010; Wierstra et al., "Natural
// Evolution Strategies", JMLR 15, 2014, algorithm 5 and table 1.
import { orthonormal, qr, upper } from "@basin/linear-algebra";
import { exp, expm1, log } from "@basin/math";
import { z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { shaped } from "./distribution.ts";
import { eigenOf } from "./eigen.ts";
import { naturalSearch, type Variant } from "./nes.ts";
import { defaultLambda } from "./parameters.ts";
import { frameOf } from "./run.ts";
import { natural } from "./settings.ts";
import { utilities } from "./utilities.ts";

/** Samples are mean + A z; A of shape [n × n], row-major. */
type Full = { readonly factor: Vector };

/** exp(S) of a symmetric matrix, by its eigendecomposition. Shape [n × n]. */
function exponential(symmetric: Float64Array, n: number): Float64Array {
  const { values, vectors } = eigenOf(symmetric, n);
  const powers = values.map((value) => exp(value));
  const out = freshVector(n * n);
  for (let j = 0; j < n; j++)
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += vectors[j * n + i]! * powers[i]! * vectors[k * n + i]!;
      out[j * n + k] = sum;
    }
  return out;
}

/** a · b for square matrices. Shape [n × n]. */
function product(a: Vector, b: Vector, n: number): Float64Array {
  const out = freshVector(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const s = a[i * n + k]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += s * b[k * n + j]!;
    }
  return out;
}

/** A exp(Σ hᵢ zᵢ zᵢᵀ), z the rows of `white`: by the n × n matrix that is summed. Shape [n × n]. */
export function turnedWhole(factor: Vector, white: Vector, halves: Vector, n: number): Float64Array {
  const gradient = freshVector(n * n);
  for (let i = 0, row = 0; row < white.length; i++, row += n)
    for (let j = 0; j < n; j++) {
      const half = halves[i]! * white[row + j]!;
      for (let k = 0; k < n; k++) gradient[j * n + k]! += half * white[row + k]!;
    }
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) gradient[k * n + j] = gradient[j * n + k]!;
  return product(factor, exponential(gradient, n), n);
}

/**
 * The same where samples are few: the sum acts in the space of the z alone, so that n² λ operations do instead of n³. With Zᵀ = Q R and
 * R diag(h) Rᵀ = V diag(l) Vᵀ, the exponential is I + W diag(eˡ − 1) Wᵀ, W = Q V. Shape [n × n].
 */
export function turnedBySamples(factor: Vector, white: Vector, halves: Vector, n: number): Float64Array {
  const m = halves.length;
  const columns = new Float64Array(n * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) columns[j * m + i] = white[i * n + j]!;
  const factors = qr(columns, n, m);
  const [q, r] = [orthonormal(factors), upper(factors)];
  const inner = new Float64Array(m * m);
  for (let a = 0; a < m; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = a; i < m; i++) sum += r[a * m + i]! * halves[i]! * r[b * m + i]!;
      inner[a * m + b] = sum;
      inner[b * m + a] = sum;
    }
  const { values, vectors } = eigenOf(inner, m);
  // rows of W
  const w = new Float64Array(m * n);
  for (let j = 0; j < n; j++)
    for (let a = 0; a < m; a++) {
      const qja = q[j * m + a]!;
      for (let b = 0; b < m; b++) w[b * n + j]! += qja * vectors[a * m + b]!;
    }
  const moved = shaped(factor, w, n);
  const out = new Float64Array(factor);
  for (let b = 0; b < m; b++) {
    const grown = expm1(values[b]!);
    for (let j = 0; j < n; j++) {
      const share = grown * moved[b * n + j]!;
      const line = j * n;
      for (let k = 0; k < n; k++) out[line + k]! += share * w[b * n + k]!;
    }
  }
  return out;
}

/** μ ← μ + A Σ u z; A ← A exp(η/2 Σ u (z zᵀ − I)). Since Σ u = 0, the identity drops out. */
function full(lambda: number, step: number, rate: number): Variant<Full> {
  return {
    lambda,
    first(n) {
      const factor = freshVector(n * n);
      for (let j = 0; j < n; j++) factor[j * n + j] = step;
      return { factor };
    },
    shaped: (white, { factor }, n) => shaped(factor, white, n),
    follow({ mean, factor }, white, y, utility, n) {
      const move = freshVector(n);
      for (let i = 0; i < lambda; i++) for (let j = 0; j < n; j++) move[j]! += utility[i]! * y[i * n + j]!;
      const halves = utility.map((u) => (rate / 2) * u);
      const turned = 2 * lambda <= n ? turnedBySamples : turnedWhole;
      return { mean: mean.map((m, j) => m + move[j]!), factor: turned(factor, white, halves, n) };
    },
    widest({ factor }, n) {
      let widest = 0;
      for (let j = 0; j < n; j++) {
        let square = 0;
        for (let k = 0; k < n; k++) square += factor[j * n + k]! * factor[j * n + k]!;
        widest = Math.max(widest, square);
      }
      return Math.sqrt(widest);
    },
  };
}

/**
 * xNES. Learning rates: 1 for the mean, (9 + 3 ln n)/(5 n √n) for the covariance (2014, table 1).
 *
 * A generation takes n² λ operations where n ≥ 2 λ, some n³ below: 8 ms an evaluation at n = 1,000.
 *
 * Bounds: a smooth map onto the box.
 */
export const xnes = defineOptimizer({
  name: "xnes",
  summary: "Follows the natural gradient of the expected rank in the mean and in a full covariance.",
  family: "evolution-strategies",
  references: [
    "Glasmachers et al., Exponential Natural Evolution Strategies, GECCO 2010",
    "Wierstra et al., Natural Evolution Strategies, JMLR 15, 2014",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 2000], horizon: false },
  hyperparameters: z.object(natural),
  create(settings, domain) {
    const frame = frameOf(domain);
    const { n } = frame;
    const lambda = settings.populationSize === 0 ? defaultLambda(n) : Math.max(4, settings.populationSize);
    const rate = (9 + 3 * log(n)) / (5 * n * Math.sqrt(n));
    return naturalSearch(
      full(lambda, settings.step, rate),
      utilities(lambda),
      settings.tolerance * settings.step,
      frame,
    );
  },
});
