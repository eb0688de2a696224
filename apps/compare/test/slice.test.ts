import { expect, test } from "vitest";
import { pointOn, project, sliceThrough } from "../src/engine/slice.ts";

const v = (...x: number[]): Float64Array => Float64Array.from(x);
const dot = (a: Readonly<Float64Array>, b: Readonly<Float64Array>): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

test("the slice contains the start and the best point, and its directions are orthonormal", () => {
  const [start, best] = [v(1, 2, 3, 4), v(2, 0, 3, 5)];
  const slice = sliceThrough(start, best, [v(0, 0, 9, 0), v(1, 2, 7, 4), v(1, 2, -3, 4)]);
  expect(dot(slice.u, slice.u)).toBeCloseTo(1, 12);
  expect(dot(slice.v, slice.v)).toBeCloseTo(1, 12);
  expect(dot(slice.u, slice.v)).toBeCloseTo(0, 12);
  for (const point of [start, best]) {
    const spot = project(slice, point, 1, 0);
    expect(spot.near).toBeCloseTo(1, 6);
    pointOn(slice, spot.x, spot.y).forEach((x, i) => expect(x).toBeCloseTo(point[i]!, 10));
  }
  // The others lie mostly along the third coordinate, so that is the second direction.
  expect(Math.abs(slice.v[2]!)).toBeGreaterThan(0.9);
});

test("a point beside the slice is less near by its distance", () => {
  const slice = sliceThrough(v(0, 0, 0), v(1, 0, 0), [v(0, 1, 0)]);
  expect(project(slice, v(0, 0, 2), 2, 0)).toMatchObject({ x: 0, y: 0, near: 0.5 });
});

test("it stands without other points, without a journey, and in one dimension", () => {
  for (const [start, best, others] of [
    [v(0, 0), v(1, 1), []],
    [v(1, 1), v(1, 1), []],
    [v(0, 0), v(1, 0), [v(0.5, 0)]],
    [v(3), v(5), [v(4)]],
  ] as const) {
    const slice = sliceThrough(start, best, others);
    for (const point of [start, best]) {
      const spot = project(slice, point, 1, 0);
      pointOn(slice, spot.x, spot.y).forEach((x, i) => expect(x).toBeCloseTo(point[i]!, 10));
    }
  }
});
