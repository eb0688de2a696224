// ln x and what is made of it, on two doubles: the operations of @basin/math in their order.
import { EXP, LOG } from "@basin/math/kernels";
import type { Emit } from "../code.ts";
import { guarded } from "../guard.ts";
import type { Lanes } from "../lanes.ts";
import { COMMON, expNegative } from "./exponential.ts";
import { linear, ONE_BITS, type Elementary } from "./polynomial.ts";

/** Up to it the reciprocal of 2ᵏ is normal: x < √2·2¹⁰²². */
export const LARGE = 6e307;
/** The smallest normal number. */
export const SMALL = 2.2250738585072014e-308;

/** k and x·2⁻ᵏ in [√½, √2), for positive normal x. */
export function splitExponent(m: Lanes, x: Emit): { readonly k: Emit; readonly scaled: Emit } {
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

export const log: Elementary = (m, _, x) => {
  const { k, scaled } = splitExponent(m, x);
  const f = m.let(m.sub(scaled, m.constant(1)));
  const inside = m.and(m.ge(x, m.constant(SMALL)), m.le(x, m.constant(LARGE)));
  return guarded(m, logSum(m, f, k, undefined), inside, "log", [x]);
};

export const log1p: Elementary = (m, _, x) => {
  const u = m.let(m.add(m.constant(1), x));
  const v = m.let(m.sub(u, m.constant(1)));
  const e = m.let(m.add(m.sub(m.constant(1), m.sub(u, v)), m.sub(x, v)));
  const { k, scaled } = splitExponent(m, u);
  const f = m.let(m.sub(scaled, m.constant(1)));
  const value = logSum(m, f, k, m.div(e, u));
  const inside = m.and(m.gt(x, m.constant(-1)), m.le(x, m.constant(LARGE)));
  const zero = m.eq(x, m.constant(0));
  return guarded(m, m.select(zero, x, value), inside, "log1p", [x]);
};

export const softplus: Elementary = (m, shared, x) => {
  const [, , u, d, a] = expNegative(m, shared, x) as [Emit, Emit, Emit, Emit, Emit];
  const { k, scaled } = splitExponent(m, u);
  const f = m.let(m.sub(scaled, m.constant(1)));
  const rest = logSum(m, f, k, m.div(d, u));
  // x > 0 ? x + rest : rest; adding +0 changes nothing, as rest > 0
  const value = m.add(m.pmax(x, m.constant(0)), rest);
  return guarded(m, value, m.le(a, m.constant(COMMON)), "softplus", [x]);
};
