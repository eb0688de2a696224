// Circular functions and their inverses.
import * as math from "@basin/math";
import type { Tensor } from "../ir.ts";
import { add, div, mul, neg, sqrt, square, sub } from "./arithmetic.ts";
import { elementwise, map } from "./elementwise.ts";
import type { Operand } from "./leaves.ts";

export const sinOp = elementwise(1, {
  name: "sin",
  weight: 15,
  apply: (a) => math.sin(a),
  partials: ([a]) => [cos(a!)],
});
export const cosOp = elementwise(1, {
  name: "cos",
  weight: 15,
  apply: (a) => math.cos(a),
  partials: ([a]) => [neg(sin(a!))],
});
export const tanOp = elementwise(1, {
  name: "tan",
  weight: 20,
  apply: (a) => math.tan(a),
  // tan′ = 1 + tan²
  partials: (_, y) => [add(1, square(y))],
});
export const asinOp = elementwise(1, {
  name: "asin",
  weight: 20,
  apply: (a) => math.asin(a),
  // 1 / √(1 − a²)
  partials: ([a]) => [div(1, sqrt(sub(1, square(a!))))],
});
export const acosOp = elementwise(1, {
  name: "acos",
  weight: 20,
  apply: (a) => math.acos(a),
  partials: ([a]) => [div(-1, sqrt(sub(1, square(a!))))],
});
export const atanOp = elementwise(1, {
  name: "atan",
  weight: 20,
  apply: (a) => math.atan(a),
  // 1 / (1 + a²)
  partials: ([a]) => [div(1, add(1, square(a!)))],
});
export const atan2Op = elementwise(2, {
  name: "atan2",
  weight: 25,
  apply: (a, b) => math.atan2(a, b),
  // d atan2(a, b) = (b da − a db) / (a² + b²)
  partials: ([a, b]) => {
    const scale = div(1, add(square(a!), square(b!)));
    return [mul(b!, scale), neg(mul(a!, scale))];
  },
});

/** Sine; radians. */
export const sin = (a: Operand): Tensor => map(sinOp, a);
/** Cosine; radians. */
export const cos = (a: Operand): Tensor => map(cosOp, a);
/** Tangent; radians. */
export const tan = (a: Operand): Tensor => map(tanOp, a);
/** Arc sine, in [−π/2, π/2]; the derivative at ±1 is infinite. */
export const asin = (a: Operand): Tensor => map(asinOp, a);
/** Arc cosine, in [0, π]; the derivative at ±1 is infinite. */
export const acos = (a: Operand): Tensor => map(acosOp, a);
/** Arc tangent, in (−π/2, π/2). */
export const atan = (a: Operand): Tensor => map(atanOp, a);
/** The angle of the point (b, a), in [−π, π]. */
export const atan2 = (a: Operand, b: Operand): Tensor => map(atan2Op, a, b);
