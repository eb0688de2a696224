// xʸ on two doubles: the operations of @basin/math in their order, the logarithm and the product in pairs of doubles.
import { EXP, LOG_DOUBLE, MAGIC } from "@basin/math/kernels";
import type { Emit } from "../code.ts";
import { guarded } from "../guard.ts";
import type { Lanes } from "../lanes.ts";
import { COMMON, expTail, powerOfTwo } from "./exponential.ts";
import { LARGE, SMALL, splitExponent } from "./logarithm.ts";
import { linear, SIGN, type Elementary } from "./polynomial.ts";

/** `logDouble` of @basin/math: ln x = hi + lo for positive normal x. */
function logDouble(m: Lanes, x: Emit): { readonly hi: Emit; readonly lo: Emit } {
  const { twoThirdsHi, twoThirdsLo, q: Q } = LOG_DOUBLE;
  const { k, scaled } = splitExponent(m, x);
  const mantissa = m.let(scaled);
  const f = m.let(m.sub(mantissa, m.constant(1)));
  const d = m.let(m.add(mantissa, m.constant(1)));
  const i = m.let(m.div(m.constant(1), d));
  const sHi = m.let(m.fround(m.mul(f, i)));
  const dHi = m.let(m.fround(d));
  const dRest = m.sub(mantissa, m.sub(dHi, m.constant(1)));
  const sLo = m.let(m.mul(m.sub(m.sub(f, m.mul(sHi, dHi)), m.mul(sHi, dRest)), i));
  const s = m.let(m.add(sHi, sLo));
  const square = m.let(m.mul(sHi, sHi));
  const squareLo = m.let(m.mul(sLo, m.add(s, sHi)));
  const z = m.let(m.add(square, squareLo));
  const w = m.let(m.mul(z, z));
  const low = m.add(linear(m, Q[0], Q[1], z), m.mul(w, linear(m, Q[2], Q[3], z)));
  const high = m.add(linear(m, Q[4], Q[5], z), m.mul(w, linear(m, Q[6], Q[7], z)));
  const q = m.let(m.mul(z, m.add(low, m.mul(m.mul(w, w), high))));
  const rHi = m.let(m.fround(m.add(m.constant(twoThirdsHi), q)));
  const rLo = m.add(m.sub(q, m.sub(rHi, m.constant(twoThirdsHi))), m.constant(twoThirdsLo));
  const zHi = m.let(m.fround(z));
  const zLo = m.add(m.sub(square, zHi), squareLo);
  const v = m.let(m.mul(zHi, rHi));
  const vRest = m.add(m.mul(zLo, rHi), m.mul(z, rLo));
  const vHi = m.let(m.fround(v));
  const vLo = m.add(m.sub(v, vHi), vRest);
  const a = m.let(m.mul(m.constant(2), sHi));
  const b = m.mul(sHi, vHi);
  const both = m.let(b);
  const sum = m.let(m.add(a, both));
  const tail = m.add(m.mul(m.constant(2), sLo), m.add(m.mul(sLo, vHi), m.mul(s, vLo)));
  const rest = m.let(m.add(m.add(m.sub(a, sum), both), tail));
  const top = m.let(m.add(sum, rest));
  const bottom = m.add(m.sub(sum, top), rest);
  const c = m.let(m.mul(k, m.constant(EXP.ln2Hi)));
  const hi = m.let(m.add(c, top));
  const lo = m.add(m.add(m.sub(c, hi), top), m.add(bottom, m.mul(k, m.constant(EXP.ln2Lo))));
  return { hi, lo: m.let(lo) };
}

export const pow: Elementary = (m, _, x, y) => {
  const size = m.let(m.abs(x));
  const { hi: l, lo } = logDouble(m, size);
  const lHi = m.let(m.fround(l));
  const yHi = m.let(m.fround(y));
  const p = m.let(m.mul(yHi, lHi));
  const b = m.let(m.add(m.mul(y, m.add(m.sub(l, lHi), lo)), m.mul(m.sub(y, yHi), lHi)));
  const sum = m.let(m.add(p, b));
  const shifted = m.let(m.add(m.mul(sum, m.constant(EXP.log2e)), m.constant(MAGIC)));
  const k = m.let(m.sub(shifted, m.constant(MAGIC)));
  const h = m.let(m.sub(p, m.mul(k, m.constant(EXP.ln2Hi))));
  const low = m.let(m.sub(b, m.mul(k, m.constant(EXP.ln2Lo))));
  const r = m.let(m.add(h, low));
  const a = m.let(m.add(m.constant(1), r));
  const tail = expTail(m, r, m.add(m.sub(h, r), low));
  const positive = m.mul(m.add(a, m.add(m.sub(r, m.sub(a, m.constant(1))), tail)), powerOfTwo(m, shifted));
  // 0ʸ: infinite, 1, 0
  const zero = m.let(m.eq(size, m.constant(0)));
  const atZero = m.select(
    m.lt(y, m.constant(0)),
    m.constant(Infinity),
    m.and(m.eq(y, m.constant(0)), m.constant(1)),
  );
  // A negative base wants a whole exponent, and keeps its sign where that is odd.
  const whole = m.let(m.eq(m.floor(y), y));
  const half = m.let(m.mul(m.constant(0.5), y));
  const even = m.let(m.eq(m.floor(half), half));
  const signed = m.xor(
    m.select(zero, atZero, positive),
    m.and(m.andnot(whole, even), m.and(x, m.bits(SIGN))),
  );
  const undefinedThere = m.andnot(m.lt(x, m.constant(0)), whole);
  const value = m.select(undefinedThere, m.constant(NaN), signed);
  const normal = m.and(m.ge(size, m.constant(SMALL)), m.le(size, m.constant(LARGE)));
  // 0 has no logarithm: whatever `sum` is there does not matter
  const inside = m.and(
    m.or(zero, m.and(normal, m.le(m.abs(sum), m.constant(COMMON)))),
    m.le(m.abs(y), m.constant(1e18)),
  );
  return guarded(m, value, inside, "pow", [x, y]);
};
