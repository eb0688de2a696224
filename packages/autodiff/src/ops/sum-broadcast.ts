// Sum and broadcast: each other's transpose.
import { around, axesFromLast, rangesOf, without, type AxisOptions, type AxisRange } from "../axes.ts";
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Arithmetic, Op, Tensor, Values } from "../ir.ts";
import {
  broadcastShapes,
  sameShape,
  shapeText,
  sizeOf,
  stridesOf,
  visitStrided,
  type Shape,
} from "../shape.ts";
import { full, knownValue, lift, type Operand } from "./leaves.ts";
import { leading, reshape, type FromTo } from "./view.ts";

export type RangeAttributes = { readonly axis: number; readonly count: number };

/**
 * Σ over a run of adjacent axes. Along the contiguous axis: element i goes to lane i mod L, lanes start at +0 and are
 * combined in a fixed tree; otherwise rows are added in increasing order, starting at +0. docs/decisions: order of summation.
 */
export const sumOp: Op<RangeAttributes> = {
  name: "sum",
  arity: 1,
  infer: ([shape], range) => without(shape!, range),
  kernel: {
    kind: "array",
    run: (out, [x], node, arithmetic) =>
      sumRange(out, x!, node.inputs[0]!.shape, node.attributes, arithmetic),
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => {
      const { shape } = node.inputs[0]!;
      const first = shape.length + node.attributes.axis;
      const kept = shape.map((length, i) => (i >= first && i < first + node.attributes.count ? 1 : length));
      return broadcast(reshape(cotangent, kept), shape);
    },
  },
  operations: (node) => node.inputs[0]!.size,
};

function sumRange(
  out: Values,
  x: Values,
  shape: Shape,
  range: AxisRange,
  { round, lanes: count }: Arithmetic,
): void {
  const { outer, length, inner } = around(shape, range);
  if (inner !== 1) {
    out.fill(0);
    for (let o = 0; o < outer; o++)
      for (let k = 0; k < length; k++) {
        const row = (o * length + k) * inner;
        for (let i = 0; i < inner; i++) out[o * inner + i] = round(out[o * inner + i]! + x[row + i]!);
      }
    return;
  }
  const lanes = new Float64Array(count);
  for (let o = 0; o < outer; o++) {
    lanes.fill(0);
    const row = o * length;
    for (let k = 0; k < length; k++) lanes[k % count] = round(lanes[k % count]! + x[row + k]!);
    out[o] = combineLanes(lanes, round);
  }
}

/** The tree: halves are added lane by lane until one lane is left; ((l0 + l2) + (l1 + l3)) for four. */
export function combineLanes(lanes: Float64Array, round: (x: number) => number): number {
  for (let half = lanes.length >> 1; half > 0; half >>= 1)
    for (let i = 0; i < half; i++) lanes[i] = round(lanes[i]! + lanes[i + half]!);
  return lanes[0]!;
}

/** Applies a reduction to runs of axes, one after the other, and reinstates reduced axes if they are kept. */
export function reduce(op: Op<RangeAttributes>, x: Operand, options: AxisOptions = {}): Tensor {
  const tensor = lift(x);
  const axes = axesFromLast(op.name, options.axis, tensor.shape);
  let result = tensor;
  // A range's axis is counted from the last, so ranges after it must be gone before it: they are, and shift it.
  let removed = 0;
  for (const { axis, count } of rangesOf(axes)) {
    result = makeNode(op, [result], { axis: axis + removed, count });
    removed += count;
  }
  const kept = tensor.shape.map((length, i) => (axes.includes(i - tensor.shape.length) ? 1 : length));
  return options.keepDims === true ? reshape(result, kept) : result;
}

/** Σ of all entries, or along axes. shape: the input's without these axes. */
export function sum(x: Operand, options?: AxisOptions): Tensor {
  return reduce(sumOp, x, options);
}

export const broadcastOp: Op<FromTo> = {
  name: "broadcast",
  arity: 1,
  infer: ([shape], { from, to }) => [...leading("broadcast", shape!, from), ...to],
  kernel: {
    kind: "array",
    run: (out, [x], node) => {
      const { from, to } = node.attributes;
      const lead = node.inputs[0]!.size / Math.max(1, sizeOf(from));
      const strides = broadcastStrides(from, to);
      const [fromSize, toSize] = [sizeOf(from), sizeOf(to)];
      for (let l = 0; l < lead; l++)
        visitStrided(to, strides, l * fromSize, (source, target) => (out[l * toSize + target] = x![source]!));
    },
  },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => {
      const { from, to } = node.attributes;
      const axes = to
        .map((_, i) => i - to.length)
        .filter((axis) => (from[from.length + axis] ?? 1) !== to[to.length + axis]!);
      return reshape(axes.length === 0 ? cotangent : sum(cotangent, { axis: axes }), node.inputs[0]!.shape);
    },
  },
  operations: () => 0,
};

/** Strides with which axes of the result read the source: 0 where it is stretched. */
export function broadcastStrides(from: Shape, to: Shape): number[] {
  const strides = stridesOf(from);
  return to.map((_, i) => {
    const at = i - to.length + from.length;
    return at < 0 || from[at] === 1 ? 0 : strides[at]!;
  });
}

/** Stretches axes of length 1 (and adds leading axes) to a shape. @throws AutodiffError where an axis has another length. */
export function broadcast(x: Operand, shape: Shape): Tensor {
  const tensor = lift(x);
  if (sameShape(tensor.shape, shape)) return tensor;
  const common = broadcastShapes([tensor.shape, shape]);
  if (common === undefined || !sameShape(common, shape))
    throw new AutodiffError(
      "broadcast",
      `shape ${shapeText(tensor.shape)} to ${shapeText(shape)}`,
      "axes are aligned from the last, and only a length of 1 stretches",
    );
  const value = knownValue(tensor);
  if (value !== undefined) return full(shape, value);
  return makeNode(broadcastOp, [tensor], { from: tensor.shape, to: [...shape] });
}
