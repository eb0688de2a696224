// Products and sums of cotangents in which "absent" is zero and a known factor of ±1 costs nothing.
import type { Tensor } from "../ir.ts";
import { add, mul, neg } from "../ops/arithmetic.ts";
import { knownValue } from "../ops/leaves.ts";

/** factor · x for a partial derivative; undefined is zero. */
export function scale(x: Tensor, factor: Tensor | number): Tensor | undefined {
  const known = typeof factor === "number" ? factor : knownValue(factor);
  if (known === 0) return undefined;
  if (known === 1) return x;
  if (known === -1) return neg(x);
  return typeof factor !== "number" && knownValue(x) === 1 ? factor : mul(x, factor);
}

export function plus(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : add(a, b);
}
