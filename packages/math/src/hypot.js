// Length of a vector of two, without overflow, with the squares and the root's error exact (Borges 2020, with Newton's correction).
import { HIGH, ONE, asDouble, asWords, powersOfTwo } from "./bits.js";
const [DOUBLE, WORDS, POWERS] = [asDouble, asWords, powersOfTwo];
/** √(x² + y²), within 1 ulp. Infinite if either is, even if the other is NaN (C, Annex F). */
export function hypot(x, y) {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  if (ax === Infinity || ay === Infinity) return Infinity;
  if (x !== x || y !== y) return NaN;
  const [large, small] = ax > ay ? [ax, ay] : [ay, ax];
  if (small < large * 5.551115123125783e-17 || small === 0) return large;
  // Scale by a power of two so that 1 ≤ a < 2: then nothing below overflows or underflows.
  DOUBLE[0] = large;
  const e = Math.max((WORDS[HIGH] >> 20) - 1023, -1022);
  const a = large * POWERS[ONE - e];
  const b = small * POWERS[ONE - e];
  const aHi = Math.fround(a);
  const bHi = Math.fround(b);
  const aLo = a - aHi;
  const bLo = b - bHi;
  const a2 = a * a;
  const b2 = b * b;
  const s = a2 + b2;
  const lo =
    a2 - s + b2 + (aHi * aHi - a2 + 2 * aHi * aLo + aLo * aLo) + (bHi * bHi - b2 + 2 * bHi * bLo + bLo * bLo);
  const h = Math.sqrt(s);
  const hHi = Math.fround(h);
  const hLo = h - hHi;
  const rest = s - hHi * hHi - 2 * hHi * hLo - hLo * hLo + lo;
  return (h + rest / (2 * h)) * POWERS[ONE + e];
}
