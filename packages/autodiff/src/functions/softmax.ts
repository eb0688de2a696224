// Log-sum-exp, softmax and cross-entropy, without overflow: the largest entry is taken out first.
import { fromLast, type AxisOptions } from "../axes.ts";
import type { Tensor } from "../ir.ts";
import { add, div, mul, neg, sub } from "../ops/arithmetic.ts";
import { equal, where, abs } from "../ops/compare.ts";
import { exp, log } from "../ops/exponential.ts";
import { max } from "../ops/extrema.ts";
import { constant, lift, type Operand } from "../ops/leaves.ts";
import { sum } from "../ops/sum-broadcast.ts";
import { reshape, stopGradient } from "../ops/view.ts";
import { mean } from "./statistics.ts";

/** The largest entries, 0 where infinite (there the differences would be NaN), kept broadcastable; no derivative. */
function shift(x: Tensor, options: AxisOptions): Tensor {
  const largest = stopGradient(max(x, { ...options, keepDims: true }));
  return where(equal(abs(largest), Infinity), 0, largest);
}

/** log Σ e^x, of all entries or along axes. */
export function logsumexp(x: Operand, options: AxisOptions = {}): Tensor {
  const tensor = lift(x);
  const largest = shift(tensor, options);
  const total = log(sum(exp(sub(tensor, largest)), options));
  return add(total, reshape(largest, total.shape));
}

/** e^x / Σ e^x along an axis (default: the last). */
export function softmax(x: Operand, options: { readonly axis?: number } = {}): Tensor {
  const tensor = lift(x);
  const axis = fromLast("softmax", options.axis ?? -1, tensor.shape);
  const powers = exp(sub(tensor, shift(tensor, { axis })));
  return div(powers, sum(powers, { axis, keepDims: true }));
}

/** log softmax along an axis (default: the last). */
export function logSoftmax(x: Operand, options: { readonly axis?: number } = {}): Tensor {
  const tensor = lift(x);
  const axis = fromLast("logSoftmax", options.axis ?? -1, tensor.shape);
  const shifted = sub(tensor, shift(tensor, { axis }));
  return sub(shifted, log(sum(exp(shifted), { axis, keepDims: true })));
}

/** Rows of a unit matrix: positions […] (whole numbers) → […, count], 1 at the position, 0 elsewhere. */
export function oneHot(at: Operand, count: number): Tensor {
  const tensor = lift(at);
  return equal(
    reshape(tensor, [...tensor.shape, 1]),
    constant(Float64Array.from({ length: count }, (_, i) => i)),
  );
}

/**
 * Mean over rows of −log softmax(logits)[label]. logits […, classes], labels […] (whole numbers). `reduction: "sum"` adds
 * up instead, "none" keeps […].
 */
export function crossEntropy(
  logits: Operand,
  labels: Operand,
  options: { readonly reduction?: "mean" | "sum" | "none" } = {},
): Tensor {
  const tensor = lift(logits);
  const classes = tensor.shape[tensor.shape.length - 1] ?? 0;
  const own = sum(mul(oneHot(labels, classes), tensor), { axis: -1 });
  const losses = add(logsumexp(tensor, { axis: -1 }), neg(own));
  if (options.reduction === "none") return losses;
  return options.reduction === "sum" ? sum(losses) : mean(losses);
}
