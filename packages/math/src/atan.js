// Inverse tangent of a number and of a quotient: atan a = atan c + atan((a − c)/(1 + c·a)) with a c near a, then a polynomial.
import { HIGH, ONE, asDouble, asWords, powersOfTwo } from "./bits.js";
import { ATAN } from "./kernels.js";
const [A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10] = ATAN.a;
const [END0, END1, END2, END3] = ATAN.until;
const [, C1, C2, C3] = ATAN.c;
const [, HI1, HI2, HI3, HALF_PI] = ATAN.hi;
const [, LO1, LO2, LO3, HALF_PI_LO] = ATAN.lo;
/** atan t − t for |t| ≤ 7/16: t·z·A(z), z = t², even and odd powers apart (Horner in z²). */
function tail(t) {
  const z = t * t;
  const w = z * z;
  const even = A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * A10))));
  const odd = A1 + w * (A3 + w * (A5 + w * (A7 + w * A9)));
  return t * z * (even + z * odd);
}
/** atan c + atan t. */
function from(hi, lo, t) {
  return hi + (t + (tail(t) + lo));
}
/** atan x, within 1 ulp, odd. atan(±∞) = ±π/2. */
export function atan(x) {
  const a = Math.abs(x);
  if (a < END0) return a < 1.4901161193847656e-8 ? x : x + tail(x);
  let y;
  if (a < END1) y = from(HI1, LO1, (a - C1) / (1 + C1 * a));
  else if (a < END2) y = from(HI2, LO2, (a - C2) / (1 + C2 * a));
  else if (a < END3) y = from(HI3, LO3, (a - C3) / (1 + C3 * a));
  else y = from(HALF_PI, HALF_PI_LO, -1 / a);
  return x < 0 ? -y : y;
}
/** π in two doubles. */
const PI = 2 * HALF_PI;
const PI_LO = 2 * HALF_PI_LO;
const [DOUBLE, WORDS, POWERS] = [asDouble, asWords, powersOfTwo];
/** atan(a / b) for q = a / b < 7/16, with what rounding took from the quotient: (a − q·b)/b, exact by splitting at 24 bits. */
function small(a, b, q) {
  if (q < 7.450580596923828e-9) return q;
  DOUBLE[0] = b;
  const scale = POWERS[ONE - Math.max((WORDS[HIGH] >> 20) - 1023, -1022)];
  const d = b * scale;
  const dHi = Math.fround(d);
  const qHi = Math.fround(q);
  const [dLo, qLo] = [d - dHi, q - qHi];
  const rest = a * scale - qHi * dHi - qHi * dLo - qLo * dHi - qLo * dLo;
  return q + (tail(q) + rest / d);
}
/** The angle of the point (b, a) of the first quadrant or, where left, of (−b, a). */
function angle(a, b, left) {
  const q = a === b ? 1 : a / b; // 1 too where both are infinite
  if (q >= END3) return from(HALF_PI, HALF_PI_LO, left ? b / a : -b / a);
  let y;
  if (q < END0) y = small(a, b, q);
  else if (a === b) y = HI2;
  else {
    const scale = b > 1e300 ? 0.0009765625 : b < 1e-290 ? 1125899906842624 : 1;
    const [v, u] = [a * scale, b * scale];
    if (q < END1) y = from(HI1, LO1, (v - C1 * u) / (u + C1 * v));
    else if (q < END2) y = from(HI2, LO2, (v - C2 * u) / (u + C2 * v));
    else y = from(HI3, LO3, (v - C3 * u) / (u + C3 * v));
  }
  return left ? PI - (y - PI_LO) : y;
}
/**
 * The angle of the point (x, y), within 1.5 ulp, in [−π, π]. The sign of y decides between π and −π and between 0 and −0, and the sign of
 * a zero x between 0 and π, as in C (Annex F).
 */
export function atan2(y, x) {
  if (x !== x || y !== y) return NaN;
  const left = x < 0 || (x === 0 && 1 / x < 0);
  const v = y === 0 ? (left ? PI : 0) : angle(Math.abs(y), Math.abs(x), left);
  return y < 0 || (y === 0 && 1 / y < 0) ? -v : v;
}
