// Every statistic against scipy and R: reference.json names the versions.
import { expect, test } from "vitest";
import {
  binomialTail,
  chiSquareUpper,
  friedman,
  holm,
  mannWhitney,
  normalCdf,
  normalQuantile,
  quantile,
  rangeCdf,
  rangeQuantile,
  signTest,
  sortedLosses,
  successRate,
  wilcoxonSignedRank,
  type Zeros,
} from "@basin/experiment/statistics";
import reference from "./reference.json" with { type: "json" };

/** Relative; what scipy and R themselves agree to is about this. */
const close = (found: number, expected: number, relative = 1e-12): void => {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
};
type Row = [number, number, number];

test("the normal distribution", () => {
  for (const [z, p] of reference.normalCdf as [number, number][]) close(normalCdf(z), p);
  for (const [p, z] of reference.normalQuantile as [number, number][])
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(z)));
});

test("the upper tail of chi-square", () => {
  for (const [x, degrees, p] of reference.chiSquareUpper as Row[])
    close(chiSquareUpper(x, degrees), p, 1e-11);
});

test("the range of normal numbers", () => {
  // R's ptukey and qtukey are accurate to about 1e-10 and 1e-5 (its documentation: eps = 0.0001 in the quantile)
  for (const [w, k, p] of reference.rangeCdf as Row[]) close(rangeCdf(w, k), p, 1e-9);
  for (const [p, k, w] of reference.rangeQuantile as Row[]) close(rangeQuantile(p, k), w, 5e-5);
});

test("quantiles", () => {
  for (const { x, p, value } of reference.quantile) close(quantile(sortedLosses(x), p), value);
});

test("Wilson's interval", () => {
  for (const [k, n, level, low, high] of reference.wilson as [number, number, number, number, number][]) {
    const found = successRate(k, n, level);
    expect(found.estimate).toBe(k / n);
    expect(found.low).toBeCloseTo(low, 13);
    expect(found.high).toBeCloseTo(high, 13);
  }
});

test.each(reference.wilcoxon.map((one, i) => [i, one] as const))("signed-rank test %i", (_, one) => {
  const found = wilcoxonSignedRank(one.a, one.b, { zeros: one.zeros as Zeros, exact: one.exact });
  close(found.p, one.p);
  if ("R" in one && one.R !== undefined) close(found.p, one.R);
});

test.each(reference.mannWhitney.map((one, i) => [i, one] as const))("rank-sum test %i", (_, one) => {
  const found = mannWhitney(one.x, one.y, { exact: one.exact });
  expect(found.u).toBe(one.u);
  close(found.p, one.p);
  if ("R" in one && one.R !== undefined) close(found.p, one.R);
});

test.each(reference.friedman)("Friedman %#", ({ blocks, statistic, p, meanRanks, R }) => {
  const found = friedman(blocks);
  close(found.statistic, statistic, 1e-11);
  close(found.statistic, R, 1e-11);
  close(found.p, p, 1e-10);
  for (const [j, rank] of meanRanks.entries()) close(found.meanRanks[j]!, rank);
});

test.each(reference.holm)("Holm %#", ({ p, adjusted }) => {
  for (const [i, value] of holm(p).entries()) close(value, adjusted[i]!);
});

test("the sign test", () => {
  for (const [k, n, p] of reference.binomialTail as Row[]) close(binomialTail(k, n), p, 1e-11);
  for (const [wins, losses, p] of reference.signTest as Row[]) close(signTest(wins, losses), p);
});
