// Errors against the reference, on random bit patterns and around every place where a function changes its method.
import * as math from "@basin/math";
import { describe, expect, test } from "vitest";
import * as reference from "./reference.ts";
import type { Big } from "./reference.ts";
import { anyDouble, between, generator, step } from "./samples.ts";

/** Bit patterns per function: the whole hundred thousand where time allows. */
const COUNT = process.env["BASIN_LONG"] ? 100_000 : 3000;

interface Unary {
  readonly f: (x: number) => number;
  readonly exact: (x: Big) => Big;
  /** Half of the samples have a size between these, each exponent as often as another; the other half any bits that are `within`. */
  readonly size: readonly [number, number];
  readonly within: (x: number) => boolean;
  /** In ulps. */
  readonly limit: number;
  /** An error of this absolute size is allowed too. */
  readonly absolute?: number;
  /** Places where the method changes, or the result overflows, vanishes or rounds to a constant. */
  readonly seams: readonly number[];
}

const positive = (x: number): boolean => x > 0;
const finite = (): boolean => true;
const below =
  (bound: number) =>
  (x: number): boolean =>
    Math.abs(x) < bound;
/** Where the rounding of x/ln 2 changes, and where eˣ leaves the doubles. */
const HALVES = [1, 3, 5, 7, 101, 1001].map((n) => (n * Math.LN2) / 2);
const EXP_SEAMS = [...HALVES, 709.78271289338397, 710.4758600739439, 708.396418532264, 745.1332191019411];
/** √½·2ᵏ, where the reduced argument jumps, and 1, where the logarithm vanishes. */
const LOG_SEAMS = [
  1,
  2,
  0.5,
  Math.SQRT1_2,
  Math.SQRT2,
  2 * Math.SQRT2,
  1e300 * Math.SQRT2,
  2.2250738585072014e-308,
  5e-324,
  10,
  1000,
  1e22,
];
/** Multiples of π/2 and their halves; 2¹⁹·π/2, where the long reduction begins; doubles that come closest to a multiple of π/2. */
const TRIG_SEAMS = [
  ...[1, 2, 3, 4, 5, 8, 100, 12345, 524287, 524288, 524289].flatMap((n) => [
    (n * Math.PI) / 2,
    (n * Math.PI) / 4,
  ]),
  1.4901161193847656e-8,
  1e22,
  6381956970095103 * 2 ** 797, // Kahan 1983: 4.7·10⁻¹⁹ from one
  5.319372648326541e255,
  Number.MAX_VALUE,
];

const unary: Record<string, Unary> = {
  exp: {
    f: math.exp,
    exact: reference.exp,
    size: [2 ** -30, 746],
    within: below(2000),
    limit: 1,
    seams: EXP_SEAMS,
  },
  expm1: {
    f: math.expm1,
    exact: reference.expm1,
    size: [2 ** -40, 710],
    within: below(2000),
    limit: 1,
    seams: [...EXP_SEAMS, 36.7, 37.43, 40],
  },
  log: {
    f: math.log,
    exact: reference.log,
    size: [2 ** -20, 2 ** 20],
    within: positive,
    limit: 1,
    seams: LOG_SEAMS,
  },
  log1p: {
    f: math.log1p,
    exact: reference.log1p,
    size: [2 ** -60, 2 ** 60],
    within: (x) => x > -1,
    limit: 1,
    seams: [Math.SQRT2 - 1, 1 - Math.SQRT1_2, 1 - 2 ** -53, 1, 2 ** -53, 2 ** 53],
  },
  log2: {
    f: math.log2,
    exact: reference.log2Of,
    size: [2 ** -20, 2 ** 20],
    within: positive,
    limit: 1,
    seams: LOG_SEAMS,
  },
  log10: {
    f: math.log10,
    exact: reference.log10,
    size: [2 ** -20, 2 ** 20],
    within: positive,
    limit: 1,
    seams: LOG_SEAMS,
  },
  sin: {
    f: math.sin,
    exact: reference.sin,
    size: [2 ** -30, 2 ** 30],
    within: finite,
    limit: 1,
    seams: TRIG_SEAMS,
  },
  cos: {
    f: math.cos,
    exact: reference.cos,
    size: [2 ** -30, 2 ** 30],
    within: finite,
    limit: 1,
    seams: TRIG_SEAMS,
  },
  tan: {
    f: math.tan,
    exact: reference.tan,
    size: [2 ** -30, 2 ** 30],
    within: finite,
    limit: 1.5,
    seams: TRIG_SEAMS,
  },
  asin: {
    f: math.asin,
    exact: reference.asin,
    size: [2 ** -30, 1],
    within: (x) => Math.abs(x) <= 1,
    limit: 1,
    seams: [0.5, 1, 2 ** -26],
  },
  acos: {
    f: math.acos,
    exact: reference.acos,
    size: [2 ** -60, 1],
    within: (x) => Math.abs(x) <= 1,
    limit: 1,
    seams: [0.5, 1, 2 ** -53],
  },
  atan: {
    f: math.atan,
    exact: reference.atan,
    size: [2 ** -30, 2 ** 30],
    within: finite,
    limit: 1,
    seams: [7 / 16, 11 / 16, 19 / 16, 39 / 16, 1, 2 ** -26, 2 ** 53],
  },
  sinh: {
    f: math.sinh,
    exact: reference.sinh,
    size: [2 ** -30, 711],
    within: below(2000),
    limit: 1,
    seams: [...EXP_SEAMS, 1, 22, 2 ** -26],
  },
  cosh: {
    f: math.cosh,
    exact: reference.cosh,
    size: [2 ** -30, 711],
    within: below(2000),
    limit: 1,
    seams: [...EXP_SEAMS, 22],
  },
  tanh: {
    f: math.tanh,
    exact: reference.tanh,
    size: [2 ** -30, 24],
    within: below(1000),
    limit: 1.5,
    seams: [...HALVES, ...HALVES.map((x) => x / 2), 22, 19.06, 2 ** -29],
  },
  cbrt: {
    f: math.cbrt,
    exact: reference.cbrt,
    size: [2 ** -30, 2 ** 30],
    within: finite,
    limit: 1,
    seams: [1, 2, 4, 8, 27, 2.2250738585072014e-308, 5e-324],
  },
  sigmoid: {
    f: math.sigmoid,
    exact: reference.sigmoid,
    size: [2 ** -60, 746],
    within: below(2000),
    limit: 1.5,
    seams: [...EXP_SEAMS, 36.7, 37.43],
  },
  softplus: {
    f: math.softplus,
    exact: reference.softplus,
    size: [2 ** -60, 746],
    within: below(2000),
    limit: 1.5,
    seams: [...EXP_SEAMS, 0.881373587019543, 36.7, 37.43],
  },
  erf: {
    f: math.erf,
    exact: reference.erf,
    size: [2 ** -30, 6.5],
    within: below(30),
    limit: 1.5,
    seams: [0.75, 5.92, 6],
  },
  erfc: {
    f: math.erfc,
    exact: reference.erfc,
    size: [2 ** -60, 27.3],
    within: below(40),
    limit: 1.5,
    seams: [0.25, 0.5, 0.75, 1.5, 3, 6, 26.543258430632299, 27.226017111108362, 28],
  },
  lgamma: {
    f: math.lgamma,
    exact: reference.lgamma,
    size: [2 ** -70, 2 ** 12],
    within: (x) => x < 2.55e305 && (x > 0 || Math.floor(x) !== x),
    limit: 1.5,
    absolute: 2 ** -56,
    seams: [
      1,
      2,
      3,
      8,
      10,
      0.5,
      1.5,
      2.5,
      9.5,
      10.5,
      2 ** -60,
      2 ** 60,
      1.4616321449683622,
      2.4570247382208006,
      1e300,
    ],
  },
};

function worst(row: Unary, xs: readonly number[]): { error: number; at: number } {
  let error = 0;
  let at = NaN;
  for (const x of xs) {
    const y = row.f(x);
    const exact = row.exact(reference.big(x));
    if (row.absolute !== undefined && reference.distance(y, exact) <= row.absolute) continue;
    const e = reference.ulps(y, exact);
    if (!(e <= error)) [error, at] = [e, x];
  }
  return { error, at };
}

describe.each(Object.entries(unary))("%s", (name, row) => {
  test(`${COUNT} random bit patterns`, () => {
    const bits = generator(name.length * 1000 + name.charCodeAt(0));
    const xs: number[] = [];
    while (xs.length < COUNT) {
      const x =
        xs.length % 2 === 0 ? between(bits, ...row.size) * (bits() % 2 === 0 ? 1 : -1) : anyDouble(bits);
      if (row.within(x)) xs.push(x);
    }
    const { error, at } = worst(row, xs);
    expect(error, `at ${at}`).toBeLessThanOrEqual(row.limit);
  });
  test("seams and hard cases", () => {
    const steps = [0, 1, 2, 3, 10, 100, 1e6, -1, -2, -3, -10, -100, -1e6];
    const xs = row.seams
      .flatMap((x) => steps.map((n) => step(x, n)))
      .flatMap((x) => [x, -x])
      .filter((x) => Number.isFinite(x) && x !== 0 && row.within(x));
    const { error, at } = worst(row, xs);
    expect(error, `at ${at}`).toBeLessThanOrEqual(row.limit);
  });
});

interface Binary {
  readonly f: (x: number, y: number) => number;
  readonly exact: (x: Big, y: Big) => Big;
  readonly limit: number;
  /** Absolute error allowed, given the arguments. */
  readonly absolute?: (x: number, y: number) => number;
  readonly draw: (bits: () => number, i: number) => readonly [number, number];
  readonly within: (x: number, y: number) => boolean;
}
const sign = (bits: () => number): number => (bits() % 2 === 0 ? 1 : -1);
const both = (bits: () => number, low: number, high: number): [number, number] => [
  between(bits, low, high) * sign(bits),
  between(bits, low, high) * sign(bits),
];

const binary: Record<string, Binary> = {
  pow: {
    f: math.pow,
    exact: reference.pow,
    limit: 1,
    draw: (bits, i) =>
      i % 4 === 0
        ? [Math.abs(anyDouble(bits)), between(bits, 2 ** -10, 4) * sign(bits)]
        : i % 4 === 1
          ? [1 + between(bits, 2 ** -52, 0.5) * sign(bits), between(bits, 1, 2 ** 60) * sign(bits)]
          : i % 4 === 2
            ? [between(bits, 2 ** -8, 2 ** 8), between(bits, 2 ** -8, 2 ** 8) * sign(bits)]
            : [between(bits, 1e-300, 1e300), between(bits, 2 ** -1000, 1) * sign(bits)],
    within: (x, y) => x > 0 && Math.abs(y * Math.log(x)) < 800,
  },
  atan2: {
    f: math.atan2,
    exact: reference.atan2,
    limit: 1.5,
    draw: (bits, i) => {
      if (i % 3 === 0) return [anyDouble(bits), anyDouble(bits)];
      const x = i % 3 === 1 ? anyDouble(bits) : between(bits, 2 ** -8, 2 ** 8) * sign(bits);
      return [x * between(bits, 2 ** -6, 2 ** 6), x];
    },
    within: (y, x) => y !== 0 && x !== 0 && Number.isFinite(y),
  },
  hypot: {
    f: math.hypot,
    exact: reference.hypot,
    limit: 1,
    draw: (bits, i) => {
      if (i % 3 === 0) return [anyDouble(bits), anyDouble(bits)];
      const x = i % 3 === 1 ? anyDouble(bits) : between(bits, 2 ** -8, 2 ** 8);
      return [x, x * between(bits, 2 ** -30, 1)];
    },
    within: (x, y) => x !== 0 && y !== 0,
  },
  logaddexp: {
    f: math.logaddexp,
    exact: reference.logaddexp,
    limit: 1.5,
    absolute: (x, y) => 2 ** -53 * Math.max(Math.abs(x), Math.abs(y), 1),
    draw: (bits, i) => {
      if (i % 2 === 0) return both(bits, 2 ** -10, 900);
      const x = between(bits, 2 ** -10, 900) * sign(bits);
      return [x, x + between(bits, 2 ** -30, 50)];
    },
    within: () => true,
  },
};

test.each(Object.entries(binary))(`%s: ${COUNT} random bit patterns`, (name, row) => {
  const bits = generator(name.charCodeAt(0) + 77);
  let error = 0;
  let at: readonly [number, number] = [NaN, NaN];
  for (let i = 0; i < COUNT;) {
    const [x, y] = row.draw(bits, i);
    if (!row.within(x, y)) continue;
    i++;
    const z = row.f(x, y);
    const exact = row.exact(reference.big(x), reference.big(y));
    if (row.absolute && reference.distance(z, exact) <= row.absolute(x, y)) continue;
    const e = reference.ulps(z, exact);
    if (!(e <= error)) [error, at] = [e, [x, y]];
  }
  expect(error, `at ${at.join(", ")}`).toBeLessThanOrEqual(row.limit);
});
