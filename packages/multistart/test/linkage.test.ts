// The choice of starts, worked by hand.
import { describe, expect, test } from "vitest";
import { criticalDistance, nextStart } from "../src/linkage.ts";

describe("criticalDistance", () => {
  test("n = 1: the interval of that radius covers σ ln m / m of the unit interval", () => {
    // A ball of radius r in one dimension has length 2 r: π^(−1/2) Γ(3/2) s = s/2.
    expect(2 * criticalDistance(100, 1, 4)).toBeCloseTo((4 * Math.log(100)) / 100, 12);
  });
  test("n = 2: the disc has the area σ ln m / m", () => {
    const r = criticalDistance(50, 2, 1);
    expect(Math.PI * r * r).toBeCloseTo(Math.log(50) / 50, 12);
  });
});

describe("nextStart", () => {
  const pool = { points: Float64Array.of(0.1, 0.15, 0.9, 0.5), values: Float64Array.of(1, 2, 3, Infinity) };
  const unused = new Uint8Array(4);
  test("the best sample first", () =>
    expect(nextStart(pool, unused, new Float64Array(0), 1, 0.1, 1)).toBe(0));
  test("then the best that no better one excludes", () =>
    expect(nextStart(pool, Uint8Array.of(1, 0, 0, 0), new Float64Array(0), 1, 0.1, 1)).toBe(2));
  test("a known minimum near by excludes", () =>
    expect(nextStart(pool, Uint8Array.of(1, 0, 0, 0), Float64Array.of(0.92), 1, 0.1, 1)).toBe(-1));
  test("only the promising share counts, and failures never", () => {
    expect(nextStart(pool, Uint8Array.of(1, 0, 0, 0), new Float64Array(0), 0.5, 0.1, 1)).toBe(-1);
    expect(nextStart(pool, Uint8Array.of(1, 1, 1, 0), new Float64Array(0), 1, 0.1, 1)).toBe(-1);
  });
  test("of equal values the first, also where they are at the edge of the share", () => {
    const equal = { points: Float64Array.of(0.9, 0.1, 0.5, 0.3), values: Float64Array.of(2, 1, 1, 1) };
    expect(nextStart(equal, unused, new Float64Array(0), 0.5, 0.1, 1)).toBe(1);
    expect(nextStart(equal, Uint8Array.of(0, 1, 0, 0), new Float64Array(0), 0.5, 0.1, 1)).toBe(2);
    expect(nextStart(equal, Uint8Array.of(0, 1, 1, 0), new Float64Array(0), 0.5, 0.1, 1)).toBe(-1);
  });
});
