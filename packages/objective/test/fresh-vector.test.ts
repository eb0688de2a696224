// Vectors cut from blocks are as good as arrays of their own.
import fc from "fast-check";
import { expect, test } from "vitest";
import { freshVector } from "@basin/objective";

test("every vector is zeros, of the length asked for, and nobody else's", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 60 }), (lengths) => {
      const vectors = lengths.map((n) => freshVector(n));
      for (const [k, vector] of vectors.entries()) {
        expect(vector.length).toBe(lengths[k]);
        expect(vector.every((entry) => entry === 0)).toBe(true);
        vector.fill(k + 1);
      }
      for (const [k, vector] of vectors.entries())
        expect(vector.every((entry) => entry === k + 1)).toBe(true);
    }),
  );
});

test("a copy in another thread holds a block, not more", () => {
  expect(freshVector(100).buffer.byteLength).toBeLessThanOrEqual(16_384);
});
