// sin, cos and tan: Cody and Waite's reduction by π/2 in three parts, Payne and Hanek's for what is large or cancels; then polynomials.
import { reduceHuge } from "./payne-hanek.ts";
import { MAGIC, TRIG } from "./kernels.ts";

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
function reduce(x: number): number {
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

/** sin(r + low) = r + (r³·S(z) + low·(1 − z/2)), z = r², S = (S0 + S1·z) + w·((S2 + S3·z) + w·(S4 + S5·z)), w = z². */
function sinKernel(r: number, low: number): number {
  const z = r * r;
  const w = z * z;
  const s = S0 + S1 * z + w * (S2 + S3 * z + w * (S4 + S5 * z));
  return r + (r * z * s + low * (1 - 0.5 * z));
}

/** cos(r + low): h = z/2, q = 1 − h; q + (((1 − q) − h) + (w·C(z) − r·low)), C by the scheme of S. */
function cosKernel(r: number, low: number): number {
  const z = r * r;
  const w = z * z;
  const c = C0 + C1 * z + w * (C2 + C3 * z + w * (C4 + C5 * z));
  const h = 0.5 * z;
  const q = 1 - h;
  return q + (1 - q - h + (w * c - r * low));
}

/** sin x, within 1 ulp for every double. Order: n, r, low; the kernel of n mod 2; the sign of bit 1 of n. |x| < 2⁻²⁶ → x. */
export function sin(x: number): number {
  if (Math.abs(x) < 1.4901161193847656e-8) return x;
  const n = reduce(x);
  const y = (n & 1) === 0 ? sinKernel(REDUCED[0]!, REDUCED[1]!) : cosKernel(REDUCED[0]!, REDUCED[1]!);
  return (n & 2) === 0 ? y : -y;
}

/** cos x, within 1 ulp for every double: as sin, with n + 1 for n. */
export function cos(x: number): number {
  const n = reduce(x) + 1;
  const y = (n & 1) === 0 ? sinKernel(REDUCED[0]!, REDUCED[1]!) : cosKernel(REDUCED[0]!, REDUCED[1]!);
  return (n & 2) === 0 ? y : -y;
}

/**
 * tan x, within 1.5 ulp for every double. With the kernels' values in two doubles: q = s / c, then q + (sLow − q·cLow)/c; for odd n
 * the same of −c and s. |x| < 2⁻²⁶ → x.
 */
export function tan(x: number): number {
  if (Math.abs(x) < 1.4901161193847656e-8) return x;
  const n = reduce(x);
  const r = REDUCED[0]!;
  const low = REDUCED[1]!;
  const z = r * r;
  const w = z * z;
  const st = r * z * (S0 + S1 * z + w * (S2 + S3 * z + w * (S4 + S5 * z))) + low * (1 - 0.5 * z);
  const s = r + st;
  const sLow = st - (s - r);
  const h = 0.5 * z;
  const q = 1 - h;
  const ct = 1 - q - h + (w * (C0 + C1 * z + w * (C2 + C3 * z + w * (C4 + C5 * z))) - r * low);
  const c = q + ct;
  const cLow = ct - (c - q);
  if ((n & 1) === 0) {
    const y = s / c;
    return y + (sLow - y * cLow) / c;
  }
  const y = -c / s;
  return y - (cLow + y * sLow) / s;
}
