// The digits: shape, counts, levels, the bits of every number, and that they look like what their labels say.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { digits } from "@basin/digits";

const set = digits();

test("2,000 images of 14 × 14, 200 of each digit, in turn", () => {
  expect([set.rows, set.features.length, set.x.length, set.y.length]).toEqual([2000, 196, 392000, 2000]);
  expect(set.classes.map((_, digit) => set.y.filter((label) => label === digit).length)).toEqual(
    Array<number>(10).fill(200),
  );
  expect(Array.from(set.y.subarray(0, 11))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
});

test("pixels are sixteenths from 0 to 1", () => {
  expect(set.x.every((value) => Number.isInteger(value * 15) && value >= 0 && value <= 1)).toBe(true);
  // The mean pixel of MNIST is 0.1307 (33.3 of 255), the well-known constant of its loaders; balanced classes shift it a little.
  const mean = set.x.reduce((a, b) => a + b, 0) / set.x.length;
  expect(Math.abs(mean - 0.1307)).toBeLessThan(0.004);
});

test("decodes to the numbers that were committed", () => {
  const digest = createHash("sha256")
    .update(new Uint8Array(set.x.buffer, set.x.byteOffset, set.x.byteLength))
    .update(new Uint8Array(set.y.buffer, set.y.byteOffset, set.y.byteLength))
    .digest("hex");
  expect(digest).toBe("b3aeb8b40fdee3be31fb6c03b957870178e4e69e1a7ce646779ff7282ef048a8");
});

test("the nearest mean image names four of five held-out digits", () => {
  // First 1,000 images make the means; chance would name one of ten. LeCun et al. (1998) report 88 % for a linear classifier.
  const means = Array.from({ length: 10 }, () => new Float64Array(196));
  for (let i = 0; i < 1000; i++)
    for (let p = 0; p < 196; p++) means[set.y[i]!]![p]! += set.x[i * 196 + p]! / 100;
  const distance = (i: number, mean: Float64Array): number =>
    mean.reduce((sum, value, p) => sum + (value - set.x[i * 196 + p]!) * (value - set.x[i * 196 + p]!), 0);
  let right = 0;
  for (let i = 1000; i < 2000; i++) {
    const distances = means.map((mean) => distance(i, mean));
    if (distances.indexOf(Math.min(...distances)) === set.y[i]) right++;
  }
  expect(right).toBeGreaterThan(750);
});
