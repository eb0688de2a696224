// Concatenation along an axis; its transpose cuts the cotangent into slices.
import { around, fromLast, withLength } from "../axes.ts";
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Op, Tensor } from "../ir.ts";
import { sameShape, shapeText } from "../shape.ts";
import { lift, type Operand } from "./leaves.ts";
import { slice } from "./slice-pad.ts";
import { reshape } from "./view.ts";

export const concatOp: Op<{ readonly axis: number }> = {
  name: "concat",
  arity: undefined,
  infer: (shapes, { axis }) => {
    const first = shapes[0]!;
    const total = shapes.reduce((sum, shape) => sum + shape[shape.length + axis]!, 0);
    for (const shape of shapes)
      if (!sameShape(withLength(shape, axis, 0), withLength(first, axis, 0)))
        throw new AutodiffError(
          "concat",
          `shapes ${shapes.map(shapeText).join(", ")} along axis ${axis}`,
          "all other axes must have equal lengths",
        );
    return withLength(first, axis, total);
  },
  kernel: {
    kind: "array",
    run: (out, inputs, node) => {
      const { axis } = node.attributes;
      const target = around(node.shape, { axis, count: 1 });
      const step = target.length * target.inner;
      let offset = 0;
      for (const [k, x] of inputs.entries()) {
        const { outer, length, inner } = around(node.inputs[k]!.shape, { axis, count: 1 });
        const run = length * inner;
        for (let o = 0; o < outer; o++) out.set(x.subarray(o * run, (o + 1) * run), o * step + offset);
        offset += run;
      }
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, k, node) => {
      const { axis } = node.attributes;
      const length = (input: Tensor): number => input.shape[input.shape.length + axis]!;
      const start = node.inputs.slice(0, k).reduce((sum, input) => sum + length(input), 0);
      return slice(cotangent, start, start + length(node.inputs[k]!), { axis });
    },
  },
  operations: () => 0,
};

/** Tensors one after the other along an axis (default: the first). @throws AutodiffError where other axes differ. */
export function concat(parts: readonly Operand[], options: { readonly axis?: number } = {}): Tensor {
  const tensors = parts.map(lift);
  if (tensors.length === 0) throw new AutodiffError("concat", "no tensors", "give at least one");
  const axis = fromLast("concat", options.axis ?? 0, tensors[0]!.shape);
  return tensors.length === 1 ? tensors[0]! : makeNode(concatOp, tensors, { axis });
}

/** Tensors of one shape side by side along a new axis (default: a new first one). */
export function stack(parts: readonly Operand[], options: { readonly axis?: number } = {}): Tensor {
  const tensors = parts.map(lift);
  if (tensors.length === 0) throw new AutodiffError("stack", "no tensors", "give at least one");
  const { shape } = tensors[0]!;
  for (const tensor of tensors)
    if (!sameShape(tensor.shape, shape))
      throw new AutodiffError(
        "stack",
        `shapes ${shapeText(shape)} and ${shapeText(tensor.shape)}`,
        "give tensors of one shape",
      );
  const axis = fromLast("stack", options.axis ?? 0, [...shape, 1]) + shape.length + 1;
  const widened = [...shape.slice(0, axis), 1, ...shape.slice(axis)];
  return concat(
    tensors.map((tensor) => reshape(tensor, widened)),
    { axis },
  );
}
