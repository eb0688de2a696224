// Slices and zero padding along an axis: each other's transpose.
import { around, fromLast, withLength } from "../axes.ts";
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Op, Tensor } from "../ir.ts";
import { shapeText, type Shape } from "../shape.ts";
import { lift, type Operand } from "./leaves.ts";

export type SliceAttributes = { readonly axis: number; readonly start: number; readonly stop: number };
export type PadAttributes = { readonly axis: number; readonly before: number; readonly after: number };

const lengthOf = (shape: Shape, axis: number): number => shape[shape.length + axis]!;

export const sliceOp: Op<SliceAttributes> = {
  name: "slice",
  arity: 1,
  infer: ([shape], { axis, start, stop }) => withLength(shape!, axis, stop - start),
  kernel: {
    kind: "array",
    run: (out, [x], node) => {
      const { axis, start, stop } = node.attributes;
      const { outer, length, inner } = around(node.inputs[0]!.shape, { axis, count: 1 });
      const run = (stop - start) * inner;
      for (let o = 0; o < outer; o++) {
        const from = (o * length + start) * inner;
        out.set(x!.subarray(from, from + run), o * run);
      }
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => {
      const { axis, start, stop } = node.attributes;
      return makeNode(padOp, [cotangent], {
        axis,
        before: start,
        after: lengthOf(node.inputs[0]!.shape, axis) - stop,
      });
    },
  },
  operations: () => 0,
};

export const padOp: Op<PadAttributes> = {
  name: "pad",
  arity: 1,
  infer: ([shape], { axis, before, after }) =>
    withLength(shape!, axis, lengthOf(shape!, axis) + before + after),
  kernel: {
    kind: "array",
    run: (out, [x], node) => {
      const { axis, before } = node.attributes;
      const { outer, length, inner } = around(node.inputs[0]!.shape, { axis, count: 1 });
      const [run, step] = [length * inner, lengthOf(node.shape, axis) * inner];
      out.fill(0);
      for (let o = 0; o < outer; o++) out.set(x!.subarray(o * run, (o + 1) * run), o * step + before * inner);
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => {
      const { axis, before } = node.attributes;
      const stop = before + lengthOf(node.inputs[0]!.shape, axis);
      return makeNode(sliceOp, [cotangent], { axis, start: before, stop });
    },
  },
  operations: () => 0,
};

/**
 * Entries start … stop − 1 along an axis (default: the first). Negative positions count from the end; stop defaults to it.
 * @throws AutodiffError where the range is not inside the axis.
 */
export function slice(
  x: Operand,
  start: number,
  stop?: number,
  options: { readonly axis?: number } = {},
): Tensor {
  const tensor = lift(x);
  const axis = fromLast("slice", options.axis ?? 0, tensor.shape);
  const length = lengthOf(tensor.shape, axis);
  const position = (at: number): number => (at < 0 ? at + length : at);
  const [from, to] = [position(start), position(stop ?? length)];
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > length || from > to)
    throw new AutodiffError(
      "slice",
      `${start} to ${stop ?? length} of shape ${shapeText(tensor.shape)} along axis ${axis}`,
      `give whole numbers 0 ≤ start ≤ stop ≤ ${length}`,
    );
  if (from === 0 && to === length) return tensor;
  return makeNode(sliceOp, [tensor], { axis, start: from, stop: to });
}

/** Zeros before and after the entries along an axis (default: the last). @throws AutodiffError where a count is no whole number ≥ 0. */
export function pad(
  x: Operand,
  before: number,
  after: number,
  options: { readonly axis?: number } = {},
): Tensor {
  const tensor = lift(x);
  const axis = fromLast("pad", options.axis ?? -1, tensor.shape);
  if (![before, after].every((count) => Number.isInteger(count) && count >= 0))
    throw new AutodiffError("pad", `${before} zeros before and ${after} after`, "give whole numbers ≥ 0");
  if (before === 0 && after === 0) return tensor;
  return makeNode(padOp, [tensor], { axis, before, after });
}
