// What each elementwise op is on vectors; ops that are not here are called on the host, lane by lane.
import type { Emit } from "./code.ts";
import { elementary } from "./elementary/index.ts";
import { elementarySingle } from "./elementary/single.ts";
import type { Lanes } from "./lanes.ts";
import type { Operand, Shared } from "./shared.ts";

type Vectorised = (m: Lanes, a: Operand, b: Operand, c: Operand) => Emit;

/** Masks to 1 and 0. */
const asNumber = (m: Lanes, mask: Emit): Emit => m.and(mask, m.constant(1));

const simple: Readonly<Record<string, Vectorised>> = {
  add: (m, a, b) => m.add(a, b),
  sub: (m, a, b) => m.sub(a, b),
  mul: (m, a, b) => m.mul(a, b),
  div: (m, a, b) => m.div(a, b),
  neg: (m, a) => m.neg(a),
  square: (m, a) => m.mul(a, a),
  sqrt: (m, a) => m.sqrt(a),
  abs: (m, a) => m.abs(a),
  // a < 0 ? 0 : a
  relu: (m, a) => m.pmax(a, m.constant(0)),
  maximum: (m, a, b) => m.max(a, b),
  minimum: (m, a, b) => m.min(a, b),
  less: (m, a, b) => asNumber(m, m.lt(a, b)),
  lessEqual: (m, a, b) => asNumber(m, m.le(a, b)),
  equal: (m, a, b) => asNumber(m, m.eq(a, b)),
  notEqual: (m, a, b) => m.andnot(m.constant(1), m.eq(a, b)),
  prefer: (m, a, b) => m.or(m.and(m.gt(a, b), m.constant(1)), m.and(m.eq(a, b), m.constant(0.5))),
  sign: (m, a) =>
    m.select(m.gt(a, m.constant(0)), m.constant(1), m.select(m.lt(a, m.constant(0)), m.constant(-1), a)),
  where: (m, condition, a, b) => m.select(m.eq(condition, m.constant(0)), b, a),
};

/** An elementwise op on vectors. `shared`: what was already computed for the same operands in this straight code. */
export function vectorise(m: Lanes, name: string, operands: readonly Operand[], shared: Shared): Emit {
  const native = simple[name];
  if (native !== undefined)
    return native(m, operands[0]!, operands[1] ?? operands[0]!, operands[2] ?? operands[0]!);
  const single = m.precision === "f32" ? elementarySingle[name] : undefined;
  if (single !== undefined) return single(m, shared, operands[0]!, operands[0]!);
  const kernel = elementary[name];
  return m.inDoubles(operands, shared, (doubles, wide) =>
    kernel === undefined ? doubles.host(name, wide) : kernel(doubles, shared, wide[0]!, wide[1] ?? wide[0]!),
  );
}

/** Whether a loop over it is better unrolled little: its code is long. */
export function isLong(name: string): boolean {
  return simple[name] === undefined;
}
