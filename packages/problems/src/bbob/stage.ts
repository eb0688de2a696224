// The maps that BBOB functions are composed of: x ↦ z in stages, each written as a loop (fast values) and as ops (derivatives).
// Symbols as in the definition report (Finck, Hansen, Ros & Auger 2009): T_osz, T_asy, Λ, rotations Q and R.
import {
  abs,
  add,
  constant,
  exp as expOf,
  greater,
  less,
  log as logOf,
  matmul,
  maximum,
  mul,
  neg,
  pow as powerOf,
  sin as sineOf,
  sqrt,
  square,
  sub,
  sum,
  where,
  type Tensor,
} from "@basin/autodiff";
import { log, pow, sin } from "@basin/math";

/** One map of ℝⁿ into itself. */
export interface Stage {
  /** Writes the image of `x` into `out`; shapes [n]. */
  apply(x: Readonly<Float64Array>, out: Float64Array): void;
  /** The same map, for derivatives and prices. */
  trace(x: Tensor): Tensor;
}

/** i/(n − 1) for coordinate i = 0 … n − 1. */
export const share = (i: number, n: number): number => i / (n - 1);

/** The diagonal of Λ^α: α^(½·i/(n−1)). */
export function lambda(alpha: number, n: number): Float64Array {
  return new Float64Array(n).map((_, i) => pow(alpha, 0.5 * share(i, n)));
}

/** x − by */
export function shift(by: Readonly<Float64Array>): Stage {
  return {
    apply: (x, out) => {
      for (let i = 0; i < out.length; i++) out[i] = x[i]! - by[i]!;
    },
    trace: (x) => sub(x, constant(by)),
  };
}

/** diag(by)·x + plus */
export function scale(by: Readonly<Float64Array>, plus = 0): Stage {
  return {
    apply: (x, out) => {
      for (let i = 0; i < out.length; i++) out[i] = by[i]! * x[i]! + plus;
    },
    trace: (x) => offsetBy(mul(constant(by), x), plus),
  };
}

/** A·x + plus, with A row-major. */
export function linear(a: Readonly<Float64Array>, plus = 0): Stage {
  return {
    apply: (x, out) => multiply(a, x, out, plus),
    trace: (x) => offsetBy(times(a, x), plus),
  };
}

const offsetBy = (x: Tensor, plus: number): Tensor => (plus === 0 ? x : add(x, plus));

/** A·x, with A row-major, as ops. */
export const times = (a: Readonly<Float64Array>, x: Tensor): Tensor =>
  matmul(constant(a, [x.size, x.size]), x);

export function multiply(
  a: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  out: Float64Array,
  plus: number,
): void {
  const n = out.length;
  for (let i = 0, p = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++, p++) sum += a[p]! * x[j]!;
    out[i] = sum + plus;
  }
}

/** A·diag(d)·B, row-major: two rotations with a stretch between them in one matrix. */
export function product(
  a: Readonly<Float64Array>,
  d: Readonly<Float64Array>,
  b: Readonly<Float64Array>,
): Float64Array {
  const n = d.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]! * d[k]!;
      for (let j = 0; j < n; j++) out[i * n + j] = out[i * n + j]! + factor * b[k * n + j]!;
    }
  return out;
}

/** Σ_{k<10} wᵏ/k!, by Horner's rule. */
function taylor(w: number): number {
  const high = 1 / 120 + w * (1 / 720 + w * (1 / 5040 + w * (1 / 40320 + w * (1 / 362880))));
  return 1 + w * (1 + w * (1 / 2 + w * (1 / 6 + w * (1 / 24 + w * high))));
}

/**
 * T_osz of a number: sign(x)·exp(x̂ + w), w = 0.049(sin c₁x̂ + sin c₂x̂), x̂ = log|x|: breaks symmetry by small smooth waves.
 * Computed as x·eʷ: with |w| < 0.1, Taylor's ninth polynomial is exact to 3·10⁻¹⁷ and four times as fast as exp.
 */
export function oscillate(x: number): number {
  if (x === 0) return x;
  const l = log(Math.abs(x));
  const w = 0.049 * (x > 0 ? sin(10 * l) + sin(7.9 * l) : sin(5.5 * l) + sin(3.1 * l));
  return x * taylor(w);
}

/** T_osz as ops, on a tensor of any shape. */
export function traceOscillate(x: Tensor): Tensor {
  const positive = greater(x, 0);
  const negative = less(x, 0);
  // At 0 the logarithm is taken of 1, so that no NaN reaches the derivative of the branch that is not taken.
  const l = logOf(where(add(positive, negative), abs(x), 1));
  const wave = (slow: number, fast: number): Tensor =>
    expOf(add(l, mul(0.049, add(sineOf(mul(slow, l)), sineOf(mul(fast, l))))));
  return where(positive, wave(10, 7.9), where(negative, neg(wave(5.5, 3.1)), x));
}

/** T_osz, coordinate by coordinate. */
export const oscillation: Stage = {
  apply: (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = oscillate(x[i]!);
  },
  trace: traceOscillate,
};

/** T_asy^β: positive coordinates to the power 1 + β·i/(n−1)·√x. */
export function asymmetry(beta: number, n: number): Stage {
  const betas = new Float64Array(n).map((_, i) => beta * share(i, n));
  return {
    apply: (x, out) => {
      for (let i = 0; i < out.length; i++) {
        const value = x[i]!;
        out[i] = value > 0 ? pow(value, 1 + betas[i]! * Math.sqrt(value)) : value;
      }
    },
    trace: (x) => {
      const positive = greater(x, 0);
      const base = where(positive, x, 1);
      return where(positive, powerOf(base, add(1, mul(constant(betas), sqrt(base)))), x);
    },
  };
}

/** f_pen: Σ max(0, |x| − 5)². */
export function penalty(x: Readonly<Float64Array>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const out = Math.abs(x[i]!) - 5;
    if (out > 0) sum += out * out;
  }
  return sum;
}

/** f_pen as ops. */
export const tracePenalty = (x: Tensor): Tensor => sum(square(maximum(sub(abs(x), 5), 0)));
