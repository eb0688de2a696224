// The line search against what its sources promise: exact on parabolas, and no more values than they need.
import fc from "fast-check";
import { expect, test } from "vitest";
import { advanceLine, beginLine, type LineMinimum } from "../src/line-minimum.ts";

const EVERYWHERE = [-Infinity, Infinity] as const;

/** The finished search for the minimum of φ, and how many values it asked for. */
function finished(
  phi: (t: number) => number,
  step: number,
  { range = EVERYWHERE, curvature = 0, relative = 1e-3 } = {},
): LineMinimum & { asked: number } {
  let line = beginLine(phi(0), step, 1e-12, relative, range, curvature);
  let asked = 0;
  for (; line.next !== undefined; asked++) {
    if (asked > 200) throw new Error("200 values, and no end");
    line = advanceLine(line, phi(line.next));
  }
  return { ...line, asked };
}

const parabola = fc.record({
  at: fc.double({ min: -100, max: 100, noNaN: true }),
  curvature: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
});

test("a parabola whose curvature is known needs two values: one for its slope, one at its minimum", () => {
  fc.assert(
    fc.property(
      parabola,
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      fc.boolean(),
      ({ at, curvature }, share, back) => {
        // within the ten steps that a prediction may reach
        fc.pre(Math.abs(at) > 1e-3);
        const phi = (t: number): number => 0.5 * curvature * (t - at) * (t - at);
        const line = finished(phi, (back ? -1 : 1) * share * Math.abs(at), { curvature });
        // the third is Brent's look at the vertex of the three points, where rounding has moved it
        expect(line.asked).toBeLessThanOrEqual(3);
        expect(Math.abs(line.at - at)).toBeLessThanOrEqual(1.1e-3 * Math.abs(at));
      },
    ),
  );
});

test("on a parabola it finds the minimum and the curvature, wherever they are", () => {
  fc.assert(
    fc.property(parabola, fc.double({ min: 0.01, max: 10, noNaN: true }), ({ at, curvature }, step) => {
      const phi = (t: number): number => 0.5 * curvature * (t - at) * (t - at);
      const line = finished(phi, step);
      expect(Math.abs(line.at - at)).toBeLessThanOrEqual(1e-3 * Math.abs(at) + 2e-3 * step);
      expect(line.curvature / curvature).toBeCloseTo(1, 4);
    }),
  );
});

test("a wrong curvature misleads it for a value or two, not in what it finds", () => {
  for (const curvature of [1e-6, 0.01, 1, 100]) {
    // |t − 3|^1.5 + a tenth of (t − 3)², of no constant curvature
    const phi = (t: number): number => Math.sqrt(Math.abs(t - 3)) ** 3 + 0.1 * (t - 3) * (t - 3);
    const line = finished(phi, 1, { curvature });
    expect(Math.abs(line.at - 3)).toBeLessThan(0.1);
  }
});

test("a minimum beyond the range is met at its end", () => {
  for (const curvature of [0, 2]) {
    const line = finished((t) => (t - 5) * (t - 5), 0.5, { range: [-1, 2], curvature });
    expect(line.at).toBeCloseTo(2, 2);
  }
});
