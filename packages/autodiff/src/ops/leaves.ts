// Nodes without inputs: the inputs of a function, and constants.
import { AutodiffError } from "../errors.ts";
import { leaf } from "../graph.ts";
import { Tensor, type Op } from "../ir.ts";
import { sameShape, shapeText, sizeOf, type Shape } from "../shape.ts";

/** What ops take: a tensor, or a number that is lifted to a scalar constant. */
export type Operand = Tensor | number;
/** Numbers in any nesting, rows of equal length. */
export type Nested = number | readonly Nested[];

const noShape = (): Shape => {
  throw new Error("a leaf's shape is given, not inferred");
};
const noKernel = (): void => {
  throw new Error("a leaf's values are given, not computed");
};

export const inputOp: Op<{ readonly unique: number }> = {
  name: "input",
  arity: 0,
  infer: noShape,
  kernel: { kind: "array", run: noKernel },
  derivative: { kind: "none" },
  operations: () => 0,
};

/** A constant that is one number everywhere. */
export const fullOp: Op<{ readonly value: number }> = {
  name: "full",
  arity: 0,
  infer: noShape,
  kernel: { kind: "array", run: (out, _, node) => void out.fill(node.attributes.value) },
  derivative: { kind: "none" },
  operations: () => 0,
};

export const constantOp: Op<{ readonly data: Float64Array }> = {
  name: "constant",
  arity: 0,
  infer: noShape,
  kernel: { kind: "array", run: (out, _, node) => out.set(node.attributes.data) },
  derivative: { kind: "none" },
  operations: () => 0,
};

/** A tensor of one number everywhere. */
export function full(shape: Shape, value: number): Tensor {
  return leaf(fullOp, [], { value }, shape);
}

/**
 * A constant: a number, nested arrays, or flat row-major data with its shape (default: a vector). Copied.
 * @throws AutodiffError where rows differ in length or the data does not fill the shape.
 */
export function constant(data: Nested | Readonly<Float64Array>, shape?: Shape): Tensor {
  if (typeof data === "number") return full(shape ?? [], data);
  const flat: number[] = [];
  const found = isVector(data) ? [data.length] : flatten(data, flat);
  const wanted = shape ?? found;
  const values = Float64Array.from(isVector(data) ? data : flat);
  if (values.length !== sizeOf(wanted))
    throw new AutodiffError(
      "constant",
      `${values.length} numbers were given`,
      `shape ${shapeText(wanted)} holds ${sizeOf(wanted)}`,
    );
  return leaf(constantOp, [], { data: values }, wanted);
}

function isVector(data: Nested | Readonly<Float64Array>): data is Readonly<Float64Array> {
  return ArrayBuffer.isView(data);
}

function flatten(data: Nested, into: number[]): Shape {
  if (typeof data === "number") {
    into.push(data);
    return [];
  }
  const rows = data.map((row) => flatten(row, into));
  const first = rows[0] ?? [];
  for (const row of rows)
    if (!sameShape(row, first))
      throw new AutodiffError(
        "constant",
        `rows have shapes ${shapeText(first)} and ${shapeText(row)}`,
        "give rows of equal length",
      );
  return [data.length, ...first];
}

export function lift(x: Operand): Tensor {
  if (x instanceof Tensor) return x;
  if (typeof x === "number") return full([], x);
  throw new AutodiffError(
    "trace",
    `an op was given ${typeof x}`,
    "give a tensor or a number (constant([…]) makes a tensor of an array)",
  );
}

/** The number that a tensor is everywhere, if it is known. */
export function knownValue(x: Tensor): number | undefined {
  return x.op.name === "full" ? (x.attributes["value"] as number) : undefined;
}
