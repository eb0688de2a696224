// Elementary functions in single precision: every operation rounded to f32, so that f32x4 gives the same bits. Errors of a
// few units in the last place; arguments out of the common range are @basin/math's results, rounded.
import * as math from "@basin/math";
import { powerOfTwo, wordOf } from "./bits.ts";
import { EXP, LOG, MAGIC, TANH } from "./constants.ts";

const f = Math.fround;
const single = <T extends readonly number[]>(list: T): T => list.map(f) as unknown as T;
const [LOG2E, LN2_HI, LN2_LO] = [f(EXP.log2e), f(EXP.ln2Hi), f(EXP.ln2Lo)];
const [A0, A1, A2, A3, A4, A5] = single(EXP.a);
const [R0, R1, R2, R3, R4, R5, R6, R7, R8] = single(LOG.r);
const [T0, T1, T2, T3, T4] = single(TANH.t);

/** eˣ for |x| ≤ 87: k = round(x log₂e), r = (x − k hi) − k lo, ((A(r)·r²) + r + 1)·2ᵏ with A by Horner's scheme. */
function expCommon(x: number): number {
  const k = f(f(f(x * LOG2E) + MAGIC) - MAGIC);
  const r = f(f(x - f(k * LN2_HI)) - f(k * LN2_LO));
  let a = f(f(A0 * r) + A1);
  a = f(f(a * r) + A2);
  a = f(f(a * r) + A3);
  a = f(f(a * r) + A4);
  a = f(f(a * r) + A5);
  return f(f(f(f(a * f(r * r)) + r) + 1) * powerOfTwo(k));
}

/** ln x + c for positive normal x: x = (1 + g)·2ᵏ; y = (R(g)·g)·g²; ((y + k lo) + c) − ½ g²; (g + that) + k hi. */
function logCommon(x: number, c: number): number {
  const biased = (wordOf(x) + (0x3f800000 - LOG.sqrtHalf)) >>> 23;
  const k = biased - 127;
  const g = f(f(x * powerOfTwo(-k)) - 1);
  const z = f(g * g);
  let r = f(f(R0 * g) + R1);
  r = f(f(r * g) + R2);
  r = f(f(r * g) + R3);
  r = f(f(r * g) + R4);
  r = f(f(r * g) + R5);
  r = f(f(r * g) + R6);
  r = f(f(r * g) + R7);
  r = f(f(r * g) + R8);
  const y = f(f(f(f(r * g) * z) + f(k * LN2_LO)) + c);
  return f(f(g + f(y - f(f(0.5) * z))) + f(k * LN2_HI));
}

export function exp(x: number): number {
  return Math.abs(x) <= EXP.common ? expCommon(x) : f(math.exp(x));
}

export function log(x: number): number {
  return x >= 1.1754943508222875e-38 && x <= 8.507059173023462e37 ? logCommon(x, 0) : f(math.log(x));
}

/** σ(x) = 1 / (1 + h) or h / (1 + h), h = e^−|x|. */
export function sigmoid(x: number): number {
  const a = Math.abs(x);
  if (!(a <= EXP.common)) return f(math.sigmoid(x));
  const h = expCommon(-a);
  return f((x >= 0 ? 1 : h) / f(1 + h));
}

/** max(x, 0) + (ln u + (h − (u − 1)) / u), h = e^−|x|, u = 1 + h. */
export function softplus(x: number): number {
  const a = Math.abs(x);
  if (!(a <= EXP.common)) return f(math.softplus(x));
  const h = expCommon(-a);
  const u = f(1 + h);
  return f((x < 0 ? 0 : x) + logCommon(u, f(f(h - f(u - 1)) / u)));
}

export function tanh(x: number): number {
  const a = Math.abs(x);
  if (!(a <= TANH.common)) return f(math.tanh(x));
  if (a < TANH.small) {
    const z = f(x * x);
    let t = f(f(T0 * z) + T1);
    t = f(f(t * z) + T2);
    t = f(f(t * z) + T3);
    t = f(f(t * z) + T4);
    return f(f(f(t * z) * x) + x);
  }
  const y = f(1 - f(2 / f(expCommon(f(2 * a)) + 1)));
  return x < 0 ? -y : y;
}
