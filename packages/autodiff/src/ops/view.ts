// Ops that keep the data and change its shape, its name, or whether derivatives flow.
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Op, Tensor } from "../ir.ts";
import { sameShape, shapeText, sizeOf, type Shape } from "../shape.ts";
import { full, knownValue, lift, type Operand } from "./leaves.ts";

/** Attributes of ops that change the last axes `from` to `to`; axes before them stay. */
export type FromTo = { readonly from: readonly number[]; readonly to: readonly number[] };

/** The axes before those that an op changes. */
export function leading(who: string, shape: Shape, from: Shape): number[] {
  const lead = shape.length - from.length;
  if (lead < 0 || !sameShape(shape.slice(lead), from))
    throw new AutodiffError(
      who,
      `shape ${shapeText(shape)} was given`,
      `the last axes must be ${shapeText(from)}`,
    );
  return shape.slice(0, lead);
}

export const reshapeOp: Op<FromTo> = {
  name: "reshape",
  arity: 1,
  infer: ([shape], { from, to }) => [...leading("reshape", shape!, from), ...to],
  kernel: { kind: "view" },
  derivative: {
    kind: "linear",
    operands: "all",
    transpose: (cotangent, _, node) => reshape(cotangent, node.inputs[0]!.shape),
  },
  operations: () => 0,
};

/** The same numbers in row-major order under another shape. @throws AutodiffError where the sizes differ. */
export function reshape(x: Operand, shape: Shape): Tensor {
  const tensor = lift(x);
  if (sizeOf(shape) !== tensor.size)
    throw new AutodiffError(
      "reshape",
      `shape ${shapeText(tensor.shape)} (${tensor.size} numbers) to ${shapeText(shape)} (${sizeOf(shape)})`,
      "give a shape of the same size",
    );
  if (sameShape(shape, tensor.shape)) return tensor;
  const value = knownValue(tensor);
  if (value !== undefined) return full(shape, value);
  return makeNode(reshapeOp, [tensor], { from: tensor.shape, to: [...shape] });
}

export const nameOp: Op<{ readonly name: string }> = {
  name: "name",
  arity: 1,
  infer: ([shape]) => shape!,
  kernel: { kind: "view" },
  derivative: { kind: "linear", operands: "all", transpose: (cotangent) => cotangent },
  operations: () => 0,
};

/** Names an intermediate, so that its value and its derivative can be asked for (see `derivatives`) and printed. */
export function name(x: Operand, as: string): Tensor {
  return makeNode(nameOp, [lift(x)], { name: as });
}

export const stopGradientOp: Op = {
  name: "stopGradient",
  arity: 1,
  infer: ([shape]) => shape!,
  kernel: { kind: "view" },
  derivative: { kind: "none" },
  operations: () => 0,
};

/** The same value, of derivative zero. */
export function stopGradient(x: Operand): Tensor {
  return makeNode(stopGradientOp, [lift(x)], {});
}
