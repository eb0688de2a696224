// Table 1 of Hansen's tutorial (arXiv:1604.00772v2), worked by hand for n = 10 and λ = 10, and its properties for all n.
import { expect, test } from "vitest";
import fc from "fast-check";
import { defaultLambda, parameters } from "../src/parameters.ts";

test("n = 10: λ, μ, weights, learning rates and damping", () => {
  const p = parameters(10, 10);
  expect(defaultLambda(10)).toBe(10); // 4 + ⌊3 · 2.3026⌋
  expect(p.mu).toBe(5);
  // Raw weights ln 5.5 − ln i for i = 1 … 5: 1.70475, 1.01160, 0.60614, 0.31845, 0.09531; their sum is 3.73625.
  const raw = [1, 2, 3, 4, 5].map((i) => Math.log(5.5) - Math.log(i));
  const sum = raw.reduce((a, b) => a + b, 0);
  raw.forEach((w, i) => expect(p.weights[i]).toBeCloseTo(w / sum, 14));
  const muEff = (sum * sum) / raw.reduce((a, b) => a + b * b, 0);
  expect(p.muEff).toBeCloseTo(muEff, 12);
  expect(muEff).toBeCloseTo(3.167, 3);
  expect(p.cSigma).toBeCloseTo((muEff + 2) / (10 + muEff + 5), 14);
  expect(p.dSigma).toBeCloseTo(1 + p.cSigma, 14); // √((μ_eff − 1)/11) < 1, so the middle term is 0
  expect(p.cc).toBeCloseTo((4 + muEff / 10) / (14 + (2 * muEff) / 10), 14);
  expect(p.c1).toBeCloseTo(2 / (11.3 * 11.3 + muEff), 14);
  expect(p.cMu).toBeCloseTo((2 * (0.25 + muEff + 1 / muEff - 2)) / (144 + muEff), 14);
  expect(p.chiN).toBeCloseTo(Math.sqrt(10) * (1 - 1 / 40 + 1 / 2100), 14);
});

test("the two factors act on d_σ and c₁ alone", () => {
  const [plain, varied] = [parameters(10, 10), parameters(10, 10, { damping: 0.5, rankOne: 2 })];
  expect(varied.dSigma).toBeCloseTo(plain.dSigma / 2, 14);
  expect(varied.c1).toBeCloseTo(plain.c1 * 2, 14);
  expect([varied.cMu, varied.cc, varied.cSigma]).toEqual([plain.cMu, plain.cc, plain.cSigma]);
});

test("for all n and λ: positive weights sum to 1 and fall; rates lie in [0, 1]; the covariance cannot lose definiteness", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 4, max: 400 }), (n, lambda) => {
      const p = parameters(n, lambda);
      const positive = p.weights.slice(0, p.mu);
      expect(positive.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
      for (let i = 1; i < lambda; i++) expect(p.weights[i]).toBeLessThanOrEqual(p.weights[i - 1]!);
      for (const rate of [p.c1, p.cMu, p.cc, p.cSigma]) expect(rate >= 0 && rate <= 1).toBe(true);
      expect(p.c1 + p.cMu).toBeLessThanOrEqual(1 + 1e-12);
      // Eq. 52: n c_μ Σ|w⁻| ≤ 1 − c₁ − c_μ, so that the decay is never outweighed.
      const negative = p.weights.slice(p.mu).reduce((a, w) => a + Math.max(0, -w), 0);
      expect(n * p.cMu * negative).toBeLessThanOrEqual(1 - p.c1 - p.cMu + 1e-9);
    }),
  );
});
