// Reduction of any double by π/2, with as many bits of 2/π as it takes (Payne & Hanek 1983).
import { HIGH, ONE, asDouble, asWords, powersOfTwo } from "./bits.js";
/** 2/π in digits of base 2²⁴, from the first after the point. */
const TWO_OVER_PI = [
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163, 0xabdebb,
  0xc561b7, 0x246e3a, 0x424dd2, 0xe00649, 0x2eea09, 0xd1921c, 0xfe1deb, 0x1cb129, 0xa73ee8, 0x8235f5,
  0x2ebb44, 0x84e99c, 0x7026b4, 0x5f7e41, 0x3991d6, 0x398353, 0x39f49c, 0x845f8b, 0xbdf928, 0x3b1ff8,
  0x97ffde, 0x05980f, 0xef2f11, 0x8b5a0a, 0x6d1f6d, 0x367ecf, 0x27cb09, 0xb74f46, 0x3f669e, 0x5fea2d,
  0x7527ba, 0xc7ebe5, 0xf17b3d, 0x0739f7, 0x8a5292, 0xea6bfb, 0x5fb11f, 0x8d5d08, 0x560330, 0x46fc7b,
  0x6babf0, 0xcfbc20, 0x9af436, 0x1da9e3,
];
/** π/2 to 24 bits, and the rest. */
const HALF_PI_HI = 1.5707963705062866;
const HALF_PI_LO = -4.3711390001862426e-8;
const BASE = 16777216;
/** Digits kept after the point: 8·24 bits, of which cancellation eats at most 62 and the result needs 53 + 24. */
const DIGITS = 8;
const POWERS = powersOfTwo;
/**
 * Writes r and low, r + low = x − n·π/2 to about 2⁻⁷⁵ of r, |r| ≤ π/4, to `out`; returns n mod 4 (of any sign). For |x| ≥ ½. Neither
 * infinity nor NaN can be reduced: r = NaN.
 */
export function reduceHuge(x, out) {
  const a = Math.abs(x);
  if (!(a < Infinity)) {
    out[0] = out[1] = NaN;
    return 0;
  }
  // a = m·2^(24·j), m of four digits.
  asDouble[0] = a;
  const exponent = (asWords[HIGH] >> 20) - 1075;
  const j = Math.floor(exponent / 24);
  const shift = POWERS[ONE + exponent - 24 * j];
  let rest = a * POWERS[ONE - exponent];
  const m = [0, 0, 0, 0];
  let carry = 0;
  for (let i = 0; i < 4; i++) {
    const above = Math.floor(rest / BASE);
    const v = (rest - above * BASE) * shift + carry;
    carry = Math.floor(v / BASE);
    m[i] = v - carry * BASE;
    rest = above;
  }
  // Digits of a·2/π: d[0] the units, d[p] of weight 2^(−24·p). What is a multiple of 2²⁴ does not matter.
  const d = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  carry = 0;
  for (let p = DIGITS; p >= 0; p--) {
    let v = carry;
    for (let i = 0; i < 4; i++) v += m[i] * (TWO_OVER_PI[p + i + j - 1] ?? 0);
    carry = Math.floor(v / BASE);
    d[p] = v - carry * BASE;
  }
  const up = d[1] >= BASE / 2;
  if (up) for (let p = 1; p <= DIGITS; p++) d[p] = BASE - 1 - d[p];
  const n = up ? d[0] + 1 : d[0];
  // The fraction in two doubles, each pair of digits being exact; then times π/2.
  const first = d[1] * POWERS[ONE - 24] + d[2] * POWERS[ONE - 48];
  const second = d[3] * POWERS[ONE - 72] + d[4] * POWERS[ONE - 96];
  const third = d[5] * POWERS[ONE - 120] + d[6] * POWERS[ONE - 144];
  const f = first + second;
  const fHi = Math.fround(f);
  const fLo = f - fHi + (first - f + second + third);
  const hi = fHi * HALF_PI_HI;
  const lo = fLo * HALF_PI_HI + f * HALF_PI_LO;
  const r = hi + lo;
  const low = hi - r + lo;
  const negative = x < 0 !== up;
  out[0] = negative ? -r : r;
  out[1] = negative ? -low : low;
  return x < 0 ? -n : n;
}
