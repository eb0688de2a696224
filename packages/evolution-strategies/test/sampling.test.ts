// Mirrored orthogonal samples, against what they are: orthogonal, mirrored, normal each for itself, and of a mean that varies as computed.
import { expect, test } from "vitest";
import { makeDomain, type Vector } from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";
import { cmaEs } from "@basin/evolution-strategies";
import { isotropic, sample, update } from "../src/distribution.ts";
import { parameters } from "../src/parameters.ts";
import { directions, mirrored, pathSamples } from "../src/sampling.ts";
import { pointsAsked } from "@basin/optimizer/laws";

const dot = (rows: Vector, a: number, b: number, n: number): number => {
  let sum = 0;
  for (let j = 0; j < n; j++) sum += rows[a * n + j]! * rows[b * n + j]!;
  return sum;
};

test("directions are orthogonal in blocks of n, and no longer or shorter than normals are", () => {
  const [n, lambda] = [4, 13];
  const rng = rngOf(rootKey("directions"));
  let [squares, count] = [0, 0];
  for (let k = 0; k < 500; k++) {
    const rows = directions(lambda, n, rng);
    expect(rows.length).toBe(7 * n);
    for (let a = 0; a < 7; a++) {
      squares += dot(rows, a, a, n);
      count++;
      for (let b = a - (a % n); b < a; b++) expect(Math.abs(dot(rows, a, b, n))).toBeLessThan(1e-10);
    }
  }
  // χ² of n degrees: mean n, variance 2 n; five standard errors
  expect(Math.abs(squares / count - n)).toBeLessThan(5 * Math.sqrt((2 * n) / count));
});

test("each is normal for itself: no direction of space is preferred", () => {
  const n = 3;
  const rng = rngOf(rootKey("isotropy"));
  const sums = new Float64Array(n * n);
  const draws = 4000;
  for (let k = 0; k < draws; k++) {
    // the last of a block is what is left of it once the others are taken out: most at risk
    const rows = directions(2 * n, n, rng);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) sums[i * n + j]! += (rows[2 * n + i]! * rows[2 * n + j]!) / draws;
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      expect(Math.abs(sums[i * n + j]! - (i === j ? 1 : 0))).toBeLessThan(
        5 * Math.sqrt((i === j ? 2 : 1) / draws),
      );
});

test("mirrors come in pairs; an odd one has none", () => {
  expect([...mirrored(Float64Array.of(1, 2, 3, 4, 5, 6), 5, 2)]).toEqual([1, 2, -1, -2, 3, 4, -3, -4, 5, 6]);
});

test("samples of a distribution are mirrored about its mean, y = B D z", () => {
  const [n, lambda] = [3, 8];
  const root = Float64Array.of(2, 0, 0, 1, 3, 0, 0, 1, 1);
  const d = { ...isotropic(new Float64Array(n), 1), root };
  const { z, y } = sample(d, parameters(n, lambda, { mirrors: true }), n, rngOf(rootKey(3)));
  for (let i = 0; i < lambda; i++)
    for (let j = 0; j < n; j++) {
      let expected = 0;
      for (let k = 0; k < n; k++) expected += root[j * n + k]! * z[i * n + k]!;
      expect(y[i * n + j]).toBeCloseTo(expected, 12);
      // rows 2k and 2k + 1 differ by their sign
      expect(y[i * n + j]).toBe(-y[(i ^ 1) * n + j]!);
    }
});

test.each([
  [8, 5],
  [7, 5],
  [12, 3],
  [4, 2],
])("with ranks drawn by lot, the mean of λ = %i varies as computed, n = %i", (lambda, n) => {
  const p = parameters(n, lambda, { mirrors: true });
  expect(p.muPath).toBe(pathSamples(p.muEff, lambda));
  const rng = rngOf(rootKey("lot"));
  const d = isotropic(new Float64Array(n), 1);
  const draws = 6000;
  let square = 0;
  for (let k = 0; k < draws; k++) {
    const { z } = sample(d, p, n, rng);
    const order = rng.permutation(lambda);
    for (let j = 0; j < n; j++) {
      let mean = 0;
      for (let i = 0; i < p.mu; i++) mean += p.weights[i]! * z[order[i]! * n + j]!;
      square += mean * mean;
    }
  }
  // E‖z_w‖² μ_path = n; lengths vary by less than those of a single normal vector, √(2 / n) of it: five standard errors
  expect(Math.abs((square / draws) * (p.muPath / n) - 1)).toBeLessThan(5 * Math.sqrt(2 / n / draws) * 1.5);
  // without the correction it would be off by this much, which is far more
  expect(p.muPath / p.muEff).toBeGreaterThan(1.1);
});

test("where f says nothing, the path has the length that it is compared with", () => {
  const [n, lambda] = [5, 8];
  const p = parameters(n, lambda, { mirrors: true });
  const rng = rngOf(rootKey("nothing"));
  let d = isotropic(new Float64Array(n), 1);
  const generations = 4000;
  let square = 0;
  for (let g = 0; g < generations; g++) {
    // σ and C are left alone: the path alone is looked at
    const next = update(d, sample(d, p, n, rng), rng.permutation(lambda), lambda, p);
    d = {
      ...isotropic(new Float64Array(n), 1),
      pathSigma: next.pathSigma,
      pathC: next.pathC,
      generation: next.generation,
    };
    if (g >= 100) square += next.pathSigma.reduce((sum, x) => sum + x * x, 0) / (generations - 100);
  }
  // correlated over 2 / c_σ ≈ 5 generations: a standard error of n √(2 / n · 5 / 3900) ≈ 2.3 % of n
  expect(Math.abs(square / n - 1)).toBeLessThan(0.1);
});

test("needs fewer evaluations than independent samples, in 18 of 20 paired runs or more", () => {
  const n = 5;
  // an ellipsoid of condition 10⁶, as in Hansen's tutorial
  const f = (x: Vector): number => x.reduce((sum, xi, i) => sum + 10 ** ((6 * i) / (n - 1)) * xi * xi, 0);
  const domain = makeDomain({ dimension: n, region: { lower: -5, upper: 5 } });
  const evaluations = (sampling: string, seed: number): number =>
    pointsAsked(cmaEs, f, domain, new Float64Array(n).fill(3), 5000, {
      settings: { sampling },
      seed,
      target: 1e-8,
    }).points.length;
  let wins = 0;
  for (let seed = 1; seed <= 20; seed++)
    if (evaluations("mirrored", seed) < evaluations("independent", seed)) wins++;
  // were they even, so many would be seen once in 5,000 times
  expect(wins).toBeGreaterThanOrEqual(18);
});
