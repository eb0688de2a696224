// Polynomials on vectors, in the orders that @basin/math states.
import type { Emit } from "../code.ts";
import type { Lanes } from "../lanes.ts";
import type { Operand, Shared } from "../shared.ts";

/** A function of one operand, or of two. */
export type Elementary = (m: Lanes, shared: Shared, x: Operand, y: Operand) => Emit;

export const SIGN = 1n << 63n;
export const ONE_BITS = 0x3ff0000000000000n;

/** c0 + c1 x. */
export function linear(m: Lanes, c0: number, c1: number, x: Emit): Emit {
  return m.add(m.constant(c0), m.mul(m.constant(c1), x));
}

/** c0 + x (c1 + x (c2 + …)). */
export function horner(m: Lanes, c: readonly number[], x: Emit): Emit {
  const last = m.constant(c[c.length - 1]!);
  return c.slice(0, -1).reduceRight<Emit>((sum, one) => m.add(m.constant(one), m.mul(x, sum)), last);
}

/** Every second coefficient from `first` on. */
export function alternate(c: readonly number[], first: number): number[] {
  return c.filter((_, i) => i >= first && (i - first) % 2 === 0);
}

/** Even powers of z + z · odd powers, each by Horner's scheme in w = z². */
export function evenOdd(m: Lanes, c: readonly number[], z: Emit, w: Emit): Emit {
  return m.add(horner(m, alternate(c, 0), w), m.mul(z, horner(m, alternate(c, 1), w)));
}

/** All ones in lanes whose sign bit is set. */
export function isNegative(m: Lanes, x: Emit): Emit {
  return m.lt(m.or(m.and(x, m.bits(SIGN)), m.constant(1)), m.constant(0));
}

/** The size of one value with the sign of another. */
export function withSign(m: Lanes, size: Emit, x: Emit): Emit {
  return m.or(size, m.and(x, m.bits(SIGN)));
}
