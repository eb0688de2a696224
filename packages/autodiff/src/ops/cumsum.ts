// Running sums; the transpose runs backwards.
import { around, fromLast } from "../axes.ts";
import { makeNode } from "../graph.ts";
import type { Op, Tensor } from "../ir.ts";
import { lift, type Operand } from "./leaves.ts";

/** Sums in order from the first entry (or, reversed, from the last), starting at +0. */
export const cumsumOp: Op<{ readonly axis: number; readonly reverse: boolean }> = {
  name: "cumsum",
  arity: 1,
  infer: ([shape]) => shape!,
  kernel: {
    kind: "array",
    run: (out, [x], node, { round }) => {
      const { axis, reverse } = node.attributes;
      const { outer, length, inner } = around(node.shape, { axis, count: 1 });
      for (let o = 0; o < outer; o++)
        for (let i = 0; i < inner; i++) {
          let total = 0;
          for (let k = 0; k < length; k++) {
            const at = (o * length + (reverse ? length - 1 - k : k)) * inner + i;
            total = round(total + x![at]!);
            out[at] = total;
          }
        }
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) =>
      makeNode(cumsumOp, [cotangent], { axis: node.attributes.axis, reverse: !node.attributes.reverse }),
  },
  operations: (node) => node.size,
};

/** Running sums along an axis (default: the last). */
export function cumsum(
  x: Operand,
  options: { readonly axis?: number; readonly reverse?: boolean } = {},
): Tensor {
  const tensor = lift(x);
  const axis = fromLast("cumsum", options.axis ?? -1, tensor.shape);
  return makeNode(cumsumOp, [tensor], { axis, reverse: options.reverse ?? false });
}
