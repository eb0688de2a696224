// The normal deviates: tables that fit, and a distribution that is right in the middle, at the wedges and far out in the tail.
import { describe, expect, test } from "vitest";
import { rngOf, rootKey } from "@basin/random";
import { AREA, EDGE, HEIGHT, TAIL } from "../src/ziggurat.ts";
import { chiSquare, normalTail } from "./battery.ts";

const long = process.env["BASIN_LONG"] !== undefined;
const draws = long ? 2e7 : 1e6;

/** P(X > x) of a standard normal, x ≥ 0. */
const above = (x: number): number => normalTail(x) / 2;

describe("tables", () => {
  test("the lowest layer has the tail's area: TAIL·f(TAIL) + ∫ f beyond it = AREA", () => {
    const area = TAIL * Math.exp(-0.5 * TAIL * TAIL) + Math.sqrt(2 * Math.PI) * above(TAIL);
    expect(Math.abs(AREA / area - 1)).toBeLessThan(1e-12);
  });
  test("the 256 layers end at the peak: the top of the last is f(0) = 1", () => {
    // This is what decides TAIL. An error of one ulp of TAIL or AREA moves the top by some 256 ulps, magnified near the peak.
    expect(Math.abs(HEIGHT[255]! + AREA / EDGE[255]! - 1)).toBeLessThan(1e-11);
  });
  test("edges fall, heights rise, and each edge lies on the density", () => {
    for (let i = 1; i < 256; i++) {
      expect(EDGE[i]!).toBeGreaterThan(EDGE[i + 1]!);
      expect(HEIGHT[i + 1]!).toBeGreaterThan(HEIGHT[i]!);
      expect(Math.exp(-0.5 * EDGE[i]! ** 2)).toBeCloseTo(HEIGHT[i]!, 14);
    }
    expect(EDGE[0]!).toBeGreaterThan(EDGE[1]!);
  });
});

describe("distribution", () => {
  // One pass for all tests.
  const rng = rngOf(rootKey("normal"));
  const edges = Float64Array.from({ length: 161 }, (_, i) => (i - 80) / 16);
  const counts = new Float64Array(162);
  const wedges = new Float64Array(2 * 256);
  let [m1, m2, m3, m4, beyond, lag, before] = [0, 0, 0, 0, 0, 0, 0];
  const tail = new Float64Array(8);
  for (let i = 0; i < draws; i++) {
    const x = rng.normal();
    const cell = Math.floor(x * 16) + 81;
    counts[cell < 0 ? 0 : cell > 161 ? 161 : cell]!++;
    m1 += x;
    m2 += x * x;
    m3 += x * x * x;
    m4 += x * x * x * x;
    lag += x * before;
    before = x;
    const size = Math.abs(x);
    if (size > TAIL) {
      beyond++;
      tail[Math.min(7, Math.floor((size - TAIL) * 10))]!++;
    } else {
      // Which layer's edges it lies between: the wedges are where a wrong height would show.
      let [lo, hi] = [1, 256];
      while (hi - lo > 1) {
        const mid = (lo + hi) >> 1;
        if (EDGE[mid]! > size) lo = mid;
        else hi = mid;
      }
      wedges[(x < 0 ? 256 : 0) + lo]!++;
    }
  }

  test("over cells of 1/16", () => {
    const probability = Array.from(counts, (_, i) => {
      const [from, to] = [i === 0 ? -Infinity : edges[i - 1]!, i === 161 ? Infinity : edges[i]!];
      const [a, b] = from >= 0 ? [from, to] : [-to, -from];
      return above(Math.max(a, 0)) - (b === Infinity ? 0 : above(b));
    });
    expect(chiSquare(counts, probability)).toBeGreaterThan(1e-4);
  });
  test("between the edges of the layers, on both sides", () => {
    const probability = Array.from(wedges, (_, i) => {
      const layer = i % 256;
      return layer === 0 ? 0 : above(EDGE[layer + 1]!) - above(EDGE[layer]!);
    });
    const scale = 1 / (1 - 2 * above(TAIL));
    expect(
      chiSquare(
        wedges,
        probability.map((p) => p * scale),
      ),
    ).toBeGreaterThan(1e-4);
  });
  test("beyond the ziggurat", () => {
    const p = 2 * above(TAIL);
    expect(Math.abs(beyond - draws * p) / Math.sqrt(draws * p)).toBeLessThan(4.5);
    const within = Array.from(
      tail,
      (_, i) => 2 * (above(TAIL + i / 10) - (i === 7 ? 0 : above(TAIL + (i + 1) / 10))),
    );
    expect(
      chiSquare(
        tail,
        within.map((q) => q / p),
      ),
    ).toBeGreaterThan(1e-4);
  });
  test("moments and neighbours", () => {
    // Mean, variance, skewness, kurtosis, lag: their standard errors at n draws are 1, √2, √15, √96, 1, over √n.
    const z = [m1, m2 - draws, m3, m4 - 3 * draws, lag].map((sum) => sum / Math.sqrt(draws));
    const deviation = [1, Math.SQRT2, Math.sqrt(15), Math.sqrt(96), 1];
    z.forEach((value, i) => expect(Math.abs(value / deviation[i]!)).toBeLessThan(4.5));
  });
});

describe("fillNormal", () => {
  test("draws the same, scaled and shifted", () => {
    const one = rngOf(rootKey(1));
    const expected = Float64Array.from({ length: 50 }, () => 3 + 2 * one.normal());
    expect(rngOf(rootKey(1)).fillNormal(new Float64Array(50), 3, 2)).toEqual(expected);
    expect(rngOf(rootKey(1)).fillNormal(new Float64Array(3), 3, 0)).toEqual(Float64Array.of(3, 3, 3));
  });
  test.each([
    [0, -1],
    [NaN, 1],
    [0, Infinity],
  ])("mean %d and deviation %d are refused", (mean, deviation) => {
    expect(() => rngOf(rootKey(1)).fillNormal(new Float64Array(1), mean, deviation)).toThrow(
      new RangeError(
        `rng.fillNormal: mean is ${mean} and deviation ${deviation}; give finite numbers, deviation ≥ 0.`,
      ),
    );
  });
});
