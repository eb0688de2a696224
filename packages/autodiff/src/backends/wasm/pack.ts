// Packing of a contraction's second operand: panels of a few columns, so that a register tile reads it in order.
import type { Gemm } from "./gemm.ts";
import type { Lanes } from "./lanes.ts";

/** Panels of columns, one after the other: panel p holds its columns of row 0, of row 1 … of the summed axis. */
export function emitPack(m: Lanes, g: Gemm, from: number): void {
  const { code, bytes, width } = m;
  code.scoped(() => {
    const to = code.local("i32");
    code.setConstant(to, g.scratch!.address);
    let column = 0;
    for (const panel of g.panels) {
      code.scoped(() => {
        const at = code.copy(from);
        code.increase(at, column * g.n.b * bytes);
        code.repeat(g.k.length, () => {
          for (let v = 0; v < panel; v++) {
            const count = Math.min(width, g.n.length - column - v * width);
            const part = m.loadPart(at, v * width * g.n.b * bytes, count, g.n.b * bytes);
            m.storePart(to, v * width * bytes, width, bytes, part);
          }
          code.increase(at, g.k.b * bytes);
          code.increase(to, panel * width * bytes);
        });
      });
      column += panel * width;
    }
  });
}
