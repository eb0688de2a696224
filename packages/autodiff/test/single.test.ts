// Elementary functions in single precision, against @basin/math in double.
import { compile, exp, log, sigmoid, softplus, tanh, type Tensor } from "@basin/autodiff";
import * as math from "@basin/math";
import { expect, test } from "vitest";

/** The unit in the last place of a single of this size. */
function ulp(x: number): number {
  const word = new Uint32Array(Float32Array.of(Math.abs(x)).buffer)[0]!;
  const next = new Float32Array(Uint32Array.of(word + 1).buffer)[0]!;
  return next - Math.abs(Math.fround(x));
}

const count = 20_001;
const even = (low: number, high: number) =>
  Float64Array.from({ length: count }, (_, i) => Math.fround(low + ((high - low) * i) / (count - 1)));
const functions: [string, (x: Tensor) => Tensor, (x: number) => number, Float64Array[], number][] = [
  ["exp", exp, math.exp, [even(-87, 88), even(-1, 1)], 1],
  ["log", log, math.log, [even(0.001, 4), even(0.9, 1.1), even(1, 1e6)], 1],
  ["sigmoid", sigmoid, math.sigmoid, [even(-85, 40), even(-2, 2)], 2],
  ["softplus", softplus, math.softplus, [even(-85, 40), even(-2, 2)], 2],
  ["tanh", tanh, math.tanh, [even(-12, 12), even(-0.7, 0.7)], 2],
];

test.each(functions)("%s is within a few units in the last place", (_, f, exact, grids, tolerance) => {
  for (const grid of grids) {
    const [found] = compile(f, { shapes: [[count]], precision: "f32" }).run([grid]);
    const errors = found!.map((y, i) => Math.abs(y - exact(grid[i]!)) / ulp(exact(grid[i]!)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
  }
});
