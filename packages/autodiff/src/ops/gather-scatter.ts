// Reading at given positions along an axis, and adding at them: each other's transpose.
import { fromLast } from "../axes.ts";
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Op, Tensor } from "../ir.ts";
import { sameShape, shapeText, sizeOf, type Shape } from "../shape.ts";
import { add } from "./arithmetic.ts";
import { constant, lift, type Nested, type Operand } from "./leaves.ts";
import { reshape } from "./view.ts";

/** `rest`: axes after the one that is read; `outside`: what an index that is no position reads. */
export type GatherAttributes = { readonly rest: number; readonly outside: number };
export type ScatterAttributes = { readonly rest: number; readonly length: number };

/** x [lead…, n, rest…], indices [lead…, m] → [lead…, m, rest…]. */
export const gatherOp: Op<GatherAttributes> = {
  name: "gather",
  arity: 2,
  infer: ([x, indices], { rest }) => {
    const axis = x!.length - rest - 1;
    if (axis < 0 || !sameShape(x!.slice(0, axis), indices!.slice(0, -1)))
      throw new AutodiffError(
        "gather",
        `shapes ${shapeText(x!)} and ${shapeText(indices!)}`,
        "leading axes must agree",
      );
    return [...indices!, ...x!.slice(axis + 1)];
  },
  kernel: {
    kind: "array",
    run: (out, [x, indices], node) => {
      const { lead, length, count, inner } = geometry(
        node.inputs[0]!.shape,
        node.inputs[1]!.shape,
        node.attributes.rest,
      );
      for (let l = 0; l < lead; l++)
        for (let c = 0; c < count; c++) {
          const index = indices![l * count + c]!;
          const to = (l * count + c) * inner;
          const from = (l * length + index) * inner;
          if (isPosition(index, length)) for (let i = 0; i < inner; i++) out[to + i] = x![from + i]!;
          else out.fill(node.attributes.outside, to, to + inner);
        }
    },
  },
  derivative: {
    kind: "linear",
    operands: [0],
    transpose: (cotangent, _, node) => {
      const { rest } = node.attributes;
      const { shape } = node.inputs[0]!;
      return makeNode(scatterOp, [cotangent, node.inputs[1]!], {
        rest,
        length: shape[shape.length - rest - 1]!,
      });
    },
  },
  operations: () => 0,
};

/** updates [lead…, m, rest…], indices [lead…, m] → [lead…, length, rest…]: zeros, to which rows are added in order. */
export const scatterOp: Op<ScatterAttributes> = {
  name: "scatter",
  arity: 2,
  infer: ([updates, indices], { rest, length }) => {
    const axis = updates!.length - rest - 1;
    if (axis < 0 || !sameShape(updates!.slice(0, axis + 1), indices!))
      throw new AutodiffError(
        "scatterAdd",
        `updates ${shapeText(updates!)} at ${shapeText(indices!)} positions`,
        "give one update for each position",
      );
    return [...updates!.slice(0, axis), length, ...updates!.slice(axis + 1)];
  },
  kernel: {
    kind: "array",
    run: (out, [updates, indices], node, { round }) => {
      const { lead, length, count, inner } = geometry(
        node.shape,
        node.inputs[1]!.shape,
        node.attributes.rest,
      );
      out.fill(0);
      for (let l = 0; l < lead; l++)
        for (let c = 0; c < count; c++) {
          const index = indices![l * count + c]!;
          if (!isPosition(index, length)) continue;
          const from = (l * count + c) * inner;
          const to = (l * length + index) * inner;
          for (let i = 0; i < inner; i++) out[to + i] = round(out[to + i]! + updates![from + i]!);
        }
    },
  },
  derivative: {
    kind: "linear",
    operands: [0],
    // A position that is none was ignored, so its cotangent must be 0 and not NaN.
    transpose: (cotangent, _, node) =>
      makeNode(gatherOp, [cotangent, node.inputs[1]!], { rest: node.attributes.rest, outside: 0 }),
  },
  operations: (node) => node.inputs[0]!.size,
};

const isPosition = (index: number, length: number): boolean =>
  Number.isInteger(index) && index >= 0 && index < length;

function geometry(
  shape: Shape,
  indices: Shape,
  rest: number,
): { lead: number; length: number; count: number; inner: number } {
  const axis = shape.length - rest - 1;
  return {
    lead: sizeOf(shape.slice(0, axis)),
    length: shape[axis]!,
    count: indices[indices.length - 1]!,
    inner: sizeOf(shape.slice(axis + 1)),
  };
}

/** Positions: a tensor of whole numbers, or plain numbers. */
export type Positions = Tensor | Nested;
const positions = (at: Positions): Tensor =>
  typeof at === "object" && "op" in at ? at : constant(at as Nested);

/**
 * Entries of x at positions along an axis (default: the first): x [n, …], at [m] → [m, …].
 * Positions are whole numbers 0 … n − 1; anything else reads NaN. No derivative flows to them.
 */
export function gather(x: Operand, at: Positions, options: { readonly axis?: number } = {}): Tensor {
  const [tensor, where] = [lift(x), positions(at)];
  const axis = fromLast("gather", options.axis ?? 0, tensor.shape) + tensor.shape.length;
  const [before, after] = [tensor.shape.slice(0, axis), tensor.shape.slice(axis + 1)];
  const rest = after.length;
  const lead = sizeOf(before);
  // One list of positions serves all leading axes: they are repeated for each.
  const flat = reshape(where, [where.size]);
  if (before.length === 0)
    return reshape(makeNode(gatherOp, [tensor, flat], { rest, outside: NaN }), [...where.shape, ...after]);
  const rows = reshape(tensor, [lead, tensor.shape[axis]!, ...after]);
  const repeated = add(flat, constant(new Float64Array(lead), [lead, 1]));
  return reshape(makeNode(gatherOp, [rows, repeated], { rest, outside: NaN }), [
    ...before,
    ...where.shape,
    ...after,
  ]);
}

/** One entry of each row: x […, n], at […] → […], out = x[…, at[…]]. @throws AutodiffError where leading axes differ. */
export function takeAlong(x: Operand, at: Positions): Tensor {
  const [tensor, where] = [lift(x), positions(at)];
  return reshape(
    makeNode(gatherOp, [tensor, reshape(where, [...where.shape, 1])], { rest: 0, outside: NaN }),
    where.shape,
  );
}

/** A copy of base [n, …] with updates [m, …] added at positions at [m], in order. Positions outside are ignored. */
export function scatterAdd(base: Operand, at: Positions, updates: Operand): Tensor {
  const [tensor, where, rows] = [lift(base), positions(at), lift(updates)];
  return add(
    tensor,
    makeNode(scatterOp, [rows, where], { rest: tensor.shape.length - 1, length: tensor.shape[0] ?? 0 }),
  );
}
