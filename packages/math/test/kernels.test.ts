// Each polynomial's error, in exact arithmetic, is what kernels.ts says of it; and split constants are the whole they stand for.
import * as kernels from "@basin/math/kernels";
import { describe, expect, test } from "vitest";
import {
  acos,
  add,
  asin,
  atan,
  big,
  cbrt,
  cos,
  div,
  erf,
  erfc,
  exp,
  lgamma,
  log,
  mul,
  sin,
  sinh,
  sub,
  toNumber,
} from "./reference.ts";
import type { Big } from "./reference.ts";

const ONE = big(1);
const polynomial = (c: readonly number[], x: Big): Big =>
  c.toReversed().reduce<Big>((sum, a) => add(mul(sum, x), big(a)), big(0));

/** The largest |approximation − exact|, or that relative to exact, over an interval. */
function worst(
  low: number,
  high: number,
  exact: (x: Big) => Big,
  approximation: (x: Big) => Big,
  relative = false,
): number {
  let error = 0;
  for (let i = 0; i <= 600; i++) {
    const x = big(low + ((high - low) * i) / 600);
    const y = exact(x);
    if (y.m === 0n) continue;
    const d = sub(approximation(x), y);
    error = Math.max(error, Math.abs(toNumber(relative ? div(d, y) : d)));
  }
  return Math.log2(error);
}
const square = (x: Big): Big => mul(x, x);
const cube = (x: Big): Big => mul(x, square(x));

describe("the error of", () => {
  test("eʳ", () => {
    const f = (r: Big): Big =>
      add(add(ONE, r), add(mul(big(0.5), square(r)), mul(cube(r), polynomial(kernels.EXP.a, r))));
    expect(worst(-0.3466, 0.3466, exp, f)).toBeLessThan(-63.9);
  });
  test("ln((1 + s)/(1 − s))", () => {
    const exact = (s: Big): Big => log(div(add(ONE, s), sub(ONE, s)));
    const f = (s: Big): Big => add(mul(big(2), s), mul(cube(s), polynomial(kernels.LOG.r, square(s))));
    expect(worst(-0.1716, 0.1716, exact, f)).toBeLessThan(-59);
  });
  test("the same in two doubles", () => {
    const { twoThirdsHi, twoThirdsLo, q } = kernels.LOG_DOUBLE;
    const exact = (s: Big): Big => log(div(add(ONE, s), sub(ONE, s)));
    const f = (s: Big): Big => {
      const r = add(add(big(twoThirdsHi), big(twoThirdsLo)), mul(square(s), polynomial(q, square(s))));
      return add(mul(big(2), s), mul(cube(s), r));
    };
    expect(worst(-0.1716, 0.1716, exact, f, true)).toBeLessThan(-68.5);
  });
  test("sin r, cos r", () => {
    const s = (r: Big): Big => add(r, mul(cube(r), polynomial(kernels.TRIG.s, square(r))));
    expect(worst(-0.7854, 0.7854, sin, s, true)).toBeLessThan(-57.8);
    const c = (r: Big): Big =>
      add(sub(ONE, mul(big(0.5), square(r))), mul(square(square(r)), polynomial(kernels.TRIG.c, square(r))));
    expect(worst(-0.7854, 0.7854, cos, c)).toBeLessThan(-63.9);
  });
  test.each([
    ["sinh x", sinh, kernels.SINH.s, 1, -61],
    ["asin x", asin, kernels.ASIN.a, 0.5, -59.8],
    ["atan t", atan, kernels.ATAN.a, 7 / 16, -57.6],
  ] as const)("%s", (_, exact, c, end, claim) => {
    const f = (x: Big): Big => add(x, mul(cube(x), polynomial(c, square(x))));
    expect(worst(-end, end, exact, f, true)).toBeLessThan(claim);
  });
  test("m^(−1/3)", () => {
    expect(
      worst(
        1,
        2,
        (m) => div(ONE, cbrt(m)),
        (m) => polynomial(kernels.CBRT.p, m),
        true,
      ),
    ).toBeLessThan(-14.6);
  });
  test("erf x, erfc x", () => {
    const p = (x: Big): Big => add(x, mul(x, polynomial(kernels.ERF.p, square(x))));
    expect(worst(-0.75, 0.75, erf, p, true)).toBeLessThan(-55.7);
    const exact = (x: Big): Big => mul(mul(x, exp(square(x))), erfc(x));
    const f = (x: Big): Big =>
      add(big(kernels.ERF.f0Lo), polynomial(kernels.ERF.f, div(sub(x, big(3)), add(x, big(3)))));
    expect(worst(0.75, 28, exact, f, true)).toBeLessThan(-56.4);
  });
  test("ln Γ(y), y ≥ 8", () => {
    const { offset, offsetLo, s } = kernels.STIRLING;
    const f = (v: Big): Big => {
      const y = div(ONE, v);
      const main = mul(sub(y, big(0.5)), sub(log(y), ONE));
      return add(add(main, add(big(offset), big(offsetLo))), mul(v, polynomial(s, square(v))));
    };
    expect(worst(1 / 1000, 1 / 8, (v) => lgamma(div(ONE, v)), f)).toBeLessThan(-60);
  });
});

describe("constants", () => {
  const rest = (whole: Big, ...parts: number[]): number =>
    Math.log2(Math.abs(toNumber(parts.reduce((sum, p) => sub(sum, big(p)), whole))) + 2 ** -300);
  const pi = mul(big(2), acos(big(0)));
  test("split without loss", () => {
    expect(rest(log(big(2)), kernels.EXP.ln2Hi, kernels.EXP.ln2Lo)).toBeLessThan(-95);
    expect(rest(mul(big(0.5), pi), kernels.TRIG.p1, kernels.TRIG.p2, kernels.TRIG.p3)).toBeLessThan(-120);
    expect(rest(div(big(2), pi), kernels.TRIG.twoOverPi)).toBeLessThan(-53);
    expect(rest(div(ONE, log(big(2))), kernels.EXP.log2e)).toBeLessThan(-53);
    for (const [i, c] of kernels.ATAN.c.entries())
      expect(rest(atan(big(c)), kernels.ATAN.hi[i]!, kernels.ATAN.lo[i]!)).toBeLessThan(-105);
    expect(rest(mul(big(0.5), pi), kernels.ATAN.hi[4], kernels.ATAN.lo[4])).toBeLessThan(-105);
  });
  test("have the zero bits that make products exact", () => {
    expect(Number.isInteger(kernels.EXP.ln2Hi * 2 ** 42)).toBe(true);
    expect(Number.isInteger(kernels.TRIG.p1 * 2 ** 33)).toBe(true);
    expect(Number.isInteger(kernels.TRIG.p2 * 2 ** 68)).toBe(true);
    expect(Math.fround(kernels.LOG_DOUBLE.twoThirdsHi)).toBe(kernels.LOG_DOUBLE.twoThirdsHi);
  });
});
