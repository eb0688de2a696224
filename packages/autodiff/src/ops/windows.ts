// Sliding windows along an axis and their overlap-add: each other's transpose; what convolution and pooling are made of.
import { around, fromLast, withLength } from "../axes.ts";
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Op, Tensor } from "../ir.ts";
import { shapeText } from "../shape.ts";
import { lift, type Operand } from "./leaves.ts";

/** `axis` of the unwindowed tensor, counted from the last; its length. */
export type WindowAttributes = {
  readonly axis: number;
  readonly size: number;
  readonly step: number;
  readonly length: number;
};

/** […, n, …] → […, count, size, …]: window w holds entries w · step … w · step + size − 1. */
export const windowsOp: Op<WindowAttributes> = {
  name: "windows",
  arity: 1,
  infer: ([shape], { axis, size, step, length }) => {
    const at = shape!.length + axis;
    return [...shape!.slice(0, at), Math.floor((length - size) / step) + 1, size, ...shape!.slice(at + 1)];
  },
  kernel: {
    kind: "array",
    run: (out, [x], node) => {
      const { outer, length, inner } = around(node.inputs[0]!.shape, {
        axis: node.attributes.axis,
        count: 1,
      });
      const { size, step } = node.attributes;
      const run = size * inner;
      const count = node.size / Math.max(1, outer * run);
      for (let o = 0; o < outer; o++)
        for (let w = 0; w < count; w++) {
          const from = (o * length + w * step) * inner;
          out.set(x!.subarray(from, from + run), (o * count + w) * run);
        }
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => makeNode(overlapAddOp, [cotangent], node.attributes),
  },
  operations: () => 0,
};

/** The transpose: windows are added up where they lay, in increasing order, starting at +0. */
export const overlapAddOp: Op<WindowAttributes> = {
  name: "overlapAdd",
  arity: 1,
  infer: ([shape], { axis, length }) => {
    const at = shape!.length + axis - 1;
    return withLength([...shape!.slice(0, at), ...shape!.slice(at + 1)], axis, length);
  },
  kernel: {
    kind: "array",
    run: (out, [x], node, { round }) => {
      const { outer, length, inner } = around(node.shape, { axis: node.attributes.axis, count: 1 });
      const { size, step } = node.attributes;
      const run = size * inner;
      const count = node.inputs[0]!.size / Math.max(1, outer * run);
      out.fill(0);
      for (let o = 0; o < outer; o++)
        for (let w = 0; w < count; w++) {
          const to = (o * length + w * step) * inner;
          const from = (o * count + w) * run;
          for (let i = 0; i < run; i++) out[to + i] = round(out[to + i]! + x![from + i]!);
        }
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => makeNode(windowsOp, [cotangent], node.attributes),
  },
  operations: (node) => node.inputs[0]!.size,
};

/** Windows of `size` entries, `step` apart, along an axis (default: the last): […, n] → […, count, size]. */
export function windows(
  x: Operand,
  size: number,
  step = 1,
  options: { readonly axis?: number } = {},
): Tensor {
  const tensor = lift(x);
  const axis = fromLast("windows", options.axis ?? -1, tensor.shape);
  const length = tensor.shape[tensor.shape.length + axis]!;
  if (!Number.isInteger(size) || !Number.isInteger(step) || size < 1 || step < 1 || size > length)
    throw new AutodiffError(
      "windows",
      `windows of ${size}, ${step} apart, of shape ${shapeText(tensor.shape)}`,
      `give whole numbers, 1 ≤ size ≤ ${length}, step ≥ 1`,
    );
  return makeNode(windowsOp, [tensor], { axis, size, step, length });
}
