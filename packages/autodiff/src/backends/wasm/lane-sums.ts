// Reductions along the contiguous axis, in 32 bytes of lanes (docs/decisions, order of summation, rule 1): two vectors, or as many
// plain numbers.
import type { Emit, Value } from "./code.ts";
import { SUM_BYTES, type Lanes } from "./lanes.ts";
import type { Reduction } from "./steps.ts";

export function startOf({ kind }: { readonly kind: Reduction["kind"] }): number {
  return kind === "sum" ? 0 : kind === "max" ? -Infinity : Infinity;
}

/** Vectors that hold all lanes. */
export function laneVectors({ width, bytes }: Lanes): number {
  return SUM_BYTES / (width * bytes);
}

/** Where each of these vectors lies among them, in bytes. */
export function laneOffsets(m: Lanes): number[] {
  return Array.from({ length: laneVectors(m) }, (_, i) => i * m.width * m.bytes);
}

/** How two partial results become one. */
export function joiner(m: Lanes, kind: Reduction["kind"]): (a: Emit, b: Emit) => Emit {
  if (kind === "sum") return (a, b) => m.add(a, b);
  return kind === "max" ? (a, b) => m.max(a, b) : (a, b) => m.min(a, b);
}

/** The lanes of one reduction in a loop. */
export class LaneSums {
  private readonly m: Lanes;
  private readonly kind: Reduction["kind"];
  private readonly pointer: number;
  private readonly kept: number | undefined;
  private readonly vectors: readonly Value[];

  /** `kept`: where the lanes lie between blocks of rows; undefined where the reduction begins and ends in the loop. */
  constructor(m: Lanes, kind: Reduction["kind"], pointer: number, kept: number | undefined) {
    this.m = m;
    this.kind = kind;
    this.pointer = pointer;
    this.kept = kept;
    const start = m.constant(startOf({ kind }));
    this.vectors = laneOffsets(m).map((offset) =>
      m.let(kept === undefined ? start : m.load(pointer, kept + offset)),
    );
  }

  /** Vectors (their first `count` lanes) go to the vectors of lanes by turns. */
  add(vector: number, value: Emit, count: number): void {
    const { m, vectors, kind } = this;
    let whole = value;
    if (count < m.width)
      whole =
        kind === "sum"
          ? m.and(value, m.firstLanes(count))
          : m.select(m.firstLanes(count), value, m.constant(startOf({ kind })));
    const join = joiner(m, kind);
    for (let way = 0; way < m.code.ways; way++) {
      const into = vectors[(vector + way) % vectors.length]!;
      join(
        () => into(0),
        () => whole(way),
      )();
      m.code.set(into.local);
    }
  }

  /** Stores the result at the pointer plus `offset`; or the lanes, for the next block. */
  end(offset: number): void {
    const { m, pointer, kept } = this;
    if (kept === undefined) return emitLaneResult(m, this.kind, pointer, offset, this.vectors);
    // Aside, since the loop may be run again from the lanes of the block before.
    laneOffsets(m).forEach((at, i) =>
      m.storePart(pointer, kept + SUM_BYTES + at, m.width, m.bytes, this.vectors[i]!),
    );
  }
}

/** After a loop: what it put aside is where the next block begins. */
export function keepLanes(m: Lanes, kept: number | undefined): void {
  if (kept === undefined) return;
  m.code.scoped(() => {
    const zero = m.code.local("i32");
    m.code.setConstant(zero, 0);
    for (const offset of laneOffsets(m))
      m.storePart(zero, kept + offset, m.width, m.bytes, m.load(zero, kept + SUM_BYTES + offset));
  });
}

/** Joins the upper half of the lanes to the lower half until one is left, and stores it at a pointer plus offset. */
export function emitLaneResult(
  m: Lanes,
  kind: Reduction["kind"],
  pointer: number,
  offset: number,
  vectors: readonly Emit[],
): void {
  const join = joiner(m, kind);
  m.code.scoped(() => {
    let lanes = vectors;
    while (lanes.length > 1) {
      const half = lanes.length / 2;
      lanes = lanes.slice(0, half).map((low, i) => m.let(join(low, lanes[i + half]!)));
    }
    let rest = lanes[0]!;
    for (let half = m.width / 2; half >= 1; half /= 2) {
      const order = Array.from({ length: m.width }, (_, lane) => (lane + half) % m.width);
      rest = m.let(join(rest, m.permute(rest, rest, order)));
    }
    m.storePart(pointer, offset, 1, m.bytes, rest);
  });
}
