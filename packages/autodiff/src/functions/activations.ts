// Activation functions made of other ops.
import type { Tensor } from "../ir.ts";
import { add, div, mul } from "../ops/arithmetic.ts";
import { greater, minimum, where } from "../ops/compare.ts";
import { erf, expm1, sigmoid } from "../ops/exponential.ts";
import { lift, type Operand } from "../ops/leaves.ts";

/** x where x > 0, α (e^x − 1) elsewhere (Clevert et al., 2016). */
export function elu(x: Operand, alpha = 1): Tensor {
  const tensor = lift(x);
  const positive = greater(tensor, 0);
  // The minimum keeps the branch that is not taken from overflowing.
  return where(positive, tensor, mul(alpha, expm1(minimum(tensor, 0))));
}

/** x Φ(x) with the normal distribution function Φ (Hendrycks and Gimpel, 2016), exact, by erf. */
export function gelu(x: Operand): Tensor {
  const tensor = lift(x);
  return mul(mul(0.5, tensor), add(1, erf(div(tensor, Math.SQRT2))));
}

/** x σ(x), also called swish. */
export function silu(x: Operand): Tensor {
  const tensor = lift(x);
  return mul(tensor, sigmoid(tensor));
}
