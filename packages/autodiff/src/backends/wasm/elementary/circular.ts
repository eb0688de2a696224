// sin, cos and tan on two doubles: the operations of @basin/math in their order.
import { MAGIC, TRIG } from "@basin/math/kernels";
import type { Emit } from "../code.ts";
import { guarded } from "../guard.ts";
import type { Lanes } from "../lanes.ts";
import { once, type Operand, type Shared } from "../shared.ts";
import { linear, type Elementary } from "./polynomial.ts";

/** Below it sine and tangent are their argument. */
const TINY = 1.4901161193847656e-8;

interface Reduced {
  /** n + MAGIC, x = n·π/2 + r + low. */
  readonly shifted: Emit;
  readonly inside: Emit;
  readonly r: Emit;
  /** 1 − r²/2. */
  readonly one: Emit;
  /** sinTail and cosTail of @basin/math: sin(r + low) − r and cos(r + low) − one. */
  readonly sinTail: Emit;
  readonly cosTail: Emit;
  readonly sin: Emit;
  readonly cos: Emit;
}

function reduce(m: Lanes, shared: Shared, x: Operand): Reduced {
  const [shifted, inside, r, one, sinTail, cosTail, sin, cos] = once(shared, "circular", x, () => {
    const moved = m.let(m.add(m.mul(x, m.constant(TRIG.twoOverPi)), m.constant(MAGIC)));
    const n = m.let(m.sub(moved, m.constant(MAGIC)));
    const a = m.let(m.sub(x, m.mul(n, m.constant(TRIG.p1))));
    const b = m.let(m.mul(n, m.constant(TRIG.p2)));
    const r1 = m.let(m.sub(a, b));
    const t = m.let(m.sub(r1, a));
    const e = m.sub(m.sub(a, m.sub(r1, t)), m.add(b, t));
    const c = m.let(m.sub(m.mul(n, m.constant(TRIG.p3)), e));
    const reduced = m.let(m.sub(r1, c));
    const low = m.let(m.sub(m.sub(r1, reduced), c));
    const size = m.let(m.abs(n));
    const near = m.and(
      m.le(size, m.constant(TRIG.largestN)),
      m.ge(m.abs(reduced), m.mul(size, m.constant(5.421010862427522e-20))),
    );
    const ok = m.let(near);
    const z = m.let(m.mul(reduced, reduced));
    const w = m.let(m.mul(z, z));
    const scheme = (p: readonly number[]): Emit =>
      m.add(
        linear(m, p[0]!, p[1]!, z),
        m.mul(w, m.add(linear(m, p[2]!, p[3]!, z), m.mul(w, linear(m, p[4]!, p[5]!, z)))),
      );
    const h = m.let(m.mul(m.constant(0.5), z));
    const whole = m.let(m.sub(m.constant(1), h));
    const s = m.let(m.add(m.mul(m.mul(reduced, z), scheme(TRIG.s)), m.mul(low, whole)));
    const k = m.let(
      m.add(m.sub(m.sub(m.constant(1), whole), h), m.sub(m.mul(w, scheme(TRIG.c)), m.mul(reduced, low))),
    );
    return [moved, ok, reduced, whole, s, k, m.let(m.add(reduced, s)), m.let(m.add(whole, k))];
  }) as [Emit, Emit, Emit, Emit, Emit, Emit, Emit, Emit];
  return { shifted, inside, r, one, sinTail, cosTail, sin, cos };
}

/** All ones where n is odd: 0 − (n mod 2). */
const isOdd = (m: Lanes, n: Emit): Emit => m.subBits(m.bits(0n), m.and(n, m.bits(1n)));

/** sin x for shift 0, cos x for shift 1. */
function circular(name: "sin" | "cos", shift: bigint): Elementary {
  return (m, shared, x) => {
    const { sin, cos, shifted, inside } = reduce(m, shared, x);
    const n = m.let(m.addBits(shifted, m.bits(shift)));
    const sign = m.shiftLeft(m.and(n, m.bits(2n)), 62);
    const value = m.xor(m.select(isOdd(m, n), cos, sin), sign);
    if (name === "cos") return guarded(m, value, inside, name, [x]);
    const tiny = m.lt(m.abs(x), m.constant(TINY));
    return guarded(m, m.select(tiny, x, value), inside, name, [x]);
  };
}

export const sin: Elementary = circular("sin", 0n);
export const cos: Elementary = circular("cos", 1n);

export const tan: Elementary = (m, shared, x) => {
  const { r, one, sinTail, cosTail, sin: s, cos: c, shifted, inside } = reduce(m, shared, x);
  const sLow = m.let(m.sub(sinTail, m.sub(s, r)));
  const cLow = m.let(m.sub(cosTail, m.sub(c, one)));
  const odd = m.let(isOdd(m, shifted));
  // y = s/c, or −c/s where n is odd; then what rounding took from both, over the same denominator
  const below = m.let(m.select(odd, s, c));
  const y = m.let(m.div(m.select(odd, m.neg(c), s), below));
  const even = m.sub(sLow, m.mul(y, cLow));
  const rest = m.select(odd, m.neg(m.add(cLow, m.mul(y, sLow))), even);
  const value = m.add(y, m.div(rest, below));
  const tiny = m.lt(m.abs(x), m.constant(TINY));
  return guarded(m, m.select(tiny, x, value), inside, "tan", [x]);
};
