// Code of a contraction: register tiles over rows and columns; for each result, products are added in increasing k.
import { op } from "./opcodes.ts";
import type { Emit } from "./code.ts";
import { cutTo, type Gemm, type Loop } from "./gemm.ts";
import type { Lanes, Value } from "./lanes.ts";
import type { Rows } from "./rows.ts";

/** How a pipeline's block of rows changes a contraction. */
export interface Blocked {
  readonly rows: Rows;
  readonly label: number;
}

/** Pointers to the first elements of a, b (or its packed panels) and the output. */
interface Pointers {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Copies the second operand to its panels; for operands that are packed once, before any rows. */
export function emitPack(m: Lanes, gemm: Gemm): void {
  m.code.scoped(() => {
    const pointer = m.code.local("i32");
    m.code.setConstant(pointer, base(m, gemm, "b"));
    pack(m, gemm, pointer);
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
      if (g.reading === "unpack") return emitUnpack(m, g, inner, sums);
      if (g.reading === "packed" && !packed) pack(m, g, inner.b);
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
      const at = copyOf(m, inner.c);
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

function copyOf(m: Lanes, pointer: number): number {
  const copy = m.code.local("i32");
  m.code.get(pointer);
  m.code.set(copy);
  return copy;
}

/** Loops around a body that is given pointers of its own. */
function nest(
  m: Lanes,
  loops: readonly Loop[],
  pointers: Pointers,
  body: (pointers: Pointers) => void,
): void {
  const { code, bytes } = m;
  const [first, ...rest] = loops;
  if (first === undefined) return body(pointers);
  code.scoped(() => {
    const own: Pointers = { a: copyOf(m, pointers.a), b: copyOf(m, pointers.b), c: copyOf(m, pointers.c) };
    code.repeat(first.length, () => {
      nest(m, rest, own, body);
      code.increase(own.a, first.a * bytes);
      code.increase(own.b, first.b * bytes);
      code.increase(own.c, first.c * bytes);
    });
  });
}

/** Panels of columns, one after the other: panel p holds its columns of row 0, of row 1 … of the summed axis. */
function pack(m: Lanes, g: Gemm, from: number): void {
  const { code, bytes, width } = m;
  code.scoped(() => {
    const to = code.local("i32");
    code.setConstant(to, g.scratch!.address);
    let column = 0;
    for (const panel of g.panels) {
      code.scoped(() => {
        const at = copyOf(m, from);
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

function emitTiles(m: Lanes, g: Gemm, pointers: Pointers, accumulate: boolean): void {
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
      const [b, c] = [code.local("i32"), copyOf(m, pointers.c)];
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
    const [a, c] = [copyOf(m, pointers.a), copyOf(m, pointers.c)];
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
  const [a, b] = [copyOf(m, pointers.a), copyOf(m, pointers.b)];
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

/** Rows of b times a vector (or a few): `width` rows are brought side by side, so that each lane sums its own row in order. */
function emitUnpack(m: Lanes, g: Gemm, pointers: Pointers, accumulate: boolean): void {
  const { code, bytes, width } = m;
  const groups = width === 2 ? 4 : 2;
  const block = groups * width;
  nest(m, [g.m], pointers, (inner) => {
    code.scoped(() => {
      const [b, c] = [copyOf(m, inner.b), copyOf(m, inner.c)];
      const part = (counts: readonly number[]): void =>
        code.scoped(() => emitUnpackBlock(m, g, { a: inner.a, b, c }, counts, accumulate));
      const blocks = Math.trunc(g.n.length / block);
      code.repeat(blocks, () => {
        part(new Array<number>(groups).fill(width));
        code.increase(b, block * g.n.b * bytes);
        code.increase(c, block * g.n.c * bytes);
      });
      const rest = g.n.length % block;
      const counts = Array.from({ length: Math.ceil(rest / width) }, (_, i) =>
        Math.min(width, rest - i * width),
      );
      if (counts.length > 0) part(counts);
    });
  });
}

function emitUnpackBlock(
  m: Lanes,
  g: Gemm,
  pointers: Pointers,
  counts: readonly number[],
  accumulate: boolean,
): void {
  const { code, bytes, width } = m;
  const rowB = g.n.b * bytes;
  const sums = counts.map((count, v): Value =>
    m.let(
      accumulate ? m.loadPart(pointers.c, v * width * g.n.c * bytes, count, g.n.c * bytes) : m.constant(0),
    ),
  );
  const [a, b] = [copyOf(m, pointers.a), copyOf(m, pointers.b)];
  const add = (v: number, x: Emit, y: Emit): void => {
    m.add(sums[v]!, m.mul(x, y))();
    code.set(sums[v]!.local);
  };
  /** Two terms of each row, from k on. */
  const pair = (k: number): void =>
    code.scoped(() => {
      code.ahead?.();
      const factors = [0, 1].map((i) => m.let(m.loadSplat(a, (k + i) * g.k.a * bytes)));
      counts.forEach((count, v) =>
        code.scoped(() => {
          const row = (i: number): number => (v * width + Math.min(i, count - 1)) * rowB + k * bytes;
          columnsOf(m, b, row).forEach((column, i) => add(v, column, factors[i]!));
        }),
      );
    });
  const single = (k: number): void =>
    code.scoped(() => {
      const factor = m.let(m.loadSplat(a, k * g.k.a * bytes));
      counts.forEach((count, v) => add(v, m.loadPart(b, v * width * rowB + k * bytes, count, rowB), factor));
    });
  const pairs = Math.trunc(g.k.length / 2);
  const unroll = pairs <= 4 ? pairs : 2;
  const times = unroll === 0 ? 0 : Math.trunc(pairs / unroll);
  const done = times > 1 ? times * unroll : 0;
  if (times > 1)
    code.repeat(times, () => {
      for (let u = 0; u < unroll; u++) pair(2 * u);
      code.increase(a, unroll * 2 * g.k.a * bytes);
      code.increase(b, unroll * 2 * bytes);
    });
  for (let p = done; p < pairs; p++) pair(2 * (p - done));
  for (let k = 2 * pairs; k < g.k.length; k++) single(k - 2 * done);
  sums.forEach((sum, v) =>
    m.storePart(pointers.c, v * width * g.n.c * bytes, counts[v]!, g.n.c * bytes, sum),
  );
}

/** Two neighbouring columns of as many rows as lanes; `row`: the offset of each row's pair. */
function columnsOf(m: Lanes, pointer: number, row: (i: number) => number): Emit[] {
  if (m.width === 2) {
    const [x, y] = [m.let(m.load(pointer, row(0))), m.let(m.load(pointer, row(1)))];
    return [m.permute(x, y, [0, 2]), m.permute(x, y, [1, 3])];
  }
  // Fewer registers than whole vectors of four rows would take, and as many shuffles.
  const [x, y] = [m.let(m.loadPairs(pointer, row(0), row(1))), m.let(m.loadPairs(pointer, row(2), row(3)))];
  return [m.permute(x, y, [0, 2, 4, 6]), m.permute(x, y, [1, 3, 5, 7])];
}

/** memory.fill with zeros. */
export function emitZeros(m: Lanes, address: number, byteLength: number): void {
  m.code.i32(address);
  m.code.i32(0);
  m.code.i32(byteLength);
  m.code.op(op.prefix);
  m.code.body.unsigned(11);
  m.code.op(0);
}
