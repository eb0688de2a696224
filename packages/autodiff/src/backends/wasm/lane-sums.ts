// Reductions along the contiguous axis, in two vectors of lanes (docs/decisions, order of summation, rule 1).
import type { Emit } from "./code.ts";
import type { Lanes, Value } from "./lanes.ts";
import type { Reduction } from "./steps.ts";

export function startOf({ kind }: Reduction): number {
  return kind === "sum" ? 0 : kind === "max" ? -Infinity : Infinity;
}

/** The lanes of one reduction in a loop. */
export class LaneSums {
  private readonly m: Lanes;
  private readonly reduction: Reduction;
  private readonly pointer: number;
  private readonly kept: number | undefined;
  private readonly pair: readonly [Value, Value];

  /** `kept`: where the lanes lie between blocks of rows; undefined where the reduction begins and ends in the loop. */
  constructor(m: Lanes, reduction: Reduction, pointer: number, kept: number | undefined) {
    this.m = m;
    this.reduction = reduction;
    this.pointer = pointer;
    this.kept = kept;
    if (kept === undefined) {
      const start = m.constant(startOf(reduction));
      this.pair = [m.let(start), m.let(start)];
    } else this.pair = [m.let(m.load(pointer, kept)), m.let(m.load(pointer, kept + 16))];
  }

  /** Vectors (their first `count` lanes) go to the two vectors of lanes by turns. */
  add(vector: number, value: Emit, count: number): void {
    const { m, pair, reduction } = this;
    const start = m.constant(startOf(reduction));
    let whole = value;
    if (count < m.width)
      whole =
        reduction.kind === "sum"
          ? m.and(value, m.firstLanes(count))
          : m.select(m.firstLanes(count), value, start);
    const join = m.joiner(reduction.kind);
    for (let way = 0; way < m.code.ways; way++) {
      const into = pair[(vector + way) % 2]!;
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
    const [low, high] = this.pair;
    if (kept === undefined) return emitLaneResult(m, this.reduction, pointer, offset, low, high);
    // Aside, since the loop may be run again from the lanes of the block before.
    m.storePart(pointer, kept + 32, m.width, m.bytes, low);
    m.storePart(pointer, kept + 48, m.width, m.bytes, high);
  }
}

/** After a loop: what it put aside is where the next block begins. */
export function keepLanes(m: Lanes, kept: number | undefined): void {
  if (kept === undefined) return;
  m.code.scoped(() => {
    const zero = m.code.local("i32");
    m.code.setConstant(zero, 0);
    for (const offset of [0, 16])
      m.storePart(zero, kept + offset, m.width, m.bytes, m.load(zero, kept + 32 + offset));
  });
}

/** Combines lanes and stores the result at a pointer plus offset. */
export function emitLaneResult(
  m: Lanes,
  { kind }: Reduction,
  pointer: number,
  offset: number,
  low: Emit,
  high: Emit,
): void {
  m.code.scoped(() => m.storePart(pointer, offset, 1, m.bytes, m.combine(low, high, m.joiner(kind))));
}
