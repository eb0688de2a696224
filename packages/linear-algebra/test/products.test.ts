import { dot, multiply, times, transpose, transposedTimes } from "@basin/linear-algebra";
import fc from "fast-check";
import { expect, test } from "vitest";

const shapes = fc.tuple(
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 6 }),
);
/** Whole numbers, so that every product is exact and equality is that of bits. */
const whole = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: length, maxLength: length })
    .map((x) => Float64Array.from(x));

test("by hand", () => {
  const a = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect(times(a, Float64Array.of(1, 0, -1))).toEqual(Float64Array.of(-2, -2));
  expect(transposedTimes(a, Float64Array.of(1, -1))).toEqual(Float64Array.of(-3, -3, -3));
  expect(transpose(a, 2, 3)).toEqual(Float64Array.of(1, 4, 2, 5, 3, 6));
  expect(multiply(a, transpose(a, 2, 3), 2, 3, 2)).toEqual(Float64Array.of(14, 32, 32, 77));
  expect(dot(Float64Array.of(1, 2), Float64Array.of(3, 4))).toBe(11);
});

test("the products agree with one another", () => {
  fc.assert(
    fc.property(
      shapes.chain(([m, k, n]) =>
        fc.tuple(fc.constant([m, k, n] as const), whole(m * k), whole(k * n), whole(n), whole(m)),
      ),
      ([[m, k, n], a, b, x, y]) => {
        expect(times(multiply(a, b, m, k, n), x)).toEqual(times(a, times(b, x), new Float64Array(m)));
        expect(dot(y, times(a, times(b, x)))).toBe(
          dot(times(transpose(multiply(a, b, m, k, n), m, n), y), x),
        );
        expect(transposedTimes(a, y).map((v) => v + 0)).toEqual(
          times(transpose(a, m, k), y).map((v) => v + 0),
        );
        expect(transpose(transpose(a, m, k), k, m)).toEqual(a);
      },
    ),
  );
});

test("write to what they are given, and refuse what does not fit", () => {
  const out = Float64Array.of(7, 7);
  expect(times(Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 1), out)).toBe(out);
  expect(out).toEqual(Float64Array.of(3, 7));
  expect(transposedTimes(Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 1), out)).toBe(out);
  expect(out).toEqual(Float64Array.of(4, 6));
  expect(() => times(new Float64Array(4), new Float64Array(2), new Float64Array(3))).toThrow(
    "times: the matrix has 4 entries; give 3 × 2 = 6 of them.",
  );
  expect(() => multiply(new Float64Array(4), new Float64Array(3), 2, 2, 2)).toThrow(
    "multiply: the matrix has 3 entries",
  );
  expect(() => dot(new Float64Array(2), new Float64Array(3))).toThrow(
    "dot: the vector has 3 entries; give 2 of them.",
  );
});
