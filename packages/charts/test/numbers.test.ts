import { array, assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import { formatNumber, makeAxis } from "../src/numbers.ts";
import { spread } from "../src/spread.ts";

test("numbers read as people write them", () => {
  expect(formatNumber(0)).toBe("0");
  expect(formatNumber(1234)).toBe("1,234");
  expect(formatNumber(0.012345)).toBe("0.0123");
  expect(formatNumber(-0.5)).toBe("−0.5");
  expect(formatNumber(1e-12)).toBe("10⁻¹²");
  expect(formatNumber(4.5e-7)).toBe("4.5 × 10⁻⁷");
  expect(formatNumber(2e6)).toBe("2 × 10⁶");
  expect(formatNumber(Infinity)).toBe("∞");
  expect(formatNumber(NaN)).toBe("not a number");
});

test("a logarithmic axis has ticks at powers of ten, and at fewer where there are many", () => {
  const axis = makeAxis("log", [1, 1e4], [0, 400], 6);
  expect(axis.ticks).toEqual([1, 10, 100, 1000, 10_000]);
  expect([axis(1), axis(100), axis(1e4)]).toEqual([0, 200, 400]);
  expect(makeAxis("log", [1e-12, 1], [0, 400], 5).ticks.length).toBeLessThanOrEqual(5);
  expect(makeAxis("log", [0.2, 0.9], [0, 400], 5).ticks.length).toBeGreaterThanOrEqual(2);
});

test("values outside an axis are held at its ends", () => {
  const axis = makeAxis("linear", [0, 10], [100, 0], 4);
  expect([axis(-5), axis(5), axis(50)]).toEqual([100, 50, 0]);
});

test("labels never overlap, keep their order, and stay inside where there is room", () => {
  assert(
    property(array(double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 12 }), (wanted) => {
      const at = spread(wanted, 17, 0, 400);
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
      for (let i = 1; i < order.length; i++)
        expect(at[order[i]!]! - at[order[i - 1]!]!).toBeGreaterThanOrEqual(17 - 1e-9);
      for (const y of at) {
        expect(y).toBeGreaterThanOrEqual(-1e-9);
        expect(y).toBeLessThanOrEqual(400 + 1e-9);
      }
    }),
  );
});

test("labels that are far apart stay where they are wanted", () =>
  expect(spread([10, 200, 90], 17, 0, 400)).toEqual([10, 200, 90]));
