// Elementary functions on four singles: the operations of src/single in their order, so that scalar and SIMD agree to the bit.
import { EXP, LOG, MAGIC, TANH } from "../../../single/constants.ts";
import type { Emit } from "../code.ts";
import { guarded } from "../guard.ts";
import type { Lanes } from "../lanes.ts";
import { once, type Operand, type Shared } from "../shared.ts";
import type { Elementary } from "./polynomial.ts";

const ONE_WORD = 0x3f800000n;

function horner(m: Lanes, coefficients: readonly number[], x: Emit): Emit {
  return coefficients
    .slice(1)
    .reduce<Emit>((sum, c) => m.add(m.mul(sum, x), m.constant(c)), m.constant(coefficients[0]!));
}

/** eˣ for |x| ≤ 87. */
function expCommon(m: Lanes, x: Emit): Emit {
  const shifted = m.let(m.add(m.mul(x, m.constant(EXP.log2e)), m.constant(MAGIC)));
  const k = m.let(m.sub(shifted, m.constant(MAGIC)));
  const r = m.let(m.sub(m.sub(x, m.mul(k, m.constant(EXP.ln2Hi))), m.mul(k, m.constant(EXP.ln2Lo))));
  const a = horner(m, EXP.a, r);
  const power = m.addBits(m.shiftLeft(shifted, 23), m.bits(ONE_WORD));
  return m.mul(m.add(m.add(m.mul(a, m.mul(r, r)), r), m.constant(1)), power);
}

/** ln x + c for positive normal x. */
function logCommon(m: Lanes, x: Emit, c: Emit | undefined): Emit {
  const biased = m.let(m.shiftRight(m.addBits(x, m.bits(ONE_WORD - BigInt(LOG.sqrtHalf))), 23));
  // biased as a number: its bits below 2²³
  const k = m.let(m.sub(m.or(biased, m.bits(0x4b000000n)), m.constant(8388608 + 127)));
  const inverse = m.shiftLeft(m.subBits(m.bits(254n), biased), 23);
  const g = m.let(m.sub(m.mul(x, inverse), m.constant(1)));
  const z = m.let(m.mul(g, g));
  const cubed = m.mul(m.mul(horner(m, LOG.r, g), g), z);
  const low = m.add(cubed, m.mul(k, m.constant(EXP.ln2Lo)));
  const y = m.add(low, c ?? m.constant(0));
  return m.add(m.add(g, m.sub(y, m.mul(m.constant(0.5), z))), m.mul(k, m.constant(EXP.ln2Hi)));
}

const exp: Elementary = (m, _, x) =>
  guarded(m, expCommon(m, x), m.le(m.abs(x), m.constant(EXP.common)), "exp", [x]);

const log: Elementary = (m, _, x) =>
  guarded(
    m,
    logCommon(m, x, undefined),
    m.and(m.ge(x, m.constant(1.1754943508222875e-38)), m.le(x, m.constant(8.507059173023462e37))),
    "log",
    [x],
  );

/** e^−|x|, 1 + that, and |x|. */
function expNegative(m: Lanes, shared: Shared, x: Operand): readonly Emit[] {
  return once(shared, "expNegative", x, () => {
    const a = m.let(m.abs(x));
    const h = m.let(expCommon(m, m.let(m.neg(a))));
    return [h, m.let(m.add(m.constant(1), h)), a];
  });
}

const sigmoid: Elementary = (m, shared, x) => {
  const [h, u, a] = expNegative(m, shared, x) as [Emit, Emit, Emit];
  const value = m.div(m.select(m.ge(x, m.constant(0)), m.constant(1), h), u);
  return guarded(m, value, m.le(a, m.constant(EXP.common)), "sigmoid", [x]);
};

const softplus: Elementary = (m, shared, x) => {
  const [h, u, a] = expNegative(m, shared, x) as [Emit, Emit, Emit];
  const rest = logCommon(m, u, m.div(m.sub(h, m.sub(u, m.constant(1))), u));
  return guarded(m, m.add(m.pmax(x, m.constant(0)), rest), m.le(a, m.constant(EXP.common)), "softplus", [x]);
};

const tanh: Elementary = (m, _, x) => {
  const a = m.let(m.abs(x));
  const z = m.let(m.mul(x, x));
  const small = m.let(m.add(m.mul(m.mul(horner(m, TANH.t, z), z), x), x));
  const e = expCommon(m, m.let(m.mul(m.constant(2), a)));
  const size = m.sub(m.constant(1), m.div(m.constant(2), m.add(e, m.constant(1))));
  const large = m.or(size, m.and(x, m.bits(0x80000000n)));
  const value = m.select(m.lt(a, m.constant(TANH.small)), small, large);
  return guarded(m, value, m.le(a, m.constant(TANH.common)), "tanh", [x]);
};

export const elementarySingle: Readonly<Record<string, Elementary>> = {
  exp,
  log,
  sigmoid,
  softplus,
  tanh,
};
