// asin, acos, atan and atan2 on two doubles: the operations of @basin/math in their order; its branches are selections here.
import { ASIN, ATAN } from "@basin/math/kernels";
import type { Emit } from "../code.ts";
import { guarded } from "../guard.ts";
import type { Lanes } from "../lanes.ts";
import { once, type Operand, type Shared } from "../shared.ts";
import { evenOdd, isNegative, ONE_BITS, withSign, type Elementary } from "./polynomial.ts";

const [, , , , HALF_PI] = ATAN.hi;
const [, , , , HALF_PI_LO] = ATAN.lo;

/**
 * For |x| ≤ ½: x·series(x²). Beyond: s = √((1 − |x|)/2) = hi + rest, its arc sine is hi + (rest + s·series(s²)). Both share
 * one series; a size above 1 has no root, and NaN runs through.
 */
function arc(
  m: Lanes,
  shared: Shared,
  x: Operand,
): { readonly [part in "small" | "product" | "hi" | "rest"]: Emit } {
  const [small, product, hi, rest] = once(shared, "arc", x, () => {
    const a = m.let(m.abs(x));
    const near = m.let(m.le(a, m.constant(0.5)));
    const half = m.let(m.mul(m.constant(0.5), m.sub(m.constant(1), a)));
    const z = m.let(m.select(near, m.mul(x, x), half));
    const w = m.let(m.mul(z, z));
    const s = m.let(m.sqrt(half));
    const product = m.let(m.mul(m.select(near, x, s), m.mul(z, evenOdd(m, ASIN.a, z, w))));
    const cut = m.let(m.fround(s));
    const lost = m.div(m.sub(half, m.mul(cut, cut)), m.add(s, cut));
    const rest = m.let(m.add(m.andnot(lost, m.eq(half, m.constant(0))), product));
    return [near, product, cut, rest];
  }) as [Emit, Emit, Emit, Emit];
  return { small, product, hi, rest };
}

export const asin: Elementary = (m, shared, x) => {
  const { small, product, hi, rest } = arc(m, shared, x);
  const large = m.sub(
    m.sub(m.constant(HALF_PI), m.mul(m.constant(2), hi)),
    m.sub(m.mul(m.constant(2), rest), m.constant(HALF_PI_LO)),
  );
  return m.select(small, m.add(x, product), withSign(m, large, x));
};

export const acos: Elementary = (m, shared, x) => {
  const { small, product, hi, rest } = arc(m, shared, x);
  const near = m.sub(m.constant(HALF_PI), m.sub(x, m.sub(m.constant(HALF_PI_LO), product)));
  const left = m.sub(m.sub(m.constant(HALF_PI), hi), m.sub(rest, m.constant(HALF_PI_LO)));
  const far = m.mul(m.constant(2), m.select(m.gt(x, m.constant(0)), m.add(hi, rest), left));
  return m.select(small, near, far);
};

/** A value for each interval of `ATAN.until` that a size may lie in. */
function perInterval(m: Lanes, intervals: readonly Emit[], values: readonly Emit[]): Emit {
  return intervals.reduce((value, from, i) => m.select(from, values[i + 1]!, value), values[0]!);
}

/** atan t − t for |t| ≤ 7/16. */
function tail(m: Lanes, t: Emit): Emit {
  const z = m.let(m.mul(t, t));
  const w = m.let(m.mul(z, z));
  return m.mul(m.mul(t, z), evenOdd(m, ATAN.a, z, w));
}

/** hi + (t + (tail(t) + lo)). */
function from(m: Lanes, hi: Emit, lo: Emit, t: Emit): Emit {
  return m.add(hi, m.add(t, m.add(tail(m, t), lo)));
}

const constants = (m: Lanes, list: readonly number[]): Emit[] => list.map((one) => m.constant(one));

export const atan: Elementary = (m, _, x) => {
  const a = m.let(m.abs(x));
  const intervals = ATAN.until.map((end) => m.let(m.ge(a, m.constant(end))));
  const last = intervals[3]!;
  // With c = 0, (a − c)/(1 + c·a) is a itself; beyond the last interval it is −1/a.
  const c = m.let(perInterval(m, intervals.slice(0, 3), constants(m, ATAN.c)));
  const above = m.select(last, m.constant(-1), m.sub(a, c));
  const below = m.select(last, a, m.add(m.constant(1), m.mul(c, a)));
  const t = m.let(m.div(above, below));
  const hi = perInterval(m, intervals, constants(m, ATAN.hi));
  const lo = perInterval(m, intervals, constants(m, ATAN.lo));
  const value = withSign(m, from(m, hi, lo, t), x);
  return m.select(m.lt(a, m.constant(1.4901161193847656e-8)), x, value);
};

export const atan2: Elementary = (m, _, y, x) => {
  const [a, b] = [m.let(m.abs(y)), m.let(m.abs(x))];
  const left = m.let(isNegative(m, x));
  const q = m.let(m.div(a, b));
  const intervals = ATAN.until.map((end) => m.let(m.ge(q, m.constant(end))));
  const last = intervals[3]!;
  const c = m.let(perInterval(m, intervals.slice(0, 3), constants(m, ATAN.c)));
  const above = m.select(last, m.select(left, b, m.neg(b)), m.sub(a, m.mul(c, b)));
  const below = m.select(last, a, m.add(b, m.mul(c, a)));
  const t = m.let(m.div(above, below));
  // What rounding took from a small quotient: (a − q·b)/b, exact by splitting at 24 bits after scaling b to [1, 2).
  const exponent = m.and(b, m.bits(0x7ffn << 52n));
  const scale = m.let(m.subBits(m.bits(2n * ONE_BITS), exponent));
  const d = m.let(m.mul(b, scale));
  const [dHi, qHi] = [m.let(m.fround(d)), m.let(m.fround(q))];
  const [dLo, qLo] = [m.let(m.sub(d, dHi)), m.let(m.sub(q, qHi))];
  const lost = [m.mul(qHi, dHi), m.mul(qHi, dLo), m.mul(qLo, dHi), m.mul(qLo, dLo)];
  const rest = m.div(
    lost.reduce((sum, one) => m.sub(sum, one), m.mul(a, scale)),
    d,
  );
  const hi = perInterval(m, intervals, constants(m, ATAN.hi));
  const [, ...los] = constants(m, ATAN.lo);
  const angle = from(m, hi, perInterval(m, intervals, [rest, ...los]), t);
  const right = m.let(m.select(m.lt(q, m.constant(7.450580596923828e-9)), q, angle));
  const turned = m.sub(m.constant(2 * HALF_PI), m.sub(right, m.constant(2 * HALF_PI_LO)));
  const value = withSign(m, m.select(m.andnot(left, last), turned, right), y);
  // Where the larger of both is far from under- and overflow, nothing needs scaling.
  const size = m.let(m.max(a, b));
  const inside = m.and(m.ge(size, m.constant(1e-290)), m.le(size, m.constant(1e300)));
  return guarded(m, value, inside, "atan2", [y, x]);
};
