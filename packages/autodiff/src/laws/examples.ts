// Inputs on which the laws try basin's own ops. An op without a row fails the test of the table.
import type { OpExample } from "./op-laws.ts";

const vector = (...ranges: (readonly [number, number])[]): OpExample[] => {
  const shapesOf = (shape: readonly number[]): readonly number[][] =>
    ranges.length === 0 ? [[...shape]] : ranges.map(() => [...shape]);
  return [[7], [3, 5], [], [1], [40]].map((shape) => ({ shapes: shapesOf(shape), ranges }));
};
const pair: readonly [number, number] = [-2, 2];
const constantOnly = (...ranges: (readonly [number, number])[]): OpExample[] =>
  vector(...ranges).map((example) => ({ ...example, differentiable: [] }));
const ranges = (axes: readonly [readonly number[], number, number][]): OpExample[] =>
  axes.map(([shape, axis, count]) => ({ shapes: [shape], attributes: { axis, count } }));
const reductions = ranges([
  [[9], -1, 1],
  [[3, 5], -1, 1],
  [[3, 5], -2, 1],
  [[3, 5], -2, 2],
  [[2, 3, 4], -2, 1],
  [[2, 3, 4], -3, 2],
  [[33], -1, 1],
  [[5, 1], -2, 1],
]);

export const examples: Readonly<Record<string, readonly OpExample[]>> = {
  add: vector(pair, pair),
  sub: vector(pair, pair),
  mul: vector(pair, pair),
  div: vector(pair, [0.5, 2]),
  neg: vector(pair),
  square: vector(pair),
  sqrt: vector([0.5, 3]),
  exp: vector(pair),
  expm1: vector(pair),
  log: vector([0.5, 3]),
  log1p: vector([-0.5, 3]),
  sigmoid: vector([-4, 4]),
  softplus: vector([-4, 4]),
  sinh: vector(pair),
  cosh: vector(pair),
  tanh: vector(pair),
  erf: vector(pair),
  pow: vector([0.5, 2], pair),
  sin: vector([-7, 7]),
  cos: vector([-7, 7]),
  tan: vector([-1, 1]),
  asin: vector([-0.9, 0.9]),
  acos: vector([-0.9, 0.9]),
  atan: vector(pair),
  atan2: vector([0.5, 2], [0.5, 2]),
  abs: vector([0.1, 2]),
  relu: [...vector([0.1, 2]), ...vector([-2, -0.1])],
  maximum: vector([-2, -0.1], [0.1, 2]),
  minimum: vector([-2, -0.1], [0.1, 2]),
  where: [{ shapes: [[4], [4], [4]], values: { 0: [0, 1, NaN, -0] }, differentiable: [1, 2] }],
  less: constantOnly(pair, pair),
  lessEqual: constantOnly(pair, pair),
  equal: constantOnly(pair, pair),
  notEqual: constantOnly(pair, pair),
  prefer: constantOnly(pair, pair),
  sign: constantOnly(pair),
  reshape: [{ shapes: [[2, 6]], attributes: { from: [2, 6], to: [3, 4] } }],
  name: [{ shapes: [[3]], attributes: { name: "u" } }],
  stopGradient: constantOnly(pair),
  broadcast: [
    { shapes: [[3]], attributes: { from: [3], to: [2, 3] } },
    { shapes: [[3, 1]], attributes: { from: [3, 1], to: [3, 4] } },
    { shapes: [[]], attributes: { from: [], to: [2, 2] } },
    { shapes: [[2, 1, 2]], attributes: { from: [2, 1, 2], to: [3, 2, 5, 2] } },
  ],
  transpose: [
    { shapes: [[3, 4]], attributes: { order: [1, 0] } },
    { shapes: [[2, 3, 4]], attributes: { order: [2, 0, 1] } },
  ],
  slice: [
    { shapes: [[7]], attributes: { axis: -1, start: 2, stop: 5 } },
    { shapes: [[4, 3]], attributes: { axis: -2, start: 1, stop: 4 } },
    { shapes: [[4, 5]], attributes: { axis: -1, start: 0, stop: 4 } },
  ],
  pad: [
    { shapes: [[4]], attributes: { axis: -1, before: 1, after: 2 } },
    { shapes: [[4, 3]], attributes: { axis: -2, before: 0, after: 1 } },
    { shapes: [[4, 3]], attributes: { axis: -1, before: 2, after: 0 } },
  ],
  concat: [
    { shapes: [[2], [3], [1]], attributes: { axis: -1 } },
    {
      shapes: [
        [2, 3],
        [4, 3],
      ],
      attributes: { axis: -2 },
    },
    {
      shapes: [
        [2, 3],
        [2, 1],
      ],
      attributes: { axis: -1 },
    },
  ],
  windows: [
    { shapes: [[7]], attributes: { axis: -1, size: 3, step: 2, length: 7 } },
    { shapes: [[5, 2]], attributes: { axis: -2, size: 2, step: 1, length: 5 } },
  ],
  overlapAdd: [
    { shapes: [[3, 3]], attributes: { axis: -1, size: 3, step: 2, length: 7 } },
    { shapes: [[4, 2, 2]], attributes: { axis: -2, size: 2, step: 1, length: 5 } },
  ],
  sum: reductions,
  max: reductions,
  min: reductions,
  argmax: [
    { shapes: [[6]], attributes: { axis: -1 }, differentiable: [] },
    { shapes: [[3, 4]], attributes: { axis: -2 }, differentiable: [] },
  ],
  cumsum: [
    { shapes: [[6]], attributes: { axis: -1, reverse: false } },
    { shapes: [[3, 4]], attributes: { axis: -2, reverse: true } },
  ],
  contract: [
    // matrix × matrix in every layout, at sizes that leave remainders of blocks
    [
      [5, 3],
      [3, 7],
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    [
      [9, 6],
      [6, 10],
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    [
      [3, 5],
      [3, 4],
      [1, 0],
      [1, 2],
      [0, 2],
    ],
    [
      [5, 3],
      [4, 3],
      [0, 1],
      [2, 1],
      [0, 2],
    ],
    [
      [4, 5],
      [6, 4],
      [1, 0],
      [2, 1],
      [0, 2],
    ],
    [
      [5, 3],
      [3, 7],
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    // matrix × vector, both ways, and products of vectors
    [[11, 7], [7], [0, 1], [1], [0]],
    [[11, 7], [11], [0, 1], [0], [1]],
    [[6], [6, 9], [1], [1, 2], [2]],
    [[8], [8], [0], [0], []],
    [[3], [4], [0], [1], [0, 1]],
    // batched, on both sides and on one; two contracted axes; elementwise
    [
      [2, 3, 4],
      [2, 4, 5],
      [9, 0, 1],
      [9, 1, 2],
      [9, 0, 2],
    ],
    [
      [2, 3, 4],
      [4, 5],
      [9, 0, 1],
      [1, 2],
      [9, 0, 2],
    ],
    [
      [3, 4],
      [2, 4, 5],
      [0, 1],
      [9, 1, 2],
      [9, 0, 2],
    ],
    [
      [2, 3, 4],
      [2, 3, 5],
      [9, 0, 1],
      [9, 0, 2],
      [1, 2],
    ],
    [
      [2, 3, 4],
      [3, 5, 4],
      [9, 0, 1],
      [0, 2, 1],
      [9, 2],
    ],
    [
      [3, 4],
      [3, 4],
      [0, 1],
      [0, 1],
      [0, 1],
    ],
    // both operands have the last axis of the results: sums of each row, of each column, around loops of one operand
    [[11, 7], [11, 7], [0, 1], [0, 1], [0]],
    [[7, 11], [7, 11], [1, 0], [1, 0], [0]],
    [[19, 1], [19, 1], [0, 1], [0, 1], [0]],
    [
      [3, 9, 5],
      [3, 5],
      [0, 1, 2],
      [0, 2],
      [1, 0],
    ],
    [
      [2, 9, 2, 3],
      [9, 3, 4, 2],
      [0, 1, 2, 3],
      [1, 3, 4, 0],
      [4, 2, 1],
    ],
    [
      [6, 3, 10],
      [6, 3, 10],
      [0, 1, 2],
      [0, 1, 2],
      [1, 2],
    ],
  ].map(([a, b, labelsA, labelsB, out]) => ({
    shapes: [a!, b!],
    attributes: { a: labelsA!, b: labelsB!, out: out! },
  })),
  gather: [
    {
      shapes: [[5], [3]],
      attributes: { rest: 0, outside: NaN },
      values: { 1: [4, 0, 4] },
      differentiable: [0],
    },
    {
      shapes: [[4, 3], [2]],
      attributes: { rest: 1, outside: 0 },
      values: { 1: [7, 2] },
      differentiable: [0],
    },
  ],
  scatter: [
    {
      shapes: [[3], [3]],
      attributes: { rest: 0, length: 5 },
      values: { 1: [4, 0, 4] },
      differentiable: [0],
    },
    {
      shapes: [[3, 2], [3]],
      attributes: { rest: 1, length: 4 },
      values: { 1: [1, -1, 1] },
      differentiable: [0],
    },
  ],
};
