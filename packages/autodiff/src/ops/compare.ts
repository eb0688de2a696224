// Comparisons (1 where true, 0 where false, derivative zero), choice by a condition, maximum and minimum.
import type { Tensor } from "../ir.ts";
import { mul } from "./arithmetic.ts";
import { elementwise, elementwiseWith, map } from "./elementwise.ts";
import type { Operand } from "./leaves.ts";

const comparison = (name: string, apply: (a: number, b: number) => number) =>
  elementwise(2, { name, weight: 1, apply, partials: "none" });

export const lessOp = comparison("less", (a, b) => (a < b ? 1 : 0));
export const lessEqualOp = comparison("lessEqual", (a, b) => (a <= b ? 1 : 0));
export const equalOp = comparison("equal", (a, b) => (a === b ? 1 : 0));
export const notEqualOp = comparison("notEqual", (a, b) => (a === b ? 0 : 1));
/** 1 where a > b, ½ where a = b, otherwise 0: the partial derivative of a maximum, which ties share evenly. */
export const preferOp = comparison("prefer", (a, b) => (a > b ? 1 : a === b ? 0.5 : 0));

/** condition ≠ 0 ? a : b. Derivatives flow to the chosen operand only; the other may be NaN or infinite. */
export const whereOp = elementwiseWith(
  3,
  { name: "where", weight: 1, apply: (condition, a, b) => (condition === 0 ? b : a) },
  {
    kind: "linear",
    operands: [1, 2],
    transpose: (cotangent, k, node) => {
      const condition = node.inputs[0]!;
      return k === 1 ? where(condition, cotangent, 0) : where(condition, 0, cotangent);
    },
  },
);
export const maximumOp = elementwise(2, {
  name: "maximum",
  weight: 1,
  apply: (a, b) => Math.max(a, b),
  partials: ([a, b]) => [map(preferOp, a!, b!), map(preferOp, b!, a!)],
});
export const minimumOp = elementwise(2, {
  name: "minimum",
  weight: 1,
  apply: (a, b) => Math.min(a, b),
  partials: ([a, b]) => [map(preferOp, b!, a!), map(preferOp, a!, b!)],
});
export const signOp = elementwise(1, {
  name: "sign",
  weight: 1,
  apply: (a) => (a > 0 ? 1 : a < 0 ? -1 : a),
  partials: "none",
});
export const absOp = elementwise(1, {
  name: "abs",
  weight: 1,
  apply: (a) => Math.abs(a),
  partials: ([a]) => [sign(a!)],
});
export const reluOp = elementwise(1, {
  name: "relu",
  weight: 1,
  apply: (a) => (a < 0 ? 0 : a),
  partials: ([a]) => [greater(a!, 0)],
});

/** 1 where a < b, else 0 (also for NaN). */
export const less = (a: Operand, b: Operand): Tensor => map(lessOp, a, b);
/** 1 where a ≤ b, else 0. */
export const lessEqual = (a: Operand, b: Operand): Tensor => map(lessEqualOp, a, b);
/** 1 where a > b, else 0. */
export const greater = (a: Operand, b: Operand): Tensor => map(lessOp, b, a);
/** 1 where a ≥ b, else 0. */
export const greaterEqual = (a: Operand, b: Operand): Tensor => map(lessEqualOp, b, a);
/** 1 where a = b, else 0 (NaN equals nothing). */
export const equal = (a: Operand, b: Operand): Tensor => map(equalOp, a, b);
/** 1 where a ≠ b, else 0. */
export const notEqual = (a: Operand, b: Operand): Tensor => map(notEqualOp, a, b);
/** a where the condition is not 0, b where it is. */
export const where = (condition: Operand, a: Operand, b: Operand): Tensor => map(whereOp, condition, a, b);
/** The larger; NaN if either is. At a tie each operand has derivative ½. */
export const maximum = (a: Operand, b: Operand): Tensor => map(maximumOp, a, b);
/** The smaller; NaN if either is. At a tie each operand has derivative ½. */
export const minimum = (a: Operand, b: Operand): Tensor => map(minimumOp, a, b);
/** −1, 0 or 1; derivative 0 everywhere. */
export const sign = (a: Operand): Tensor => map(signOp, a);
/** |a|; derivative 0 at 0. */
export const abs = (a: Operand): Tensor => map(absOp, a);
/** max(a, 0); derivative 0 at 0. */
export const relu = (a: Operand): Tensor => map(reluOp, a);
/** a within [low, high]; derivative 1 inside, ½ on the edges. */
export const clip = (a: Operand, low: Operand, high: Operand): Tensor => minimum(maximum(a, low), high);
/** a where a > 0, slope · a elsewhere; derivative `slope` at 0. */
export const leakyRelu = (a: Operand, slope = 0.01): Tensor => where(greater(a, 0), a, mul(slope, a));
