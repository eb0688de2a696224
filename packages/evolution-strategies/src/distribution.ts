// The search distribution N(m, σ² C) of CMA-ES: its samples, and its update from ranked samples.
//
// Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772v2, 2023, figure 6 and appendix A.
import { exp } from "@basin/math";
import { freshVector, type Vector } from "@basin/objective";
import type { Rng } from "@basin/random";
import { eigenOf } from "./eigen.ts";
import type { Parameters } from "./parameters.ts";
import { directions, mirrored } from "./sampling.ts";

/** In the unit of the region's width in each coordinate, before the box transform. */
export type Distribution = {
  /** Shape [n]. */
  readonly mean: Vector;
  readonly sigma: number;
  /** Symmetric, shape [n × n]. */
  readonly covariance: Vector;
  /** Eigenvectors as columns, shape [n × n], and roots of the eigenvalues, shape [n], of the covariance at `decomposed`. */
  readonly basis: Vector;
  readonly scales: Vector;
  /** basis · diag(scales), shape [n × n], row-major: what samples are made with. */
  readonly root: Vector;
  /** Evolution paths, shape [n]. */
  readonly pathSigma: Vector;
  readonly pathC: Vector;
  readonly generation: number;
  /** The generation whose covariance was decomposed last. */
  readonly decomposed: number;
};

/** So little of the zero that a path began with is nothing beside 1. */
export const FADED = 1e-17;

/** λ samples: rows z ~ N(0, I) and y = B D z ~ N(0, C). Shapes [λ × n]. */
export interface Samples {
  readonly z: Float64Array;
  readonly y: Float64Array;
}

function identity(n: number): Float64Array {
  const eye = freshVector(n * n);
  for (let j = 0; j < n; j++) eye[j * n + j] = 1;
  return eye;
}

/** N(mean, σ² I). */
export function isotropic(mean: Vector, sigma: number): Distribution {
  const n = mean.length;
  const eye = identity(n);
  const zero = freshVector(n);
  return {
    mean,
    sigma,
    covariance: eye,
    basis: eye,
    scales: freshVector(n).fill(1),
    root: eye,
    pathSigma: zero,
    pathC: zero,
    generation: 0,
    decomposed: 0,
  };
}

/** As many rows y = B D z as there are rows z. Shape [any × n]. */
export function shaped(root: Vector, z: Float64Array, n: number): Float64Array {
  const y = freshVector(z.length);
  let row = 0;
  // four at a time: each sum in its own order, but none waits for the other, and the root is read once
  for (; row + 3 * n < z.length; row += 4 * n) {
    const r1 = row + n;
    const r2 = r1 + n;
    const r3 = r2 + n;
    for (let j = 0; j < n; j++) {
      const line = j * n;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < n; k++) {
        const b = root[line + k]!;
        s0 += b * z[row + k]!;
        s1 += b * z[r1 + k]!;
        s2 += b * z[r2 + k]!;
        s3 += b * z[r3 + k]!;
      }
      y[row + j] = s0;
      y[r1 + j] = s1;
      y[r2 + j] = s2;
      y[r3 + j] = s3;
    }
  }
  for (; row < z.length; row += n) times(root, z, row, n, y);
  return y;
}

/** Writes A x to the caller's own out, from `at` on, where x begins in z. Four rows of A at a time: each sum in its own order, but none waits for the other. */
function times(a: Vector, z: Vector, at: number, n: number, out: Float64Array): void {
  let j = 0;
  for (; j + 3 < n; j += 4) {
    const r0 = j * n;
    const r1 = r0 + n;
    const r2 = r1 + n;
    const r3 = r2 + n;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < n; k++) {
      const zk = z[at + k]!;
      s0 += a[r0 + k]! * zk;
      s1 += a[r1 + k]! * zk;
      s2 += a[r2 + k]! * zk;
      s3 += a[r3 + k]! * zk;
    }
    out[at + j] = s0;
    out[at + j + 1] = s1;
    out[at + j + 2] = s2;
    out[at + j + 3] = s3;
  }
  for (; j < n; j++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[j * n + k]! * z[at + k]!;
    out[at + j] = sum;
  }
}

export function sample(
  { root }: Distribution,
  { lambda, mirrors }: Parameters,
  n: number,
  rng: Rng,
): Samples {
  if (mirrors) {
    const half = directions(lambda, n, rng);
    return { z: mirrored(half, lambda, n), y: mirrored(shaped(root, half, n), lambda, n) };
  }
  const z = rng.fillNormal(freshVector(lambda * n));
  return { z, y: shaped(root, z, n) };
}

/** Σ over the μ best of wᵢ rowᵢ. Shape [n]. */
function recombine(
  rows: Vector,
  order: Readonly<Int32Array>,
  { mu, weights }: Parameters,
  n: number,
): Float64Array {
  const out = freshVector(n);
  for (let i = 0; i < mu; i++) {
    const [w, row] = [weights[i]!, order[i]! * n];
    for (let j = 0; j < n; j++) out[j]! += w * rows[row + j]!;
  }
  return out;
}

/** The update of the covariance: decay, rank one along the path, rank μ along the samples, the worst with negative weights. */
function adaptCovariance(
  d: Distribution,
  path: Vector,
  samples: Samples,
  order: Readonly<Int32Array>,
  answered: number,
  p: Parameters,
  stalled: number,
): Float64Array {
  const n = path.length;
  const { c1, cMu, weights } = p;
  const scaled = freshVector(p.lambda);
  let total = 0;
  for (let i = 0; i < p.lambda; i++) {
    let w = weights[i]!;
    total += w;
    const row = order[i]! * n;
    // A negative weight is divided by the sample's Mahalanobis length, so that C stays positive definite (eq. 46). Failures teach nothing.
    if (i >= answered) w = 0;
    else if (w < 0) {
      let length = 0;
      for (let j = 0; j < n; j++) length += samples.z[row + j]! * samples.z[row + j]!;
      w *= n / (length + 1e-300);
    }
    scaled[i] = cMu * w;
  }
  const decay = 1 + stalled - c1 - cMu * total;
  const next = freshVector(n * n);
  const { y } = samples;
  for (let j = 0; j < n; j++) {
    const line = j * n;
    for (let k = 0; k <= j; k++) next[line + k] = decay * d.covariance[line + k]! + c1 * path[j]! * path[k]!;
  }
  // the samples that count, in their order
  const [rows, ws] = [new Int32Array(p.lambda), freshVector(p.lambda)];
  let count = 0;
  for (let i = 0; i < p.lambda; i++) {
    if (scaled[i] === 0) continue;
    rows[count] = order[i]! * n;
    ws[count++] = scaled[i]!;
  }
  let i = 0;
  // four at a time, added one after the other: each entry is read and written once for all four
  for (; i + 3 < count; i += 4) {
    const r0 = rows[i]!;
    const r1 = rows[i + 1]!;
    const r2 = rows[i + 2]!;
    const r3 = rows[i + 3]!;
    for (let j = 0; j < n; j++) {
      const line = j * n;
      const w0 = ws[i]! * y[r0 + j]!;
      const w1 = ws[i + 1]! * y[r1 + j]!;
      const w2 = ws[i + 2]! * y[r2 + j]!;
      const w3 = ws[i + 3]! * y[r3 + j]!;
      for (let k = 0; k <= j; k++)
        next[line + k] =
          next[line + k]! + w0 * y[r0 + k]! + w1 * y[r1 + k]! + w2 * y[r2 + k]! + w3 * y[r3 + k]!;
    }
  }
  for (; i < count; i++) {
    const row = rows[i]!;
    for (let j = 0; j < n; j++) {
      const line = j * n;
      const wy = ws[i]! * y[row + j]!;
      for (let k = 0; k <= j; k++) next[line + k]! += wy * y[row + k]!;
    }
  }
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) next[k * n + j] = next[j * n + k]!;
  return next;
}

/** basis · diag(scales) · basisᵀ = covariance: fresh where it is due. Eigenvalues that rounding made negative count as the smallest positive. */
function decompose(covariance: Float64Array, n: number): Pick<Distribution, "basis" | "scales" | "root"> {
  const { values, vectors } = eigenOf(covariance, n);
  let largest = 0;
  for (let k = 0; k < n; k++) largest = Math.max(largest, values[k]!);
  const scales = freshVector(n);
  for (let k = 0; k < n; k++) scales[k] = Math.sqrt(Math.max(values[k]!, largest * 1e-30, Number.MIN_VALUE));
  const root = freshVector(n * n);
  for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) root[j * n + k] = vectors[j * n + k]! * scales[k]!;
  return { basis: vectors, scales, root };
}

/**
 * The distribution after one generation. `order` ranks the samples, best first; the first `answered` of them succeeded (at least one).
 */
export function update(
  d: Distribution,
  samples: Samples,
  order: Readonly<Int32Array>,
  answered: number,
  p: Parameters,
): Distribution {
  const n = d.mean.length;
  const step = recombine(samples.y, order, p, n);
  const white = recombine(samples.z, order, p, n);
  const generation = d.generation + 1;

  const mean = freshVector(n);
  for (let j = 0; j < n; j++) mean[j] = d.mean[j]! + d.sigma * step[j]!;
  // p_σ: C^(−1/2) y_w = B z_w.
  const [keep, push] = [1 - p.cSigma, Math.sqrt(p.cSigma * (2 - p.cSigma) * p.muPath)];
  const pathSigma = freshVector(n);
  times(d.basis, white, 0, n, pathSigma);
  let square = 0;
  for (let j = 0; j < n; j++) {
    const next = keep * d.pathSigma[j]! + push * pathSigma[j]!;
    pathSigma[j] = next;
    square += next * next;
  }
  const length = Math.sqrt(square);
  // 1 − (1 − c_σ)^(2 (g + 1)): the path has not yet forgotten that it began at zero.
  let fade = 1;
  for (let g = 0; g < generation && fade > FADED; g++) fade *= keep * keep;
  const moving = length / Math.sqrt(1 - fade) < (1.4 + 2 / (n + 1)) * p.chiN;
  const drive = moving ? Math.sqrt(p.cc * (2 - p.cc) * p.muPath) : 0;
  const pathC = freshVector(n);
  for (let j = 0; j < n; j++) pathC[j] = (1 - p.cc) * d.pathC[j]! + drive * step[j]!;
  const stalled = moving ? 0 : p.c1 * p.cc * (2 - p.cc);

  const covariance = adaptCovariance(d, pathC, samples, order, answered, p, stalled);
  // σ grows at most by e in a generation, as in pycma.
  const sigma = d.sigma * exp(Math.min(1, (p.cSigma / p.dSigma) * (length / p.chiN - 1)));
  const due = generation - d.decomposed > p.eigenGap;
  const fresh = due ? decompose(covariance, n) : { basis: d.basis, scales: d.scales, root: d.root };
  return {
    mean,
    sigma,
    covariance,
    ...fresh,
    pathSigma,
    pathC,
    generation,
    decomposed: due ? generation : d.decomposed,
  };
}
