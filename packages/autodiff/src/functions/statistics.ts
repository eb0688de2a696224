// Means, variances, norms, products: compositions of ops.
import { axesFromLast, type AxisOptions } from "../axes.ts";
import { AutodiffError } from "../errors.ts";
import type { Tensor } from "../ir.ts";
import { div, mul, sqrt, square, sub } from "../ops/arithmetic.ts";
import { abs, equal, where } from "../ops/compare.ts";
import { concat } from "../ops/concat.ts";
import { max } from "../ops/extrema.ts";
import { lift, type Operand } from "../ops/leaves.ts";
import { slice } from "../ops/slice-pad.ts";
import { sum } from "../ops/sum-broadcast.ts";
import { reshape } from "../ops/view.ts";

/** How many entries one result of a reduction along these axes is made of. */
export function countAlong(who: string, x: Tensor, options: AxisOptions): number {
  return axesFromLast(who, options.axis, x.shape).reduce(
    (count, axis) => count * x.shape[x.shape.length + axis]!,
    1,
  );
}

/** The mean, of all entries or along axes. */
export function mean(x: Operand, options: AxisOptions = {}): Tensor {
  const tensor = lift(x);
  return div(sum(tensor, options), countAlong("mean", tensor, options));
}

export interface VarianceOptions extends AxisOptions {
  /** Subtracted from the count in the denominator: 0 for the population variance (default), 1 for the sample's. */
  readonly correction?: number;
}

/** The variance about the mean, of all entries or along axes. */
export function variance(x: Operand, options: VarianceOptions = {}): Tensor {
  const tensor = lift(x);
  const centred = sub(tensor, mean(tensor, { ...options, keepDims: true }));
  return div(
    sum(square(centred), options),
    countAlong("variance", tensor, options) - (options.correction ?? 0),
  );
}

export interface NormOptions extends AxisOptions {
  /** 1, 2 (default) or Infinity. */
  readonly order?: 1 | 2 | typeof Infinity;
}

/** The 1-, 2- or ∞-norm; the derivative of the 2-norm at 0 is 0. */
export function norm(x: Operand, options: NormOptions = {}): Tensor {
  const order = options.order ?? 2;
  if (order === 1) return sum(abs(x), options);
  if (order === Infinity) return max(abs(x), options);
  if (order !== 2) throw new AutodiffError("norm", `order ${order}`, "use 1, 2 or Infinity");
  const squares = sum(square(x), options);
  const zero = equal(squares, 0);
  return where(zero, 0, sqrt(where(zero, 1, squares)));
}

/** The product, of all entries or along one axis, by halving: exact derivatives also where entries are 0. */
export function prod(
  x: Operand,
  options: { readonly axis?: number; readonly keepDims?: boolean } = {},
): Tensor {
  const tensor = lift(x);
  const rows = options.axis === undefined ? reshape(tensor, [tensor.size]) : tensor;
  const [axis] = axesFromLast("prod", options.axis ?? -1, rows.shape) as [number];
  const length = (part: Tensor): number => part.shape[part.shape.length + axis]!;
  let part = rows;
  if (length(part) === 0) throw new AutodiffError("prod", "no entries", "give at least one");
  while (length(part) > 1) {
    const half = Math.trunc(length(part) / 2);
    const pairs = mul(slice(part, 0, half, { axis }), slice(part, half, 2 * half, { axis }));
    part =
      length(part) === 2 * half
        ? pairs
        : concat([pairs, slice(part, 2 * half, undefined, { axis })], { axis });
  }
  const kept = options.axis === undefined ? tensor.shape.map(() => 1) : part.shape;
  const dropped =
    options.axis === undefined ? [] : part.shape.filter((_, i) => i !== part.shape.length + axis);
  return reshape(part, options.keepDims === true ? kept : dropped);
}
