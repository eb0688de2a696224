// Step lines: what is left out of a path does not show.
import fc from "fast-check";
import { expect, test } from "vitest";
import { stepArea, stepLine } from "../src/step-path.ts";

/** The height of a path's pen at x, from its commands alone. */
function heightAt(path: string, x: number): number {
  let [px, py] = [0, 0];
  let height = Number.NaN;
  for (const [, command, first, second] of path.matchAll(/([MHV])(-?[\d.]+)(?:,(-?[\d.]+))?/g)) {
    if (command === "M") [px, py] = [Number(first), Number(second)];
    else if (command === "V") py = Number(first);
    else px = Number(first);
    if (px <= x) height = py;
  }
  return height;
}

const falling = fc
  .array(fc.tuple(fc.double({ min: 1, max: 30, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([dx, dy]) => ({ x: (x += dx), y: (y += Math.floor(dy)) }));
  });

test("between its corners a line is where its values are, to a tenth of a pixel", () => {
  fc.assert(
    fc.property(falling, (points) => {
      const path = stepLine(
        points.length,
        (i) => points[i]!.x,
        (i) => points[i]!.y,
      );
      for (const [i, { x, y }] of points.slice(0, -1).entries())
        expect(heightAt(path, (x + points[i + 1]!.x) / 2)).toBeCloseTo(y, 6);
    }),
    { seed: 1 },
  );
});

test("a line of ten thousand points has no more corners than half pixels, both ends counted", () => {
  const path = stepLine(
    10_000,
    (i) => i / 50,
    (i) => i / 7,
  );
  expect(path.match(/V/g)!.length).toBeLessThanOrEqual(401);
  expect(path.startsWith("M0,0")).toBe(true);
  expect(path.endsWith(`V${Math.round((9999 / 7) * 10) / 10}`)).toBe(true);
});

test("a stretch of equal values is one stroke", () => {
  expect(
    stepLine(
      5,
      (i) => i * 10,
      (i) => (i < 3 ? 7 : 2),
    ),
  ).toBe("M0,7H30V2H40");
  expect(stepLine(0, Number, Number)).toBe("");
});

test("an area goes along the upper line and back along the lower", () => {
  expect(
    stepArea(
      3,
      (i) => i * 10,
      (i) => [9, 8, 6][i]!,
      (i) => [5, 3, 1][i]!,
    ),
  ).toBe("M0,5H10V3H20V1V6H20V8H10V9H0Z");
});
