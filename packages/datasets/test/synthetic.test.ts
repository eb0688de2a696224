// Synthetic sets: the shapes that their formulas promise, and nothing but the given chance.
import { describe, expect, test } from "vitest";
import {
  blobs,
  circles,
  lineWithOutliers,
  moons,
  spiral,
  xor,
  type Dataset,
  type RandomSource,
} from "@basin/datasets";
import { turn } from "../src/synthetic/turn.ts";

/** A plain generator (Numerical Recipes' 32-bit LCG); normals by the sum of twelve uniforms. Good enough to test shapes. */
function chance(seed: number): RandomSource {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return {
    uniform,
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += uniform();
      return sum;
    },
  };
}
const points = ({ x, y }: Dataset): { p: number; q: number; label: number }[] =>
  Array.from(y, (label, i) => ({ p: x[2 * i]!, q: x[2 * i + 1]!, label }));

describe.each([
  ["line-with-outliers", lineWithOutliers],
  ["blobs", blobs],
  ["moons", moons],
  ["circles", circles],
  ["xor", xor],
  ["spiral", spiral],
] as const)("%s", (name, make) => {
  test("the same chance gives the same bits, another gives others", () => {
    expect(make(chance(1)).x).toEqual(make(chance(1)).x);
    expect(make(chance(1)).x).not.toEqual(make(chance(2)).x);
    expect(make(chance(1)).name).toBe(name);
  });
  test("has the rows asked for, finite, with classes of equal size", () => {
    const set = make(chance(3), { rows: 41 });
    expect([set.rows, set.x.length]).toEqual([41, 41 * set.features.length]);
    expect(set.x.every(Number.isFinite)).toBe(true);
    const sizes = (set.classes ?? []).map((_, c) => set.y.filter((label) => label === c).length);
    expect(Math.max(0, ...sizes) - Math.min(41, ...sizes)).toBeLessThanOrEqual(1);
  });
});

describe("without noise", () => {
  test("moons are half circles of radius 1", () => {
    for (const { p, q, label } of points(moons(chance(1), { noise: 0 }))) {
      const [dx, dy] = label === 0 ? [p, q] : [1 - p, 0.5 - q];
      expect(Math.hypot(dx, dy)).toBeCloseTo(1, 12);
      expect(dy).toBeGreaterThanOrEqual(0);
    }
  });
  test("circles have radii 1 and 1/2", () => {
    for (const { p, q, label } of points(circles(chance(1), { noise: 0 })))
      expect(Math.hypot(p, q)).toBeCloseTo(label === 0 ? 1 : 0.5, 12);
  });
  test("xor: the label says whether the signs differ", () => {
    for (const { p, q, label } of points(xor(chance(1), { noise: 0 })))
      expect(label).toBe(Math.sign(p) === Math.sign(q) ? 0 : 1);
  });
  test("spiral: the angle follows the radius, arms are opposite", () => {
    for (const { p, q, label } of points(spiral(chance(1), { noise: 0, turns: 2 }))) {
      const radius = Math.hypot(p, q);
      const angle = 2 * Math.PI * (2 * ((radius - 0.1) / 0.9) + label / 2);
      expect(p).toBeCloseTo(radius * Math.cos(angle), 6);
      expect(q).toBeCloseTo(radius * Math.sin(angle), 6);
    }
  });
  test("blobs without spread are their centres, at distance 2", () => {
    for (const { p, q, label } of points(blobs(chance(1), { spread: 0, classes: 4 }))) {
      expect(p).toBeCloseTo(2 * Math.cos((label * Math.PI) / 2), 12);
      expect(q).toBeCloseTo(2 * Math.sin((label * Math.PI) / 2), 12);
    }
  });
  test("line: points lie on it, outliers 4 to 8 below, and only as many as asked", () => {
    const { x, y } = lineWithOutliers(chance(1), { rows: 1000, noise: 0, outliers: 0.2 });
    const below = x.map((value, i) => 2 * value + 1 - y[i]!);
    expect(below.every((gap) => Math.abs(gap) < 1e-12 || (gap >= 4 - 1e-12 && gap <= 8))).toBe(true);
    // A binomial count with mean 200 and deviation 12.6: five deviations either side.
    const outliers = below.filter((gap) => gap > 1).length;
    expect(Math.abs(outliers - 200)).toBeLessThan(64);
  });
});

test("turn is cos and sin to 2⁻³⁰ of a turn", () => {
  for (const t of [0, 0.125, 0.25, 1 / 3, 0.5, 0.7, 0.999, 1.25, -0.25]) {
    const [c, s] = turn(t);
    // The angle is rounded by at most 2⁻³⁰ turns = 5.9e-9 radians.
    expect(Math.abs(c - Math.cos(2 * Math.PI * t))).toBeLessThan(6e-9);
    expect(Math.abs(s - Math.sin(2 * Math.PI * t))).toBeLessThan(6e-9);
    expect(Math.abs(c * c + s * s - 1)).toBeLessThan(1e-15 * 30);
  }
  expect(turn(0.5)).toEqual([-1, 0]);
});
