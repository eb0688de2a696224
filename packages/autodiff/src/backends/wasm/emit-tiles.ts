// Code of a contraction by register tiles: rows of results × vectors of columns, each a running sum in a register.
import type { Emit, Value } from "./code.ts";
import type { Pointers } from "./contract-loops.ts";
import type { Gemm } from "./gemm.ts";
import type { Lanes } from "./lanes.ts";

/** All panels of columns. `accumulate`: results are added to what is there. */
export function emitTiles(m: Lanes, g: Gemm, pointers: Pointers, accumulate: boolean): void {
  const { code, bytes, width } = m;
  const packed = g.reading === "packed";
  let column = 0;
  for (let first = 0; first < g.panels.length;) {
    // Equal full panels in a loop.
    const panel = g.panels[first]!;
    let alike = 1;
    const isFull = (p: number): boolean => column + (p - first + 1) * panel * width <= g.n.length;
    if (isFull(first)) while (g.panels[first + alike] === panel && isFull(first + alike)) alike++;
    code.scoped(() => {
      const [b, c] = [code.local("i32"), code.copy(pointers.c)];
      if (packed) code.setConstant(b, g.scratch!.address + column * g.k.length * bytes);
      else {
        code.get(pointers.b);
        code.set(b);
        code.increase(b, column * g.n.b * bytes);
      }
      code.increase(c, column * g.n.c * bytes);
      const counts = Array.from({ length: panel }, (_, v) =>
        Math.min(width, g.n.length - column - v * width),
      );
      code.repeat(alike, () => {
        emitPanel(m, g, { a: pointers.a, b, c }, counts, accumulate);
        code.increase(b, panel * width * bytes * (packed ? g.k.length : 1));
        code.increase(c, panel * width * g.n.c * bytes);
      });
    });
    column += alike * panel * width;
    first += alike;
  }
}

/** All rows of one panel of columns. */
function emitPanel(
  m: Lanes,
  g: Gemm,
  pointers: Pointers,
  counts: readonly number[],
  accumulate: boolean,
): void {
  const { code, bytes } = m;
  const tiles = Math.trunc(g.m.length / g.tileRows);
  const rest = g.m.length % g.tileRows;
  code.scoped(() => {
    const [a, c] = [code.copy(pointers.a), code.copy(pointers.c)];
    const tile = (rows: number): void =>
      code.scoped(() => emitTile(m, g, { a, b: pointers.b, c }, rows, counts, accumulate));
    code.repeat(tiles, () => {
      tile(g.tileRows);
      code.increase(a, g.tileRows * g.m.a * bytes);
      code.increase(c, g.tileRows * g.m.c * bytes);
    });
    if (rest > 0) tile(rest);
  });
}

/** One tile: rows × vectors of running sums in registers. */
function emitTile(
  m: Lanes,
  g: Gemm,
  pointers: Pointers,
  rows: number,
  counts: readonly number[],
  accumulate: boolean,
): void {
  const { code, bytes, width } = m;
  const packed = g.reading === "packed";
  const rowB = packed ? counts.length * width * bytes : g.k.b * bytes;
  const strideC = g.n.c * bytes;
  const sums = Array.from({ length: rows }, (_, r) =>
    counts.map((count, v): Value => {
      const offset = r * g.m.c * bytes + v * width * strideC;
      return m.let(accumulate ? m.loadPart(pointers.c, offset, count, strideC) : m.constant(0));
    }),
  );
  const step = (a: number, b: number, k: number): void =>
    code.scoped(() => {
      code.ahead?.();
      const load = (v: number): Emit =>
        m.loadPart(b, k * rowB + v * width * bytes, packed ? width : counts[v]!, bytes);
      const spread = (r: number): Emit => m.loadSplat(a, r * g.m.a * bytes + k * g.k.a * bytes);
      const add = (r: number, v: number, x: Emit, y: Emit): void => {
        const sum = sums[r]![v]!;
        m.add(sum, m.mul(x, y))();
        code.set(sum.local);
      };
      // The smaller side stays in registers.
      if (rows <= counts.length) {
        const spreads = sums.map((_, r) => m.let(spread(r)));
        counts.forEach((_, v) => {
          const vector = m.let(load(v));
          spreads.forEach((x, r) => add(r, v, x, vector));
          m.release(vector);
        });
      } else {
        const vectors = counts.map((_, v) => m.let(load(v)));
        for (let r = 0; r < rows; r++) {
          const x = m.let(spread(r));
          vectors.forEach((vector, v) => add(r, v, x, vector));
          m.release(x);
        }
      }
    });
  const unroll = rows * counts.length * g.k.length <= 64 ? g.k.length : rows * counts.length <= 4 ? 4 : 2;
  const times = Math.trunc(g.k.length / unroll);
  const [a, b] = [code.copy(pointers.a), code.copy(pointers.b)];
  if (times > 1)
    code.repeat(times, () => {
      for (let u = 0; u < unroll; u++) step(a, b, u);
      code.increase(a, unroll * g.k.a * bytes);
      code.increase(b, unroll * rowB);
    });
  for (let k = times > 1 ? times * unroll : 0; k < g.k.length; k++)
    step(a, b, k - (times > 1 ? times * unroll : 0));
  sums.forEach((row, r) =>
    row.forEach((sum, v) =>
      m.storePart(pointers.c, r * g.m.c * bytes + v * width * strideC, counts[v]!, strideC, sum),
    ),
  );
}
