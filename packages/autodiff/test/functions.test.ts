// Functions made of ops: values by their definitions, gradients by differences, on every backend.
import {
  add,
  argmax,
  averagePool1d,
  averagePool2d,
  checkGradient,
  clip,
  compile,
  constant,
  conv1d,
  conv2d,
  crossEntropy,
  cumsum,
  einsum,
  elu,
  exp,
  gather,
  gelu,
  grad,
  greaterEqual,
  leakyRelu,
  less,
  logSigmoid,
  logSoftmax,
  matmul,
  max,
  maxPool1d,
  maxPool2d,
  mean,
  min,
  mul,
  norm,
  oneHot,
  outer,
  pow,
  prod,
  reshape,
  scatterAdd,
  silu,
  slice,
  softmax,
  square,
  stack,
  sum,
  takeAlong,
  transpose,
  variance,
  xlogy,
  type Tensor,
} from "@basin/autodiff";
import { spread } from "@basin/autodiff/laws";
import { describe, expect, test } from "vitest";

const flat = (x: ArrayLike<number>): number[] => Array.from(x);
const near = (found: ArrayLike<number>, wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  // Sums of a few terms of size 1: some units in the last place.
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
};
const x6 = spread(6, -2, 2, 3);
const [a, b, c, d, e, f] = flat(x6) as [number, number, number, number, number, number];
const total = flat(x6).reduce((p, q) => p + q, 0);
const powers = flat(x6).map((v) => Math.exp(v));
const powersTotal = powers.reduce((p, q) => p + q, 0);
const rows = (x: Tensor): Tensor => reshape(x, [2, 3]);

/** Name, function of six numbers, its value by definition. */
const cases: [string, (x: Tensor) => Tensor, readonly number[]][] = [
  ["mean", (x) => mean(rows(x), { axis: 1 }), [(a + b + c) / 3, (d + e + f) / 3]],
  ["variance", variance, [flat(x6).reduce((sum, v) => sum + (v - total / 6) * (v - total / 6), 0) / 6]],
  [
    "sample variance",
    (x) => variance(rows(x), { axis: 0, correction: 1 }),
    [(a - d) ** 2 / 2, (b - e) ** 2 / 2, (c - f) ** 2 / 2],
  ],
  ["2-norm", norm, [Math.hypot(...x6)]],
  ["1-norm", (x) => norm(x, { order: 1 }), [flat(x6).reduce((sum, v) => sum + Math.abs(v), 0)]],
  ["∞-norm", (x) => norm(x, { order: Infinity }), [Math.max(...x6.map(Math.abs))]],
  ["prod", prod, [a * b * c * d * e * f]],
  ["prod along an axis", (x) => prod(rows(x), { axis: 1 }), [a * b * c, d * e * f]],
  ["max", (x) => max(rows(x), { axis: 0 }), [Math.max(a, d), Math.max(b, e), Math.max(c, f)]],
  ["min", (x) => min(x, { keepDims: true }), [Math.min(...x6)]],
  ["softmax", softmax, powers.map((p) => p / powersTotal)],
  [
    "log-softmax",
    (x) => logSoftmax(rows(x), { axis: 0 }),
    [
      a - Math.log(Math.exp(a) + Math.exp(d)),
      b - Math.log(Math.exp(b) + Math.exp(e)),
      c - Math.log(Math.exp(c) + Math.exp(f)),
      d - Math.log(Math.exp(a) + Math.exp(d)),
      e - Math.log(Math.exp(b) + Math.exp(e)),
      f - Math.log(Math.exp(c) + Math.exp(f)),
    ],
  ],
  [
    "cross-entropy",
    (x) => crossEntropy(rows(x), constant([2, 0]), { reduction: "sum" }),
    [
      Math.log((powers[0]! + powers[1]! + powers[2]!) / powers[2]!) +
        Math.log((powers[3]! + powers[4]! + powers[5]!) / powers[3]!),
    ],
  ],
  ["log σ", logSigmoid, flat(x6).map((v) => -Math.log(1 + Math.exp(-v)))],
  ["elu", elu, flat(x6).map((v) => (v > 0 ? v : Math.exp(v) - 1))],
  ["silu", silu, flat(x6).map((v) => v / (1 + Math.exp(-v)))],
  ["leaky relu", (x) => leakyRelu(x, 0.1), flat(x6).map((v) => (v > 0 ? v : 0.1 * v))],
  ["clip", (x) => clip(x, -1, 1), flat(x6).map((v) => Math.min(Math.max(v, -1), 1))],
  ["outer", (x) => outer(slice(x, 0, 2), slice(x, 2, 4)), [a * c, a * d, b * c, b * d]],
  [
    "einsum",
    (x) => einsum("ij,kj->ki", rows(x), rows(x)),
    [a * a + b * b + c * c, a * d + b * e + c * f, a * d + b * e + c * f, d * d + e * e + f * f],
  ],
  [
    "batched matmul",
    (x) => matmul(reshape(x, [3, 1, 2]), reshape(x, [3, 2, 1])),
    [a * a + b * b, c * c + d * d, e * e + f * f],
  ],
  [
    "broadcast matmul",
    (x) => matmul(reshape(x, [3, 1, 2]), constant([[1], [10]])),
    [a + 10 * b, c + 10 * d, e + 10 * f],
  ],
  ["stack", (x) => stack([slice(x, 0, 2), slice(x, 4, 6)], { axis: 1 }), [a, e, b, f]],
  ["transpose", (x) => transpose(rows(x)), [a, d, b, e, c, f]],
  ["gather", (x) => gather(x, [5, 0, 0]), [f, a, a]],
  ["gather along the last axis", (x) => gather(rows(x), [2, 0], { axis: 1 }), [c, a, f, d]],
  ["takeAlong", (x) => takeAlong(rows(x), [1, 2]), [b, f]],
  ["scatter-add", (x) => scatterAdd(x, [1, 1, 9], slice(x, 0, 3)), [a, b + a + b, c, d, e, f]],
  ["cumsum", cumsum, [a, a + b, a + b + c, a + b + c + d, a + b + c + d + e, total]],
  [
    "conv1d",
    (x) => conv1d(reshape(x, [1, 1, 6]), constant([[[1, 2]], [[0, -1]]])),
    [a + 2 * b, b + 2 * c, c + 2 * d, d + 2 * e, e + 2 * f, -b, -c, -d, -e, -f],
  ],
  [
    "conv1d with stride and padding",
    (x) =>
      conv1d(
        reshape(x, [1, 2, 3]),
        constant([
          [
            [1, 0, 2],
            [0, 1, 0],
          ],
        ]),
        { stride: 2, padding: 1 },
      ),
    [2 * b + d, b + f],
  ],
  [
    "conv2d",
    (x) =>
      conv2d(
        reshape(x, [1, 1, 2, 3]),
        constant([
          [
            [
              [1, 0],
              [0, 10],
            ],
          ],
        ]),
      ),
    [a + 10 * e, b + 10 * f],
  ],
  ["max pooling", (x) => maxPool1d(x, 2), [Math.max(a, b), Math.max(c, d), Math.max(e, f)]],
  ["average pooling", (x) => averagePool1d(x, 3), [(a + b + c) / 3, (d + e + f) / 3]],
  ["max pooling in 2-D", (x) => maxPool2d(rows(x), 2, 1), [Math.max(a, b, d, e), Math.max(b, c, e, f)]],
  ["average pooling in 2-D", (x) => averagePool2d(rows(x), 2, 1), [(a + b + d + e) / 4, (b + c + e + f) / 4]],
];

describe.each(cases)("%s", (_, function_, wanted) => {
  test("value", () => {
    for (const backend of ["interpret", "tape", "wasm", "wasm-scalar"] as const)
      near(flat(compile(function_, { shapes: [[6]], backend }).run([x6])[0]!), wanted);
  });
  test("gradient", () => {
    // Weights, so that no derivative cancels against another.
    const weights = constant(spread(wanted.length, 0.5, 1.5, 2));
    const loss = (x: Tensor): Tensor => sum(mul(weights, reshape(function_(x), [wanted.length])));
    expect(checkGradient(loss, [6], x6)).toMatchObject({ ok: true });
  });
});

test("gelu by its published values", () => {
  // x Φ(x) at −1, 0, 1, 2: Φ(1) = 0.841344746068543, Φ(2) = 0.977249868051821 (tables of the normal distribution)
  const [found] = compile(gelu, { shapes: [[4]] }).run([Float64Array.of(-1, 0, 1, 2)]);
  near(flat(found!), [-(1 - 0.841344746068543), 0, 0.841344746068543, 2 * 0.977249868051821]);
});

test("conventions at kinks, ties and limits", () => {
  const at = (g: (x: Tensor) => Tensor, ...x: number[]): number[] =>
    flat(
      compile(
        grad((v) => sum(g(v))),
        { shapes: [[x.length]] },
      ).run([Float64Array.from(x)])[0]!,
    );
  expect(at(norm, 0, 0)).toEqual([0, 0]);
  expect(at(leakyRelu, 0)).toEqual([0.01]);
  expect(at((v) => clip(v, -1, 1), -1, 1, 2)).toEqual([0.5, 0.5, 0]);
  expect(at(max, 2, 2, 1)).toEqual([0.5, 0.5, 0]);
  expect(at(prod, 0, 3, 0)).toEqual([0, 0, 0]);
  expect(at(prod, 0, 3, 2)).toEqual([6, 0, 0]);
  expect(at((v) => xlogy(v, v), 0, 1)).toEqual([0, 1]);
  expect(at((v) => pow(v, 0), 0, 5)).toEqual([0, 0]);
  expect(at((v) => less(v, 1), 0, 1)).toEqual([0, 0]);
  const value = (g: (x: Tensor) => Tensor, ...x: number[]): number[] =>
    flat(compile(g, { shapes: [[x.length]] }).run([Float64Array.from(x)])[0]!);
  expect(value((v) => xlogy(v, v), 0, 1)).toEqual([0, 0]);
  expect(value(softmax, 1000, 1000)).toEqual([0.5, 0.5]);
  expect(value((v) => gather(v, [7]), 1, 2)).toEqual([NaN]);
  expect(value((v) => argmax(v), 1, 3, 3)).toEqual([1]);
  expect(value((v) => oneHot(v, 3), 2, 0)).toEqual([0, 0, 1, 1, 0, 0]);
  expect(value((v) => greaterEqual(v, 1), 0, 1, NaN)).toEqual([0, 1, 0]);
});

test("second derivatives go through compositions", () => {
  // d²/dx² mean(exp(x)²) = 4 exp(2x) / n, summed
  const f2 = grad((x) => sum(grad((y) => mean(square(exp(y))))(x)));
  const [found] = compile(f2, { shapes: [[2]] }).run([Float64Array.of(0, 0.5)]);
  near(flat(found!), [2, 2 * Math.exp(1)]);
  const third = grad((x) => grad((y) => grad((z) => add(pow(z, 4), mul(z, y)))(y))(x));
  // d³/dx³ (x⁴ + z y): the inner z and y are kept apart, so 24 x
  expect(compile(third, { shapes: [[]] }).run([Float64Array.of(2)])[0]![0]).toBe(48);
});
