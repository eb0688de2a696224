// Code of a contraction: for each result, products are added in increasing k, along whatever loops it has.
import { nest, type Pointers } from "./contract-loops.ts";
import { emitLanesApart } from "./emit-lanes-apart.ts";
import { emitTiles } from "./emit-tiles.ts";
import { cutTo, type Gemm } from "./gemm.ts";
import type { Lanes } from "./lanes.ts";
import { emitPack } from "./pack.ts";
import type { Rows } from "./rows.ts";

/** How a pipeline's block of rows changes a contraction. */
export interface Blocked {
  readonly rows: Rows;
  readonly label: number;
}

/** Copies the second operand to its panels; for operands that are packed once, before any rows. */
export function emitPackOnce(m: Lanes, gemm: Gemm): void {
  m.code.scoped(() => {
    const pointer = m.code.local("i32");
    m.code.setConstant(pointer, base(m, gemm, "b"));
    emitPack(m, gemm, pointer);
  });
}

/**
 * The contraction itself. `accumulate`: the output holds a running sum already (zeros, or that of earlier rows).
 * `packed`: the panels are ready.
 */
export function emitContract(
  m: Lanes,
  gemm: Gemm,
  accumulate: boolean,
  packed: boolean,
  blocked?: Blocked,
): void {
  const { code, bytes } = m;
  const g = blocked === undefined ? gemm : cutTo(gemm, blocked.label, blocked.rows.count, m.width);
  code.scoped(() => {
    const pointers: Pointers = { a: code.local("i32"), b: code.local("i32"), c: code.local("i32") };
    for (const which of ["a", "b", "c"] as const) {
      const { buffer } = which === "c" ? g.out : g[which];
      const row = [g.m, g.n, g.k, ...g.outer, ...g.outerK].find((l) => l.label === blocked?.label);
      if (blocked === undefined || blocked.rows.isLocal(buffer))
        code.setConstant(pointers[which], base(m, g, which));
      else {
        blocked.rows.setPointer(code, pointers[which], (row?.[which] ?? 0) * bytes);
        code.increase(pointers[which], base(m, g, which));
      }
    }
    const sums = accumulate || g.outerK.length > 0;
    if (sums && !accumulate) zeroOutput(m, g, pointers.c);
    nest(m, [...g.outer, ...g.outerK], pointers, (inner) => {
      if (g.reading === "apart") return emitLanesApart(m, g, inner, sums);
      if (g.reading === "packed" && !packed) emitPack(m, g, inner.b);
      emitTiles(m, g, inner, sums);
    });
  });
}

function base(m: Lanes, gemm: Gemm, which: "a" | "b" | "c"): number {
  const place = which === "c" ? gemm.out : gemm[which];
  return place.buffer.address + place.offset * m.bytes;
}

/** Zeros in all results of this contraction. */
function zeroOutput(m: Lanes, g: Gemm, pointer: number): void {
  nest(m, [...g.outer, g.m], { a: pointer, b: pointer, c: pointer }, (inner) => {
    const zero = m.constant(0);
    const { width, bytes, code } = m;
    code.scoped(() => {
      const at = code.copy(inner.c);
      const vectors = Math.trunc(g.n.length / width);
      const step = width * g.n.c * bytes;
      code.repeat(vectors, () => {
        m.storePart(at, 0, width, g.n.c * bytes, zero);
        code.increase(at, step);
      });
      const rest = g.n.length % width;
      if (rest > 0) m.storePart(at, 0, rest, g.n.c * bytes, zero);
    });
  });
}
