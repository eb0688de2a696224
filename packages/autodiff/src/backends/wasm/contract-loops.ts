// The loops of a contraction around its innermost code, and the pointers that move along in them.
import type { Loop } from "./gemm.ts";
import type { Lanes } from "./lanes.ts";

/** Pointers to the first elements of a, b (or its packed panels) and the output. */
export interface Pointers {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Loops around a body that is given pointers of its own. */
export function nest(
  m: Lanes,
  loops: readonly Loop[],
  pointers: Pointers,
  body: (pointers: Pointers) => void,
): void {
  const { code, bytes } = m;
  const [first, ...rest] = loops;
  if (first === undefined) return body(pointers);
  code.scoped(() => {
    const own: Pointers = {
      a: code.copy(pointers.a),
      b: code.copy(pointers.b),
      c: code.copy(pointers.c),
    };
    code.repeat(first.length, () => {
      nest(m, rest, own, body);
      code.increase(own.a, first.a * bytes);
      code.increase(own.b, first.b * bytes);
      code.increase(own.c, first.c * bytes);
    });
  });
}
