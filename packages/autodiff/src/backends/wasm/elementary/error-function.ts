// erf on two doubles: the operations of @basin/math in their order; both of its branches, of which one is selected.
import { ERF, EXP, MAGIC } from "@basin/math/kernels";
import type { Emit } from "../code.ts";
import type { Lanes } from "../lanes.ts";
import { expTail, powerOfTwo } from "./exponential.ts";
import { alternate, evenOdd, horner, withSign, type Elementary } from "./polynomial.ts";

const F = ERF.f;

/** `complement` of @basin/math: erfc x for ¾ ≤ x < 6. */
function complement(m: Lanes, x: Emit): Emit {
  const xHi = m.let(m.fround(x));
  const xLo = m.let(m.sub(x, xHi));
  const square = m.let(m.mul(x, x));
  const twoHi = m.mul(m.constant(2), xHi);
  const e = m.sub(m.sub(m.sub(square, m.mul(xHi, xHi)), m.mul(twoHi, xLo)), m.mul(xLo, xLo));
  // e^(−x² + e) = (h + l)·2ᵏ: expSplit of @basin/math
  const minus = m.let(m.neg(square));
  const shifted = m.let(m.add(m.mul(minus, m.constant(EXP.log2e)), m.constant(MAGIC)));
  const k = m.let(m.sub(shifted, m.constant(MAGIC)));
  const above = m.let(m.sub(minus, m.mul(k, m.constant(EXP.ln2Hi))));
  const below = m.let(m.sub(m.mul(k, m.constant(EXP.ln2Lo)), e));
  const reduced = m.let(m.sub(above, below));
  const whole = m.let(m.add(m.constant(1), reduced));
  const part = m.let(
    m.add(
      m.sub(reduced, m.sub(whole, m.constant(1))),
      expTail(m, reduced, m.sub(m.sub(above, reduced), below)),
    ),
  );
  const h = m.let(m.add(whole, part));
  const l = m.let(m.sub(part, m.sub(h, whole)));
  const up = m.let(m.sub(x, m.constant(3)));
  const down = m.let(m.add(x, m.constant(3)));
  const t = m.let(m.div(up, down));
  const tHi = m.let(m.fround(t));
  const downHi = m.let(m.fround(down));
  const downLo = m.sub(x, m.sub(downHi, m.constant(3)));
  const exact = m.sub(m.sub(up, m.mul(tHi, downHi)), m.mul(tHi, downLo));
  const shift = m.sub(x, m.add(up, m.constant(3)));
  const tLo = m.let(m.div(m.add(m.sub(exact, m.mul(m.sub(t, tHi), down)), shift), down));
  const w = m.let(m.mul(t, t));
  const [even, odd] = [alternate(F, 2), alternate(F, 1)].map((c) => horner(m, c, w)) as [Emit, Emit];
  const rest = m.let(m.add(m.mul(w, even), m.mul(t, odd)));
  const g = m.let(m.add(m.constant(F[0]), rest));
  const slope = horner(m, [F[1], 2 * F[2], 3 * F[3], 4 * F[4], 5 * F[5]], t);
  const gLo = m.let(
    m.add(m.add(m.sub(m.constant(F[0]), g), rest), m.add(m.mul(tLo, slope), m.constant(ERF.f0Lo))),
  );
  const hHi = m.let(m.fround(h));
  const gHi = m.let(m.fround(g));
  const [hRest, gRest] = [m.let(m.sub(h, hHi)), m.let(m.sub(g, gHi))];
  const n = m.let(m.mul(h, g));
  const nLo = m.add(
    m.add(m.add(m.sub(m.mul(hHi, gHi), n), m.mul(hHi, gRest)), m.mul(hRest, gHi)),
    m.mul(hRest, gRest),
  );
  const q = m.let(m.div(n, x));
  const qHi = m.let(m.fround(q));
  const qRest = m.let(m.sub(q, qHi));
  const r = [m.mul(qHi, xHi), m.mul(qHi, xLo), m.mul(qRest, xHi), m.mul(qRest, xLo)].reduce(
    (sum, product) => m.sub(sum, product),
    n,
  );
  const low = m.add(m.add(r, nLo), m.add(m.mul(h, gLo), m.mul(l, g)));
  return m.mul(m.add(q, m.div(low, x)), powerOfTwo(m, shifted));
}

export const erf: Elementary = (m, _, x) => {
  const a = m.let(m.abs(x));
  const z = m.let(m.mul(x, x));
  const near = m.add(x, m.mul(x, evenOdd(m, ERF.p, z, m.let(m.mul(z, z)))));
  const far = m.sub(m.constant(1), complement(m, a));
  const large = m.select(m.ge(a, m.constant(6)), m.constant(1), far);
  return m.select(m.le(a, m.constant(0.75)), near, withSign(m, large, x));
};
