// + − × ÷, negation, square, square root.
import type { Tensor } from "../ir.ts";
import { elementwise, elementwiseWith, map } from "./elementwise.ts";
import type { Operand } from "./leaves.ts";

export const addOp = elementwise(2, {
  name: "add",
  weight: 1,
  apply: (a, b) => a + b,
  partials: () => [1, 1],
});
export const subOp = elementwise(2, {
  name: "sub",
  weight: 1,
  apply: (a, b) => a - b,
  partials: () => [1, -1],
});
export const negOp = elementwise(1, { name: "neg", weight: 1, apply: (a) => -a, partials: () => [-1] });
export const mulOp = elementwiseWith(
  2,
  { name: "mul", weight: 1, apply: (a, b) => a * b },
  {
    kind: "multilinear",
    operands: "all",
    transpose: (cotangent, k, node) => mul(cotangent, node.inputs[1 - k]!),
  },
);
export const divOp = elementwise(2, {
  name: "div",
  weight: 4,
  apply: (a, b) => a / b,
  // d(a/b) = da / b − (a/b) db / b
  partials: ([, b], y) => [div(1, b!), neg(div(y, b!))],
});
export const squareOp = elementwise(1, {
  name: "square",
  weight: 1,
  apply: (a) => a * a,
  partials: ([a]) => [mul(2, a!)],
});
export const sqrtOp = elementwise(1, {
  name: "sqrt",
  weight: 4,
  apply: (a) => Math.sqrt(a),
  // d√a = da / (2√a); +∞ at 0
  partials: (_, y) => [div(0.5, y)],
});

/** a + b. Shapes broadcast; numbers are lifted. */
export const add = (a: Operand, b: Operand): Tensor => map(addOp, a, b);
/** a − b. */
export const sub = (a: Operand, b: Operand): Tensor => map(subOp, a, b);
/** −a. */
export const neg = (a: Operand): Tensor => map(negOp, a);
/** a · b, elementwise. */
export const mul = (a: Operand, b: Operand): Tensor => map(mulOp, a, b);
/** a / b. */
export const div = (a: Operand, b: Operand): Tensor => map(divOp, a, b);
/** a². */
export const square = (a: Operand): Tensor => map(squareOp, a);
/** √a; the derivative at 0 is +∞. */
export const sqrt = (a: Operand): Tensor => map(sqrtOp, a);
