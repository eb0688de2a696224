// Code of a contraction whose results lie along rows of an operand, and not along its columns: each lane sums its own row in order,
// and neighbouring terms of several rows are brought side by side.
import type { Emit, Value } from "./code.ts";
import { nest, type Pointers } from "./contract-loops.ts";
import type { Gemm } from "./gemm.ts";
import type { Lanes } from "./lanes.ts";

/** Rows of b times a vector (or a few), or times as many rows of a. */
export function emitLanesApart(m: Lanes, g: Gemm, pointers: Pointers, accumulate: boolean): void {
  const { code, bytes, width } = m;
  const groups = 8 / width;
  const block = groups * width;
  nest(m, [g.m], pointers, (inner) => {
    code.scoped(() => {
      const [a, b, c] = [code.copy(inner.a), code.copy(inner.b), code.copy(inner.c)];
      const part = (counts: readonly number[]): void =>
        code.scoped(() => emitBlock(m, g, { a, b, c }, counts, accumulate));
      const blocks = Math.trunc(g.n.length / block);
      code.repeat(blocks, () => {
        part(new Array<number>(groups).fill(width));
        code.increase(a, block * g.n.a * bytes);
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

/** How an operand comes to the lanes: one number for all; neighbours of each lane's row; or from where each lane's number lies. */
type Coming = "spread" | "columns" | "plain";

function comingOf(m: Lanes, g: Gemm, which: "a" | "b"): Coming {
  if (g.n[which] === 0) return "spread";
  return m.width > 1 && g.k[which] === 1 && g.n[which] !== 1 ? "columns" : "plain";
}

function emitBlock(
  m: Lanes,
  g: Gemm,
  pointers: Pointers,
  counts: readonly number[],
  accumulate: boolean,
): void {
  const { code, bytes, width } = m;
  const strideC = g.n.c * bytes;
  const sums = counts.map((count, v): Value =>
    m.let(accumulate ? m.loadPart(pointers.c, v * width * strideC, count, strideC) : m.constant(0)),
  );
  const operands = (["a", "b"] as const).map((which) => ({
    at: code.copy(pointers[which]),
    coming: comingOf(m, g, which),
    /** From one lane to the next, and from one term to the next, in bytes. */
    row: g.n[which] * bytes,
    term: g.k[which] * bytes,
  }));
  /** So many (1 or 2) terms of each row, from k on. */
  const terms = (k: number, howMany: number): void =>
    code.scoped(() => {
      code.ahead?.();
      const places = Array.from({ length: howMany }, (_, i) => k + i);
      const spread = operands.map(({ at, coming, term }) =>
        coming === "spread" ? places.map((place) => m.let(m.loadSplat(at, place * term))) : undefined,
      );
      counts.forEach((count, v) =>
        code.scoped(() => {
          const [x, y] = operands.map(({ at, coming, row, term }, o): readonly Emit[] => {
            if (coming === "columns" && howMany === 2)
              return columnsOf(m, at, (i) => (v * width + Math.min(i, count - 1)) * row + k * term);
            return (
              spread[o] ?? places.map((place) => m.loadPart(at, v * width * row + place * term, count, row))
            );
          }) as [readonly Emit[], readonly Emit[]];
          places.forEach((_, i) => m.assign(sums[v]!, m.add(sums[v]!, m.mul(x[i]!, y[i]!))));
        }),
      );
    });
  const pairs = Math.trunc(g.k.length / 2);
  const unroll = pairs <= 4 ? pairs : 2;
  const times = unroll === 0 ? 0 : Math.trunc(pairs / unroll);
  const done = times > 1 ? times * unroll : 0;
  if (times > 1)
    code.repeat(times, () => {
      for (let u = 0; u < unroll; u++) terms(2 * u, 2);
      for (const { at, term } of operands) code.increase(at, unroll * 2 * term);
    });
  for (let p = done; p < pairs; p++) terms(2 * (p - done), 2);
  for (let k = 2 * pairs; k < g.k.length; k++) terms(k - 2 * done, 1);
  sums.forEach((sum, v) => m.storePart(pointers.c, v * width * strideC, counts[v]!, strideC, sum));
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
