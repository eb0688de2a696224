// ln |Γ(x)|: Stirling's series above 8, the recurrence down to −10, Euler's reflection below; logarithms and sums in two doubles.
import { STIRLING } from "./kernels.js";
import { log } from "./log.js";
import { logDouble, logDoubleRest } from "./log-double.js";
import { cosTail, sinTail } from "./trig.js";
const { offset: OFFSET, offsetLo: OFFSET_LO } = STIRLING;
const [S0, S1, S2, S3, S4, S5, S6] = STIRLING.s;
const LOG_REST = logDoubleRest;
/** The low part of what a function below returned last. */
const REST = new Float64Array(1);
/** a·b = the returned double + REST[0], for factors that single precision can hold. */
function product(a, b) {
  const aHi = Math.fround(a);
  const bHi = Math.fround(b);
  const [aLo, bLo] = [a - aHi, b - bHi];
  const p = a * b;
  REST[0] = aHi * bHi - p + aHi * bLo + aLo * bHi + aLo * bLo;
  return p;
}
/** ln Γ(y + e) = (y − ½)·(ln y − 1) + offset + S(1/y²)/y + e·(ln y − ½/y), to about 2⁻⁶⁰, for 8 ≤ y ≤ 2⁶⁰ and |e| at most a rounding error of y. */
function stirling(y, e) {
  const l = logDouble(y);
  const m = l - 1;
  const mLo = l - m - 1 + LOG_REST[0];
  const a = y - 0.5;
  const aLo = y - a - 0.5;
  const p = product(a, m);
  const v = 1 / y;
  const z = v * v;
  const series = v * (S0 + z * (S1 + z * (S2 + z * (S3 + z * (S4 + z * (S5 + z * S6))))));
  const rest = REST[0] + (a * mLo + aLo * m) + (OFFSET_LO + e * (l - 0.5 * v));
  // p > OFFSET > series: two exact sums
  const part = p + OFFSET;
  const sum = part + series;
  const low = part - sum + series + (p - part + OFFSET + rest);
  const hi = sum + low;
  REST[0] = sum - hi + low;
  return hi;
}
/** ln Γ(x) for −10 < x < 8: with y = x + n ≥ 8, ln Γ(y) − ln |x·(x + 1)⋯(x + n − 1)|. */
function shifted(x) {
  let [q, qLo] = [1, 0];
  let i = 0;
  let factor = x;
  let low = 0;
  for (; factor < 8; i++) {
    const p = product(q, factor);
    const rest = REST[0] + (q * low + qLo * factor);
    q = p + rest;
    qLo = p - q + rest;
    // factor + low = x + i + 1, by Knuth's two-sum
    const n = i + 1;
    factor = x + n;
    const t = factor - x;
    low = x - (factor - t) + (n - t);
  }
  const g = stirling(factor, low);
  const gLo = REST[0];
  const l = logDouble(Math.abs(q));
  const y = g - l;
  const t = y - g;
  return y + (g - (y - t) - (l + t) + (gLo - LOG_REST[0] - qLo / q));
}
/** ln |sin πa| + ln a for a no whole number; the low part in REST[0]. */
function logSinePart(a) {
  const f = a - Math.floor(a); // exact
  const g = f > 0.5 ? 1 - f : f;
  const small = g <= 0.25;
  const r = product(3.141592653589793, small ? g : 0.5 - g);
  const low = REST[0] + 1.2246467991473532e-16 * (small ? g : 0.5 - g);
  const head = small ? r : 1 - 0.5 * (r * r);
  const tail = small ? sinTail(r, low) : cosTail(r, low);
  const s = head + tail;
  const sLow = tail - (s - head);
  const p = product(a, s);
  const rest = REST[0] + a * sLow;
  const l = logDouble(p);
  REST[0] = LOG_REST[0] + rest / p;
  return l;
}
const LOG_PI = 1.1447298858494002;
const LOG_PI_LO = 1.0265951162707826e-17;
/**
 * ln |Γ(x)|, within 1.5 ulp; near its zeros (1, 2, and one between any two poles from −2 down) within 2⁻⁵² absolutely. Exactly 0 at 1 and 2.
 * +∞ at the poles 0, −1, −2 …, and at ±∞.
 */
export function lgamma(x) {
  if (x !== x) return x;
  if (x === 1 || x === 2) return 0;
  if (!(Math.abs(x) < Infinity) || (x <= 0 && Math.floor(x) === x)) return Infinity;
  if (Math.abs(x) < 8.673617379884035e-19) return -log(Math.abs(x)); // Γ(x) = 1/x − γ + …
  if (x >= 1152921504606846976) {
    const l = logDouble(x);
    const m = l - 1;
    const hi = Math.fround(m);
    return x * hi + x * (m - hi + (l - m - 1 + LOG_REST[0]));
  }
  if (x >= 8) return stirling(x, 0);
  if (x > -10) return shifted(x);
  const l = logSinePart(-x);
  const lLo = REST[0];
  const g = stirling(-x, 0);
  return LOG_PI - l - g + (LOG_PI_LO - lLo - REST[0]);
}
