// Hyperbolic sine and cosine, from e^|x| in two doubles.
import { expHalf, expRest, expParts } from "./exp.js";
import { SINH } from "./kernels.js";
const REST = expRest;
const [S0, S1, S2, S3, S4, S5, S6] = SINH.s;
/** sinh x, within 1 ulp, odd. |x| < 1: x + x³·S(x²); else ½·h − (½/h − ½·l), h + l = e^|x|; |x| ≥ 22: ½·e^|x|. */
export function sinh(x) {
  const a = Math.abs(x);
  if (a < 1) {
    if (a < 1.4901161193847656e-8) return x; // also keeps −0
    const z = x * x;
    const w = z * z;
    return x + x * z * (S0 + S1 * z + w * (S2 + S3 * z) + w * w * (S4 + S5 * z + w * S6));
  }
  if (!(a < 22)) return x < 0 ? -expHalf(a) : expHalf(a);
  const h = expParts(a);
  const y = 0.5 * h - (0.5 / h - 0.5 * REST[0]);
  return x < 0 ? -y : y;
}
/** cosh x, within 1 ulp, even: ½·h + (½/h + ½·l), h + l = e^|x|; |x| ≥ 22: ½·e^|x|. */
export function cosh(x) {
  const a = Math.abs(x);
  if (!(a < 22)) return expHalf(a);
  const h = expParts(a);
  return 0.5 * h + (0.5 / h + 0.5 * REST[0]);
}
