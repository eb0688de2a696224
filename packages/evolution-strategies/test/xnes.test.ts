// The two ways to multiply xNES's factor by the exponential of its gradient.
import fc from "fast-check";
import { rngOf, rootKey } from "@basin/random";
import { expect, test } from "vitest";
import { turnedBySamples, turnedWhole } from "../src/xnes.ts";

test("the way through the samples' own space gives what the whole matrix gives", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 24 }),
      fc.nat(),
      (m, more, seed) => {
        const n = m + more;
        const rng = rngOf(rootKey(seed));
        const factor = rng.fillNormal(new Float64Array(n * n));
        const white = rng.fillNormal(new Float64Array(m * n));
        // as utilities are: some positive, some negative, of a sum near zero
        const halves = rng.fillNormal(new Float64Array(m), 0, 1 / n);
        const [whole, quick] = [turnedWhole, turnedBySamples].map((turned) =>
          turned(factor, white, halves, n),
        );
        // relative to the largest entry: both round some n times at that size
        const size = Math.max(...whole!.map(Math.abs));
        for (let at = 0; at < n * n; at++)
          expect(Math.abs(quick![at]! - whole![at]!)).toBeLessThan(1e-12 * size);
      },
    ),
    { numRuns: 60 },
  );
});

test("one sample along an axis stretches the factor along it, by e^h", () => {
  // A exp(h e₂ e₂ᵀ): column 2 of A times e^h
  const n = 4;
  const factor = Float64Array.from({ length: n * n }, (_, at) => at + 1);
  const turned = turnedBySamples(factor, Float64Array.of(0, 0, 1, 0), Float64Array.of(0.5), n);
  for (let at = 0; at < n * n; at++)
    expect(turned[at]).toBeCloseTo(factor[at]! * (at % n === 2 ? Math.exp(0.5) : 1), 12);
});
