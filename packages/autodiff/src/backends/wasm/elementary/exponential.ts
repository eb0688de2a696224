// e^x and what is made of it, on two doubles: the operations of @basin/math in their order, with its constants, so that scalar
// and SIMD agree to the bit. Arguments outside of the common range go to @basin/math itself.
import { EXP, MAGIC, SINH } from "@basin/math/kernels";
import type { Emit } from "../code.ts";
import { guarded } from "../guard.ts";
import type { Lanes } from "../lanes.ts";
import { once, type Operand, type Shared } from "../shared.ts";
import { linear, ONE_BITS, withSign, type Elementary } from "./polynomial.ts";

/** Below this |x|, 2ᵏ of eˣ and its reciprocal are normal. */
export const COMMON = 707;

interface Reduced {
  readonly r: Emit;
  /** The rounding error of r. */
  readonly c: Emit;
  /** x·log₂e + MAGIC, whose low bits hold k. */
  readonly shifted: Emit;
}

/** x = k ln 2 + r. */
function reduceExp(m: Lanes, x: Emit): Reduced {
  const shifted = m.let(m.add(m.mul(x, m.constant(EXP.log2e)), m.constant(MAGIC)));
  const k = m.let(m.sub(shifted, m.constant(MAGIC)));
  const h = m.let(m.sub(x, m.mul(k, m.constant(EXP.ln2Hi))));
  const l = m.let(m.mul(k, m.constant(EXP.ln2Lo)));
  const r = m.let(m.sub(h, l));
  return { r, c: m.sub(m.sub(h, r), l), shifted };
}

/** expTail of @basin/math: (½r² + c) + r³ A(r). */
export function expTail(m: Lanes, r: Emit, c: Emit): Emit {
  const a = EXP.a;
  const r2 = m.let(m.mul(r, r));
  const r4 = m.let(m.mul(r2, r2));
  const low = m.add(linear(m, a[0], a[1], r), m.mul(r2, linear(m, a[2], a[3], r)));
  const high = m.add(linear(m, a[4], a[5], r), m.mul(r2, linear(m, a[6], a[7], r)));
  const sum = m.add(low, m.mul(r4, m.add(high, m.mul(r4, linear(m, a[8], a[9], r)))));
  return m.add(m.add(m.mul(m.constant(0.5), r2), c), m.mul(m.mul(r2, r), sum));
}

/** 2ᵏ, from the low bits of k + MAGIC. */
export function powerOfTwo(m: Lanes, shifted: Emit): Emit {
  return m.addBits(m.shiftLeft(shifted, 52), m.bits(ONE_BITS));
}

/** The parts of eˣ = (y + low)·2ᵏ, and k + MAGIC. */
function expSplit(m: Lanes, x: Emit): { readonly y: Emit; readonly low: Emit; readonly shifted: Emit } {
  const { r, c, shifted } = reduceExp(m, x);
  const a = m.let(m.add(m.constant(1), r));
  const b = m.let(m.add(m.sub(r, m.sub(a, m.constant(1))), expTail(m, r, c)));
  const y = m.let(m.add(a, b));
  return { y, low: m.sub(b, m.sub(y, a)), shifted };
}

export const exp: Elementary = (m, _, x) => {
  const { r, c, shifted } = reduceExp(m, x);
  const a = m.let(m.add(m.constant(1), r));
  const y = m.add(a, m.add(m.sub(r, m.sub(a, m.constant(1))), expTail(m, r, c)));
  return guarded(m, m.mul(y, powerOfTwo(m, shifted)), m.le(m.abs(x), m.constant(COMMON)), "exp", [x]);
};

/** e^−|x| as a sum of two doubles, and |x|. */
export function expNegative(m: Lanes, shared: Shared, x: Operand): readonly Emit[] {
  return once(shared, "expNegative", x, () => {
    const a = m.let(m.abs(x));
    const { r, c, shifted } = reduceExp(m, m.let(m.neg(a)));
    const whole = m.let(m.add(m.constant(1), r));
    const b = m.let(m.add(m.sub(r, m.sub(whole, m.constant(1))), expTail(m, r, c)));
    const y = m.let(m.add(whole, b));
    const power = m.let(powerOfTwo(m, shifted));
    const low = m.sub(b, m.sub(y, whole));
    const h = m.let(m.mul(y, power));
    const u = m.let(m.add(m.constant(1), h));
    const l = m.let(m.mul(low, power));
    // the rounding error of 1 + e^−|x|
    const d = m.let(m.add(m.sub(h, m.sub(u, m.constant(1))), l));
    return [h, l, u, d, a];
  });
}

export const sigmoid: Elementary = (m, shared, x) => {
  const [h, l, s, d, a] = expNegative(m, shared, x) as [Emit, Emit, Emit, Emit, Emit];
  const positive = m.let(m.ge(x, m.constant(0)));
  const q = m.let(m.div(m.select(positive, m.constant(1), h), s));
  const factor = m.select(positive, q, m.sub(m.constant(1), q));
  const value = m.add(q, m.mul(m.sub(m.andnot(l, positive), m.mul(q, d)), factor));
  return guarded(m, value, m.le(a, m.constant(COMMON)), "sigmoid", [x]);
};

/** expm1Parts of @basin/math: eˣ − 1 = t + l for −44 ≤ x ≤ 707. */
function expm1Parts(m: Lanes, x: Emit): { readonly t: Emit; readonly l: Emit } {
  const { r, c, shifted } = reduceExp(m, x);
  const tail = m.let(expTail(m, r, c));
  const power = m.let(powerOfTwo(m, shifted));
  const q = m.let(m.subBits(m.bits(2n * ONE_BITS), power)); // 2⁻ᵏ
  const w = m.let(m.sub(m.constant(1), q));
  const b = m.let(m.sub(w, m.constant(1)));
  const h = m.let(m.add(w, r));
  const v = m.sub(m.sub(m.constant(1), m.sub(w, b)), m.add(q, b));
  const g = m.let(m.add(m.sub(r, m.sub(h, w)), m.add(tail, v)));
  const y = m.let(m.add(h, g));
  return { t: m.let(m.mul(y, power)), l: m.mul(m.sub(g, m.sub(y, h)), power) };
}

export const expm1: Elementary = (m, _, x) => {
  const { t } = expm1Parts(m, x);
  const low = m.lt(x, m.constant(-40));
  const value = m.select(low, m.constant(-1), m.select(m.eq(x, m.constant(0)), x, t));
  return guarded(m, value, m.le(x, m.constant(COMMON)), "expm1", [x]);
};

export const tanh: Elementary = (m, _, x) => {
  const a = m.let(m.abs(x));
  const parts = expm1Parts(m, m.let(m.mul(m.constant(-2), a)));
  const { t } = parts;
  const l = m.let(parts.l);
  const s = m.let(m.add(t, m.constant(2)));
  const d = m.sub(t, m.sub(s, m.constant(2)));
  const ratio = m.let(m.div(m.neg(t), s));
  const size = m.sub(
    ratio,
    m.mul(m.add(l, m.mul(ratio, m.add(d, l))), m.mul(m.constant(0.5), m.add(m.constant(1), ratio))),
  );
  const signed = withSign(m, size, x);
  const tiny = m.lt(a, m.constant(1.862645149230957e-9));
  return guarded(m, m.select(tiny, x, signed), m.lt(a, m.constant(22)), "tanh", [x]);
};

/** e^|x| = h + l, and ½ h; ½/h and ½ l are kept where |x| < 22, else they do not count. */
function hyperbolic(
  m: Lanes,
  shared: Shared,
  x: Operand,
): readonly [half: Emit, inverse: Emit, low: Emit, small: Emit, a: Emit] {
  return once(shared, "hyperbolic", x, () => {
    const a = m.let(m.abs(x));
    const { y, low, shifted } = expSplit(m, a);
    const power = m.let(powerOfTwo(m, shifted));
    const h = m.let(m.mul(y, power));
    return [
      m.let(m.mul(m.constant(0.5), h)),
      m.let(m.div(m.constant(0.5), h)),
      m.let(m.mul(m.constant(0.5), m.mul(low, power))),
      m.let(m.lt(a, m.constant(22))),
      a,
    ];
  }) as unknown as readonly [Emit, Emit, Emit, Emit, Emit];
}

export const sinh: Elementary = (m, shared, x) => {
  const [half, inverse, low, small, a] = hyperbolic(m, shared, x);
  const large = m.sub(half, m.and(m.sub(inverse, low), small));
  const S = SINH.s;
  const z = m.let(m.mul(a, a));
  const w = m.let(m.mul(z, z));
  const sum = m.add(
    m.add(linear(m, S[0], S[1], z), m.mul(w, linear(m, S[2], S[3], z))),
    m.mul(m.mul(w, w), m.add(linear(m, S[4], S[5], z), m.mul(w, m.constant(S[6])))),
  );
  const near = m.add(a, m.mul(m.mul(a, z), sum));
  const value = withSign(m, m.select(m.lt(a, m.constant(1)), near, large), x);
  return guarded(m, value, m.le(a, m.constant(COMMON)), "sinh", [x]);
};

export const cosh: Elementary = (m, shared, x) => {
  const [half, inverse, low, small, a] = hyperbolic(m, shared, x);
  const value = m.add(half, m.and(m.add(inverse, low), small));
  return guarded(m, value, m.le(a, m.constant(COMMON)), "cosh", [x]);
};
