// exp, log and their relatives, powers.
import * as math from "@basin/math";
import * as single from "../single/functions.ts";
import type { Tensor } from "../ir.ts";
import { add, div, mul, neg, square, sub } from "./arithmetic.ts";
import { equal, greaterEqual, where } from "./compare.ts";
import { elementwise, map } from "./elementwise.ts";
import { knownValue, lift, type Operand } from "./leaves.ts";

export const expOp = elementwise(1, {
  name: "exp",
  weight: 10,
  apply: (a) => math.exp(a),
  single: single.exp,
  partials: (_, y) => [y],
});
export const expm1Op = elementwise(1, {
  name: "expm1",
  weight: 12,
  apply: (a) => math.expm1(a),
  partials: (_, y) => [add(y, 1)],
});
export const logOp = elementwise(1, {
  name: "log",
  weight: 10,
  apply: (a) => math.log(a),
  single: single.log,
  partials: ([a]) => [div(1, a!)],
});
export const log1pOp = elementwise(1, {
  name: "log1p",
  weight: 12,
  apply: (a) => math.log1p(a),
  partials: ([a]) => [div(1, add(a!, 1))],
});
export const sigmoidOp = elementwise(1, {
  name: "sigmoid",
  weight: 15,
  apply: (a) => math.sigmoid(a),
  single: single.sigmoid,
  // σ′ = σ (1 − σ)
  partials: (_, y) => [mul(y, sub(1, y))],
});
export const softplusOp = elementwise(1, {
  name: "softplus",
  weight: 22,
  apply: (a) => math.softplus(a),
  single: single.softplus,
  partials: ([a]) => [sigmoid(a!)],
});
export const sinhOp = elementwise(1, {
  name: "sinh",
  weight: 15,
  apply: (a) => math.sinh(a),
  partials: ([a]) => [cosh(a!)],
});
export const coshOp = elementwise(1, {
  name: "cosh",
  weight: 15,
  apply: (a) => math.cosh(a),
  partials: ([a]) => [sinh(a!)],
});
export const tanhOp = elementwise(1, {
  name: "tanh",
  weight: 15,
  apply: (a) => math.tanh(a),
  single: single.tanh,
  // tanh′ = 1 − tanh²
  partials: (_, y) => [sub(1, square(y))],
});
export const erfOp = elementwise(1, {
  name: "erf",
  weight: 20,
  apply: (a) => math.erf(a),
  // erf′ = 2/√π · e^(−a²)
  partials: ([a]) => [mul(1.1283791670955126, exp(neg(square(a!))))],
});
export const powOp = elementwise(2, {
  name: "pow",
  weight: 25,
  apply: (a, b) => math.pow(a, b),
  // ∂a aᵇ = b aᵇ⁻¹, and 0 where b = 0 (0⁰ = 1 for every a);  ∂b aᵇ = aᵇ log a, and 0 where a = 0 ≤ b
  partials: ([a, b], y) => [
    powerPartial(a!, b!),
    mul(y, where(mul(equal(a!, 0), greaterEqual(b!, 0)), 0, log(a!))),
  ],
});

function powerPartial(a: Tensor, b: Tensor): Tensor | number {
  const power = knownValue(b);
  if (power === 0) return 0;
  if (power === 1) return 1;
  if (power === 2) return mul(2, a);
  if (power !== undefined) return mul(power, pow(a, power - 1));
  return where(equal(b, 0), 0, mul(b, pow(a, sub(b, 1))));
}

/** e^a. */
export const exp = (a: Operand): Tensor => map(expOp, a);
/** e^a − 1, exact near 0. */
export const expm1 = (a: Operand): Tensor => map(expm1Op, a);
/** Natural logarithm; −∞ at 0, NaN below. */
export const log = (a: Operand): Tensor => map(logOp, a);
/** log(1 + a), exact near 0. */
export const log1p = (a: Operand): Tensor => map(log1pOp, a);
/** σ(a) = 1 / (1 + e^(−a)). */
export const sigmoid = (a: Operand): Tensor => map(sigmoidOp, a);
/** log(1 + e^a), without overflow. */
export const softplus = (a: Operand): Tensor => map(softplusOp, a);
/** log σ(a) = −softplus(−a), without overflow. */
export const logSigmoid = (a: Operand): Tensor => neg(softplus(neg(a)));
export const sinh = (a: Operand): Tensor => map(sinhOp, a);
export const cosh = (a: Operand): Tensor => map(coshOp, a);
export const tanh = (a: Operand): Tensor => map(tanhOp, a);
/** The error function. */
export const erf = (a: Operand): Tensor => map(erfOp, a);
/**
 * aᵇ. A constant exponent costs one term in the derivative, and 1, 2, 3, 4 are products; pow(x, 0) has derivative 0
 * everywhere.
 */
export function pow(a: Operand, b: Operand): Tensor {
  const base = lift(a);
  switch (knownValue(lift(b))) {
    case 1:
      return base;
    case 2:
      return square(base);
    case 3:
      return mul(square(base), base);
    case 4:
      return square(square(base));
    default:
      return map(powOp, base, b);
  }
}
/** x log y, and 0 where x = 0 (whatever y is): the terms of entropies. */
export function xlogy(x: Operand, y: Operand): Tensor {
  const zero = equal(x, 0);
  return where(zero, 0, mul(x, log(where(zero, 1, y))));
}
