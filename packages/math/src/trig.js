// sin, cos and tan: Cody and Waite's reduction by π/2 in three parts, Payne and Hanek's for what is large or cancels; then polynomials.
import { reduceHuge } from "./payne-hanek.js";
import { MAGIC, TRIG } from "./kernels.js";
const { twoOverPi: TWO_OVER_PI, p1: P1, p2: P2, p3: P3, largestN: LARGEST } = TRIG;
const [S0, S1, S2, S3, S4, S5] = TRIG.s;
const [C0, C1, C2, C3, C4, C5] = TRIG.c;
/** r and its low part for the latest argument. */
const REDUCED = new Float64Array(2);
/**
 * Writes r + low = x − n·π/2 to REDUCED, returns n (or n mod 4). Order: n = round(x·2/π) by MAGIC; a = x − n·p1 (exact), b = n·p2 (exact);
 * a − b = r₁ + e by Knuth's two-sum (t = r₁ − a; e = (a − (r₁ − t)) − (b + t)); c = n·p3 − e; r = r₁ − c; low = (r₁ − r) − c.
 * Where |n| > 2¹⁹ or |r| < |n|·2⁻⁶⁴ the result of reduceHuge is taken instead.
 */
function reduce(x) {
  const n = x * TWO_OVER_PI + MAGIC - MAGIC;
  const a = x - n * P1;
  const b = n * P2;
  const r1 = a - b;
  const t = r1 - a;
  const c = n * P3 - (a - (r1 - t) - (b + t));
  const r = r1 - c;
  const size = Math.abs(n);
  if (!(size <= LARGEST) || Math.abs(r) < size * 5.421010862427522e-20) return reduceHuge(x, REDUCED);
  REDUCED[0] = r;
  REDUCED[1] = r1 - r - c;
  return n | 0;
}
/** sin(r + low) − r = (r·z)·S(z) + low·(1 − z/2), z = r², S = (S0 + S1·z) + w·((S2 + S3·z) + w·(S4 + S5·z)), w = z². */
export function sinTail(r, low) {
  const z = r * r;
  const w = z * z;
  const s = S0 + S1 * z + w * (S2 + S3 * z + w * (S4 + S5 * z));
  return r * z * s + low * (1 - 0.5 * z);
}
/** cos(r + low) − q, q = 1 − h, h = z/2: ((1 − q) − h) + (w·C(z) − r·low), C by the scheme of S. */
export function cosTail(r, low) {
  const z = r * r;
  const w = z * z;
  const c = C0 + C1 * z + w * (C2 + C3 * z + w * (C4 + C5 * z));
  const h = 0.5 * z;
  return 1 - (1 - h) - h + (w * c - r * low);
}
/** sin((r + low) + n·π/2): r + sinTail for even n, q + cosTail for odd n, negated where bit 1 of n is set. */
function turn(n) {
  const r = REDUCED[0];
  const low = REDUCED[1];
  const y = (n & 1) === 0 ? r + sinTail(r, low) : 1 - 0.5 * (r * r) + cosTail(r, low);
  return (n & 2) === 0 ? y : -y;
}
/** sin x, within 1 ulp for every double. |x| < 2⁻²⁶ → x. */
export function sin(x) {
  if (Math.abs(x) < 1.4901161193847656e-8) return x;
  return turn(reduce(x));
}
/** cos x, within 1 ulp for every double. */
export function cos(x) {
  return turn(reduce(x) + 1);
}
/**
 * tan x, within 1.5 ulp for every double. s + sLow, c + cLow: sine and cosine of r + low in two doubles (s = r + t, sLow = t − (s − r);
 * c likewise). y = s/c, then y + (sLow − y·cLow)/c; for odd n y = −c/s, then y − (cLow + y·sLow)/s. |x| < 2⁻²⁶ → x.
 */
export function tan(x) {
  if (Math.abs(x) < 1.4901161193847656e-8) return x;
  const n = reduce(x);
  const r = REDUCED[0];
  const low = REDUCED[1];
  const st = sinTail(r, low);
  const s = r + st;
  const sLow = st - (s - r);
  const q = 1 - 0.5 * (r * r);
  const ct = cosTail(r, low);
  const c = q + ct;
  const cLow = ct - (c - q);
  if ((n & 1) === 0) {
    const y = s / c;
    return y + (sLow - y * cLow) / c;
  }
  const y = -c / s;
  return y - (cLow + y * sLow) / s;
}
