// Generalized annealing's laws against their closed forms, and what the combinator promises.
import fc from "fast-check";
import { compassSearch, nelderMead } from "@basin/direct-search";
import { dualAnnealing } from "@basin/multistart";
import { makeDomain, type Vector } from "@basin/objective";
import { optimizerLaws, pointsAsked } from "@basin/optimizer/laws";
import { rngOf, rootKey } from "@basin/random";
import { describe, expect, test } from "vitest";
import { accepted, cooled, visit } from "../src/visiting.ts";

const cases = [
  ["of nelder-mead", optimizerLaws(dualAnnealing(nelderMead))],
  [
    "of compass-search, a search after every chain",
    optimizerLaws(dualAnnealing(compassSearch), {
      hyperparameters: { chains: 1, tolerance: 1e-3, reheat: 0.1 },
    }),
  ],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});

test("at q = 2, the temperature falls as 1/t and steps are Cauchy's, of scale T", () => {
  for (const t of [1, 2, 10, 1000]) expect(cooled(t, 2)).toBeCloseTo(1 / t, 12);
  const rng = rngOf(rootKey("cauchy"));
  const draws = Array.from({ length: 20_000 }, () => visit(0.5, 2, rng));
  // Cauchy's distribution function at T is 3/4, at 3 T 1/2 + atan(3)/π; five standard errors of a share of 20,000 draws
  for (const [at, share] of [
    [0, 0.5],
    [0.5, 0.75],
    [1.5, 0.5 + Math.atan(3) / Math.PI],
  ] as const) {
    const below = draws.filter((x) => x < at).length / draws.length;
    expect(Math.abs(below - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / draws.length));
  }
});

test("steps have the density of their law: where 2.62 is q, the share beyond r falls as r^−ν, ν = 0.38 / 1.62", () => {
  const rng = rngOf(rootKey("tail"));
  const draws = Array.from({ length: 20_000 }, () => Math.abs(visit(1, 2.62, rng)));
  const beyond = (r: number): number => draws.filter((x) => x > r).length / draws.length;
  expect(Math.log(beyond(1e3) / beyond(1e9)) / Math.log(1e6)).toBeCloseTo(0.38 / 1.62, 1);
});

test("acceptance is Metropolis' rule as q goes to 1, and 0 beyond T / (1 − q) below it", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (rise) => {
      expect(accepted(rise, 1, 1 - 1e-9)).toBeCloseTo(Math.exp(-rise), 6);
    }),
  );
  expect(accepted(1, 6, -5)).toBe(0);
  // (1 − 6 · 0.5 / 6)^(1/6)
  expect(accepted(0.5, 6, -5)).toBeCloseTo(0.5 ** (1 / 6), 12);
  expect(accepted(-1, 0, -5)).toBe(1);
  expect(accepted(1, 0, -5)).toBe(0);
});

/** Rastrigin 1974, with its lowest point 0 at 0.7. */
const rastrigin = (x: Vector): number =>
  x.reduce((sum, xi) => {
    const d = xi - 0.7;
    return sum + d * d + 10 * (1 - Math.cos(2 * Math.PI * d));
  }, 0);

test("finds the lowest of many valleys, from each of five seeds, and gives the same trace on 4 f", () => {
  const optimizer = dualAnnealing(compassSearch);
  const domain = makeDomain({ dimension: 3, bounds: { lower: -5, upper: 5 } });
  const start = Float64Array.of(4, -4, 3);
  const options = { settings: { tolerance: 1e-6 } };
  const trace = (f: (x: Vector) => number, seed: number) =>
    pointsAsked(optimizer, f, domain, start, 4000, { ...options, seed });
  for (let seed = 1; seed <= 5; seed++) {
    const { points } = trace(rastrigin, seed);
    expect(Math.min(...points.map(rastrigin))).toBeLessThan(1e-6);
  }
  expect(trace((x) => 4 * rastrigin(x), 1)).toEqual(trace(rastrigin, 1));
});

test("bears a function of one value, one that fails in half of its box, and coordinates without room", () => {
  const domain = makeDomain({ dimension: 2, bounds: { lower: [-5, 2], upper: [5, 2] } });
  const optimizer = dualAnnealing(compassSearch);
  for (const f of [
    () => 3,
    (x: Vector) => (x[0]! > 0 ? Number.NaN : x[0]! * x[0]! + x[1]!),
    () => Number.NaN,
  ]) {
    const { points, stop } = pointsAsked(optimizer, f, domain, Float64Array.of(5, 2), 500);
    expect(stop).toBe(undefined);
    for (const x of points) expect(Math.abs(x[0]!) <= 5 && x[1] === 2).toBe(true);
  }
});
