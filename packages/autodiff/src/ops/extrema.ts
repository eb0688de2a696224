// Largest and smallest entries along axes, and where they are.
import { around, fromLast, without, type AxisOptions } from "../axes.ts";
import { makeNode } from "../graph.ts";
import type { Node, Op, Tensor } from "../ir.ts";
import { div, mul } from "./arithmetic.ts";
import { equal } from "./compare.ts";
import { lift, type Operand } from "./leaves.ts";
import { broadcast, reduce, sum, type RangeAttributes } from "./sum-broadcast.ts";
import { reshape } from "./view.ts";

function extremum(
  name: string,
  start: number,
  better: (a: number, b: number) => number,
): Op<RangeAttributes> {
  return {
    name,
    arity: 1,
    infer: ([shape], range) => without(shape!, range),
    kernel: {
      kind: "array",
      run: (out, [x], node) => {
        const { outer, length, inner } = around(node.inputs[0]!.shape, node.attributes);
        out.fill(start);
        for (let o = 0; o < outer; o++)
          for (let k = 0; k < length; k++)
            for (let i = 0; i < inner; i++)
              out[o * inner + i] = better(out[o * inner + i]!, x![(o * length + k) * inner + i]!);
      },
    },
    derivative: { kind: "pushforward", of: (node, [tangent]) => mean(node, tangent!) },
    operations: (node) => node.inputs[0]!.size,
  };
}

/** The tangent of an extremum: the mean of the tangents of all entries that attain it. */
function mean(node: Node<RangeAttributes>, tangent: Tensor): Tensor {
  const x = node.inputs[0]!;
  const first = x.shape.length + node.attributes.axis;
  const kept = x.shape.map((length, i) => (i >= first && i < first + node.attributes.count ? 1 : length));
  const attained = equal(x, broadcast(reshape(node, kept), x.shape));
  const axis = Array.from({ length: node.attributes.count }, (_, i) => first + i);
  const share = div(attained, broadcast(sum(attained, { axis, keepDims: true }), x.shape));
  return sum(mul(share, tangent), { axis });
}

export const maxOp = extremum("max", -Infinity, Math.max);
export const minOp = extremum("min", Infinity, Math.min);

/** The largest entry, of all or along axes; NaN if one is. Ties share the derivative evenly. */
export const max = (x: Operand, options?: AxisOptions): Tensor => reduce(maxOp, x, options);
/** The smallest entry, of all or along axes; NaN if one is. Ties share the derivative evenly. */
export const min = (x: Operand, options?: AxisOptions): Tensor => reduce(minOp, x, options);

export const argmaxOp: Op<{ readonly axis: number }> = {
  name: "argmax",
  arity: 1,
  infer: ([shape], { axis }) => without(shape!, { axis, count: 1 }),
  kernel: {
    kind: "array",
    run: (out, [x], node) => {
      const { outer, length, inner } = around(node.inputs[0]!.shape, {
        axis: node.attributes.axis,
        count: 1,
      });
      for (let o = 0; o < outer; o++)
        for (let i = 0; i < inner; i++) {
          let best = -1;
          let most = -Infinity;
          for (let k = 0; k < length; k++) {
            const value = x![(o * length + k) * inner + i]!;
            if (best < 0 || value > most) [best, most] = [k, value];
          }
          out[o * inner + i] = best;
        }
    },
  },
  derivative: { kind: "none" },
  operations: (node) => node.inputs[0]!.size,
};

/** The position of the largest entry along an axis (default: the last); the first of equals. Derivative zero. */
export function argmax(x: Operand, options: { readonly axis?: number } = {}): Tensor {
  const tensor = lift(x);
  return makeNode(argmaxOp, [tensor], { axis: fromLast("argmax", options.axis ?? -1, tensor.shape) });
}
