// What elementwise ops have in common: operands are lifted and broadcast to one shape.
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Derivative, Op, Tensor } from "../ir.ts";
import { broadcastShapes, sameShape, shapeText } from "../shape.ts";
import { lift, type Operand } from "./leaves.ts";
import { broadcast } from "./sum-broadcast.ts";

export interface ElementwiseDeclaration {
  readonly name: string;
  /** Weighted operations an element; + − × count 1. */
  readonly weight: number;
  /** The function itself, on numbers. */
  readonly apply: (a: number, b: number, c: number) => number;
  /** In single precision, if not `apply` rounded once. */
  readonly single?: (a: number) => number;
  /** Partial derivatives, an input each; "none" where they are zero. */
  readonly partials: "none" | ((inputs: readonly Tensor[], output: Tensor) => readonly (Tensor | number)[]);
}

/** Declares an elementwise op of `arity` inputs of one shape. */
export function elementwise(arity: 1 | 2 | 3, { partials, ...declaration }: ElementwiseDeclaration): Op {
  return elementwiseWith(
    arity,
    declaration,
    partials === "none" ? { kind: "none" } : { kind: "partials", of: partials },
  );
}

/** The same with any declaration of the derivative (where, mul). */
export function elementwiseWith(
  arity: 1 | 2 | 3,
  { name, weight, apply, single }: Omit<ElementwiseDeclaration, "partials">,
  derivative: Derivative,
): Op {
  return {
    name,
    arity,
    infer: (shapes) => {
      const shape = shapes[0]!;
      if (shapes.length !== arity || !shapes.every((other) => sameShape(other, shape)))
        throw new AutodiffError(
          name,
          `shapes ${shapes.map(shapeText).join(" and ")}`,
          `give ${arity} of one shape`,
        );
      return shape;
    },
    kernel: { kind: "elementwise", apply, ...(single === undefined ? {} : { single }) },
    derivative,
    operations: (node) => weight * node.size,
  };
}

/** Applies an elementwise op to operands that are lifted and broadcast. @throws AutodiffError where shapes do not fit. */
export function map(op: Op, ...operands: readonly Operand[]): Tensor {
  const tensors = operands.map(lift);
  const [first] = tensors as [Tensor];
  if (tensors.every((tensor) => sameShape(tensor.shape, first.shape))) return makeNode(op, tensors, {});
  const shapes = tensors.map((tensor) => tensor.shape);
  const common = broadcastShapes(shapes);
  if (common === undefined)
    throw new AutodiffError(
      op.name,
      `shapes ${shapes.map(shapeText).join(" and ")}`,
      "axes are aligned from the last; lengths must be equal or 1 (reshape adds an axis of length 1)",
    );
  return makeNode(
    op,
    tensors.map((tensor) => broadcast(tensor, common)),
    {},
  );
}
