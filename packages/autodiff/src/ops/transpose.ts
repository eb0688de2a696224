// Transposition of axes; its transpose is the inverse permutation.
import { AutodiffError } from "../errors.ts";
import { fromLast } from "../axes.ts";
import { makeNode } from "../graph.ts";
import type { Op, Tensor } from "../ir.ts";
import { shapeText, stridesOf, visitStrided, type Shape } from "../shape.ts";
import { lift, type Operand } from "./leaves.ts";

/** `order[i]`: which of the last axes of the input becomes axis i of as many last axes of the output, counted from their first. */
export const transposeOp: Op<{ readonly order: readonly number[] }> = {
  name: "transpose",
  arity: 1,
  infer: ([shape], { order }) => fullOrder(order, shape!).map((axis) => shape![axis]!),
  kernel: {
    kind: "array",
    run: (out, [x], node) => {
      const { shape } = node.inputs[0]!;
      const strides = stridesOf(shape);
      const read = fullOrder(node.attributes.order, shape).map((axis) => strides[axis]!);
      visitStrided(node.shape, read, 0, (from, to) => (out[to] = x![from]!));
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => {
      const { order } = node.attributes;
      return makeNode(transposeOp, [cotangent], { order: order.map((_, i) => order.indexOf(i)) });
    },
  },
  operations: () => 0,
};

/** A permutation of the last axes, extended by the leading ones. */
export function fullOrder(order: readonly number[], shape: Shape): number[] {
  const lead = shape.length - order.length;
  return [...Array.from({ length: lead }, (_, i) => i), ...order.map((axis) => axis + lead)];
}

/** Axes in another order; without one, in reverse. @throws AutodiffError where `order` is no permutation of the axes. */
export function transpose(x: Operand, order?: readonly number[]): Tensor {
  const tensor = lift(x);
  const rank = tensor.shape.length;
  const wanted = order ?? tensor.shape.map((_, i) => rank - 1 - i);
  const axes = wanted.map((axis) => fromLast("transpose", axis, tensor.shape) + rank);
  if (axes.length !== rank || new Set(axes).size !== rank)
    throw new AutodiffError(
      "transpose",
      `order ${shapeText(wanted)} of shape ${shapeText(tensor.shape)}`,
      `name each of the ${rank} axes once`,
    );
  if (axes.every((axis, i) => axis === i)) return tensor;
  return makeNode(transposeOp, [tensor], { order: axes });
}
