// Elementary functions on two doubles: the operations of @basin/math in their order, with its constants, so that scalar and
// SIMD agree to the bit. Arguments outside of the common range go to @basin/math itself.
import { EXP, LOG, MAGIC, TRIG } from "@basin/math/kernels";
import type { Emit } from "./code.ts";
import type { Lanes } from "./lanes.ts";
import { once, type Operand, type Shared } from "./shared.ts";

export type Elementary = (m: Lanes, x: Operand, shared: Shared) => Emit;

const ONE_BITS = 0x3ff0000000000000n;
/** Below this |x|, 2ᵏ of eˣ and its reciprocal are normal. */
const COMMON = 707;

/** (c0 + c1 x) + x² (c2 + c3 x) and the like are written out below, in the order of @basin/math. */
function linear(m: Lanes, c0: number, c1: number, x: Emit): Emit {
  return m.add(m.constant(c0), m.mul(m.constant(c1), x));
}

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
function expTail(m: Lanes, r: Emit, c: Emit): Emit {
  const a = EXP.a;
  const r2 = m.let(m.mul(r, r));
  const r4 = m.let(m.mul(r2, r2));
  const low = m.add(linear(m, a[0], a[1], r), m.mul(r2, linear(m, a[2], a[3], r)));
  const high = m.add(linear(m, a[4], a[5], r), m.mul(r2, linear(m, a[6], a[7], r)));
  const sum = m.add(low, m.mul(r4, m.add(high, m.mul(r4, linear(m, a[8], a[9], r)))));
  return m.add(m.add(m.mul(m.constant(0.5), r2), c), m.mul(m.mul(r2, r), sum));
}

/** 2ᵏ, from the low bits of k + MAGIC. */
function powerOfTwo(m: Lanes, shifted: Emit): Emit {
  return m.addBits(m.shiftLeft(shifted, 52), m.bits(ONE_BITS));
}

const exp: Elementary = (m, x) => {
  const { r, c, shifted } = reduceExp(m, x);
  const a = m.let(m.add(m.constant(1), r));
  const y = m.add(a, m.add(m.sub(r, m.sub(a, m.constant(1))), expTail(m, r, c)));
  return m.guarded(m.mul(y, powerOfTwo(m, shifted)), m.le(m.abs(x), m.constant(COMMON)), "exp", [x]);
};

/** e^−|x| as a sum of two doubles, and |x|. */
function expNegative(m: Lanes, x: Operand, shared: Shared): readonly Emit[] {
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

/** k and x·2⁻ᵏ in [√½, √2), for positive normal x. */
function splitExponent(m: Lanes, x: Emit): { readonly k: Emit; readonly scaled: Emit } {
  const bias = ONE_BITS - (BigInt(LOG.sqrtHalfHigh) << 32n);
  // biased k = (bits − √½ + 1) >> 52
  const biased = m.let(m.shiftRight(m.addBits(x, m.bits(bias)), 52));
  const two52 = 0x4330000000000000n;
  const k = m.let(m.sub(m.or(biased, m.bits(two52)), m.constant(4503599627371519)));
  const inverse = m.shiftLeft(m.subBits(m.bits(2046n), biased), 52);
  return { k, scaled: m.mul(x, inverse) };
}

/** logSum of @basin/math: ln((1 + f)·2ᵏ) + c. */
function logSum(m: Lanes, f: Emit, k: Emit, c: Emit | undefined): Emit {
  const R = LOG.r;
  const s = m.let(m.div(f, m.add(m.constant(2), f)));
  const z = m.let(m.mul(s, s));
  const w = m.let(m.mul(z, z));
  const inner = m.add(
    m.add(linear(m, R[0], R[1], z), m.mul(w, linear(m, R[2], R[3], z))),
    m.mul(m.mul(w, w), m.add(linear(m, R[4], R[5], z), m.mul(w, m.constant(R[6])))),
  );
  const r = m.mul(z, inner);
  const h = m.let(m.mul(m.mul(m.constant(0.5), f), f));
  const product = m.mul(k, m.constant(EXP.ln2Lo));
  const low = c === undefined ? product : m.add(product, c);
  const b = m.let(m.mul(k, m.constant(EXP.ln2Hi)));
  const a = m.let(m.add(b, f));
  const rest = m.sub(h, m.add(m.mul(s, m.add(h, r)), low));
  return m.sub(a, m.sub(rest, m.add(m.sub(b, a), f)));
}

const log: Elementary = (m, x) => {
  const { k, scaled } = splitExponent(m, x);
  const f = m.let(m.sub(scaled, m.constant(1)));
  const inside = m.and(
    m.ge(x, m.constant(2.2250738585072014e-308)),
    m.le(x, m.constant(8.98846567431158e307)),
  );
  return m.guarded(logSum(m, f, k, undefined), inside, "log", [x]);
};

const log1p: Elementary = (m, x) => {
  const u = m.let(m.add(m.constant(1), x));
  const v = m.let(m.sub(u, m.constant(1)));
  const e = m.let(m.add(m.sub(m.constant(1), m.sub(u, v)), m.sub(x, v)));
  const { k, scaled } = splitExponent(m, u);
  const f = m.let(m.sub(scaled, m.constant(1)));
  const value = logSum(m, f, k, m.div(e, u));
  const inside = m.and(m.gt(x, m.constant(-1)), m.le(x, m.constant(8.98846567431158e307)));
  const zero = m.eq(x, m.constant(0));
  return m.guarded(m.select(zero, x, value), inside, "log1p", [x]);
};

const softplus: Elementary = (m, x, shared) => {
  const [, , u, d, a] = expNegative(m, x, shared) as [Emit, Emit, Emit, Emit, Emit];
  const { k, scaled } = splitExponent(m, u);
  const f = m.let(m.sub(scaled, m.constant(1)));
  const rest = logSum(m, f, k, m.div(d, u));
  // x > 0 ? x + rest : rest; adding +0 changes nothing, as rest > 0
  const value = m.add(m.pmax(x, m.constant(0)), rest);
  return m.guarded(value, m.le(a, m.constant(COMMON)), "softplus", [x]);
};

const sigmoid: Elementary = (m, x, shared) => {
  const [h, l, s, d, a] = expNegative(m, x, shared) as [Emit, Emit, Emit, Emit, Emit];
  const positive = m.let(m.ge(x, m.constant(0)));
  const q = m.let(m.div(m.select(positive, m.constant(1), h), s));
  const factor = m.select(positive, q, m.sub(m.constant(1), q));
  const value = m.add(q, m.mul(m.sub(m.andnot(l, positive), m.mul(q, d)), factor));
  return m.guarded(value, m.le(a, m.constant(COMMON)), "sigmoid", [x]);
};

const tanh: Elementary = (m, x) => {
  const a = m.let(m.abs(x));
  // t + l = e^(−2|x|) − 1, as expm1Parts
  const { r, c, shifted } = reduceExp(m, m.let(m.mul(m.constant(-2), a)));
  const tail = m.let(expTail(m, r, c));
  const power = m.let(powerOfTwo(m, shifted));
  const q = m.let(m.subBits(m.bits(2n * ONE_BITS), power)); // 2⁻ᵏ
  const w = m.let(m.sub(m.constant(1), q));
  const b = m.let(m.sub(w, m.constant(1)));
  const h = m.let(m.add(w, r));
  const v = m.sub(m.sub(m.constant(1), m.sub(w, b)), m.add(q, b));
  const g = m.let(m.add(m.sub(r, m.sub(h, w)), m.add(tail, v)));
  const y = m.let(m.add(h, g));
  const t = m.let(m.mul(y, power));
  const l = m.let(m.mul(m.sub(g, m.sub(y, h)), power));
  const s = m.let(m.add(t, m.constant(2)));
  const d = m.sub(t, m.sub(s, m.constant(2)));
  const ratio = m.let(m.div(m.neg(t), s));
  const size = m.sub(
    ratio,
    m.mul(m.add(l, m.mul(ratio, m.add(d, l))), m.mul(m.constant(0.5), m.add(m.constant(1), ratio))),
  );
  const signed = m.or(size, m.and(x, m.bits(1n << 63n)));
  const tiny = m.lt(a, m.constant(1.862645149230957e-9));
  return m.guarded(m.select(tiny, x, signed), m.lt(a, m.constant(22)), "tanh", [x]);
};

/** sin x for shift 0, cos x for shift 1. */
function circular(name: "sin" | "cos", shift: bigint): Elementary {
  return (m, x, shared) => {
    const [sine, cosine, shifted, inside] = once(shared, "circular", x, () => {
      const moved = m.let(m.add(m.mul(x, m.constant(TRIG.twoOverPi)), m.constant(MAGIC)));
      const n = m.let(m.sub(moved, m.constant(MAGIC)));
      const a = m.let(m.sub(x, m.mul(n, m.constant(TRIG.p1))));
      const b = m.let(m.mul(n, m.constant(TRIG.p2)));
      const r1 = m.let(m.sub(a, b));
      const t = m.let(m.sub(r1, a));
      const e = m.sub(m.sub(a, m.sub(r1, t)), m.add(b, t));
      const c = m.let(m.sub(m.mul(n, m.constant(TRIG.p3)), e));
      const r = m.let(m.sub(r1, c));
      const low = m.let(m.sub(m.sub(r1, r), c));
      const size = m.let(m.abs(n));
      const near = m.and(
        m.le(size, m.constant(TRIG.largestN)),
        m.ge(m.abs(r), m.mul(size, m.constant(5.421010862427522e-20))),
      );
      const ok = m.let(near);
      const z = m.let(m.mul(r, r));
      const w = m.let(m.mul(z, z));
      const scheme = (p: readonly number[]): Emit =>
        m.add(
          linear(m, p[0]!, p[1]!, z),
          m.mul(w, m.add(linear(m, p[2]!, p[3]!, z), m.mul(w, linear(m, p[4]!, p[5]!, z)))),
        );
      const h = m.let(m.mul(m.constant(0.5), z));
      const one = m.let(m.sub(m.constant(1), h));
      const sin = m.let(m.add(r, m.add(m.mul(m.mul(r, z), scheme(TRIG.s)), m.mul(low, one))));
      const cos = m.let(
        m.add(
          one,
          m.add(m.sub(m.sub(m.constant(1), one), h), m.sub(m.mul(w, scheme(TRIG.c)), m.mul(r, low))),
        ),
      );
      return [sin, cos, moved, ok];
    }) as [Emit, Emit, Emit, Emit];
    const n = m.let(m.addBits(shifted, m.bits(shift)));
    // all ones where n is odd: 0 − (n mod 2)
    const odd = m.subBits(m.bits(0n), m.and(n, m.bits(1n)));
    const sign = m.shiftLeft(m.and(n, m.bits(2n)), 62);
    const value = m.xor(m.select(odd, cosine, sine), sign);
    if (name === "cos") return m.guarded(value, inside, name, [x]);
    const tiny = m.lt(m.abs(x), m.constant(1.4901161193847656e-8));
    return m.guarded(m.select(tiny, x, value), inside, name, [x]);
  };
}

/** Functions with a kernel of their own; others are called on the host, lane by lane. */
export const elementary: Readonly<Record<string, Elementary>> = {
  exp,
  log,
  log1p,
  sigmoid,
  softplus,
  tanh,
  sin: circular("sin", 0n),
  cos: circular("cos", 1n),
};
