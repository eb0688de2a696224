// The intermediate representation: tensors are nodes of a graph, ops say what a node computes and how it is differentiated.
import { AutodiffError } from "./errors.ts";
import { shapeText, sizeOf, type Shape } from "./shape.ts";

export type Attribute =
  | number
  | string
  | boolean
  | readonly number[]
  | readonly string[]
  | Float64Array
  | Int32Array;
/** What a node carries besides its inputs: an axis, a permutation, a constant's data. Plain data. */
export type Attributes = { readonly [name: string]: Attribute };

/** A traced value: a node of the graph. It has a shape and no number. Made by ops only. */
export class Tensor {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly size: number;
  /** Rises in the order of tracing, so that it sorts a graph topologically. */
  readonly id: number;
  constructor(op: Op, inputs: readonly Tensor[], attributes: Attributes, shape: Shape, id: number) {
    this.op = op;
    this.inputs = inputs;
    this.attributes = attributes;
    this.shape = shape;
    this.size = sizeOf(shape);
    this.id = id;
  }
  /** `x > 0`, `x + 1` and the like would read a number that is not there yet. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return `Tensor ${this.op.name} ${shapeText(this.shape)}`;
    throw new AutodiffError(
      "trace",
      "a traced value was used as a number (in a comparison, an if, an index or plain arithmetic)",
      "use the ops: add, mul, … for arithmetic, less, greater, … with where(condition, a, b) for branches",
    );
  }
}

/** What arithmetic is carried out in: f64, or f32 (every elementary operation rounded). */
export interface Arithmetic {
  readonly round: (x: number) => number;
  /** Partial sums of a reduction along the contiguous axis. See docs/decisions on the order of summation. */
  readonly lanes: number;
}
export type Values = Float64Array | Float32Array;

/** How a node is computed from the values of its inputs: the reference that every backend equals to the bit. */
export type Kernel<A extends Attributes = Attributes> =
  | {
      readonly kind: "elementwise";
      apply(a: number, b: number, c: number): number;
      /** In single precision, if that is not `apply` rounded once: every operation rounded. */
      single?(a: number): number;
    }
  /** The same data under another shape. */
  | { readonly kind: "view" }
  | {
      readonly kind: "array";
      run(out: Values, inputs: readonly Values[], node: Node<A>, arithmetic: Arithmetic): void;
    };

/** A tensor whose attributes are known. */
export type Node<A extends Attributes> = Tensor & { readonly attributes: A };

/**
 * The derivative of an op, declared once; both modes follow from it.
 * - partials: elementwise; one partial derivative an input (a tensor of the output's shape, or a number).
 *   Tangents and cotangents are multiplied by them.
 * - linear: linear in all `operands` together; the pushforward is the op itself applied to tangents.
 * - multilinear: linear in each of `operands` alone; the pushforward is a sum of applications of the op itself.
 *   Both declare `transpose`: the cotangent of one operand.
 * - pushforward: declares the tangent of the output by ops that are linear in the tangents; it is transposed mechanically.
 * - none: the derivative is zero (comparisons, argmax, stop-gradient).
 */
export type Derivative<A extends Attributes = Attributes> =
  | { readonly kind: "partials"; of(inputs: readonly Tensor[], output: Tensor): readonly (Tensor | number)[] }
  | {
      readonly kind: "linear" | "multilinear";
      readonly operands: readonly number[] | "all";
      transpose(cotangent: Tensor, operand: number, node: Node<A>): Tensor;
    }
  | { readonly kind: "pushforward"; of(node: Node<A>, tangents: readonly (Tensor | undefined)[]): Tensor }
  | { readonly kind: "none" };

export interface Op<A extends Attributes = Attributes> {
  /** Unique; what errors and printers call it. */
  readonly name: string;
  /** Number of inputs; undefined where it varies. */
  readonly arity: number | undefined;
  /** The shape of the output. Inputs may have further leading axes: axes are counted from the last. Throws AutodiffError. */
  infer(shapes: readonly Shape[], attributes: A): Shape;
  readonly kernel: Kernel<A>;
  readonly derivative: Derivative<A>;
  /** Weighted operations that one node costs: the table of prices. */
  operations(node: Node<A>): number;
  /** Only for ops that take operands with and without a leading axis side by side (contractions): their attributes under vmap. */
  mapped?(attributes: A, mapped: readonly boolean[]): A;
}
