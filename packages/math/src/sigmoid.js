// The logistic function and its integral: what logistic regression needs, without overflow or cancellation.
import { expRest, expParts } from "./exp.js";
const REST = expRest;
/**
 * σ(x) = 1 / (1 + e⁻ˣ), within 1.5 ulp. h + l = e^−|x| in two doubles; s = 1 + h; d = (h − (s − 1)) + l; n, m = 1, 0 for x ≥ 0, else h, l;
 * q = n / s; q + (m − q·d)·(x ≥ 0 ? q : 1 − q), since 1/s = q or 1 − h/s.
 */
export function sigmoid(x) {
  const a = Math.abs(x);
  if (!(a < 746)) return x > 0 ? 1 : x < 0 ? 0 : x;
  const h = expParts(-a);
  const l = REST[0];
  const s = 1 + h;
  const d = h - (s - 1) + l;
  if (x >= 0) {
    const q = 1 / s;
    return q - q * d * q;
  }
  const q = h / s;
  return q + (l - q * d) * (1 - q);
}
