// Code of a fused loop: axes are joined where all operands move through memory as one, the innermost runs in vectors,
// reductions along it in lanes (docs/decisions, order of summation, rule 1).
import type { Tensor } from "../../ir.ts";
import { knownValue } from "../../ops/leaves.ts";
import type { Emit, Value } from "./code.ts";
import { isGuarded } from "./elementary/index.ts";
import { isLong, vectorise } from "./elementwise.ts";
import type { Lanes } from "./lanes.ts";
import { joiner, keepLanes, LaneSums, laneVectors } from "./lane-sums.ts";
import type { Place } from "./place.ts";
import { isTrailing, liveNodes, readsOf, type LoopStep, type Reduction } from "./steps.ts";
import type { Rows } from "./rows.ts";
import type { Shared } from "./shared.ts";
import { ShiftEmitter, type Shift } from "./shift.ts";

/** Something in memory that the loop moves along: a read, a store, the result of a reduction. */
interface Access {
  readonly place: Place;
  /** Strides over the joined axes, in elements. */
  readonly strides: number[];
  pointer: number;
}

interface Axis {
  readonly length: number;
}

/** Values that registers hold beside those of the loop's own work. */
const FEW = 6;

/**
 * Emits a loop. Where its elementary functions have a common range, that is all it is for; `again` then emits a call of what
 * `emitRareLoop` makes, for the case that an argument was outside of it.
 */
export function emitLoop(
  m: Lanes,
  step: LoopStep,
  rows: Rows | undefined,
  placeOf: (node: Tensor) => Place,
  again: () => void,
): void {
  new LoopEmitter(m, step, rows, placeOf).emit(again);
}

/** The loop for arguments of any size: each vector is checked, and the host called where it is out of the common range. */
export function emitRareLoop(
  m: Lanes,
  step: LoopStep,
  rows: Rows | undefined,
  placeOf: (node: Tensor) => Place,
): void {
  new LoopEmitter(m, step, rows, placeOf).emit(undefined);
}

class LoopEmitter {
  private readonly m: Lanes;
  private readonly step: LoopStep;
  private readonly rows: Rows | undefined;
  private readonly nodes: readonly Tensor[];
  private readonly placeOf: (node: Tensor) => Place;
  private readonly reads = new Map<Tensor, Access>();
  private readonly stores: { readonly value: Tensor; readonly access: Access }[] = [];
  private readonly reductions: {
    readonly reduction: Reduction;
    readonly access: Access;
    readonly lanes: boolean;
    readonly alone: boolean;
  }[] = [];
  private readonly shifts: { readonly shift: Shift; readonly access: Access }[] = [];
  private readonly accesses: Access[] = [];
  private axes: Axis[] = [];
  /** The loop that seldom runs is emitted short. */
  private rare = true;
  /** Pointers, one for all accesses that move alike. */
  private readonly pointers = new Map<
    string,
    { readonly local: number; readonly strides: readonly number[] }
  >();

  constructor(m: Lanes, step: LoopStep, rows: Rows | undefined, placeOf: (node: Tensor) => Place) {
    this.placeOf = placeOf;
    this.nodes = liveNodes(step);
    this.m = m;
    this.step = step;
    this.rows = rows;
  }

  emit(again: (() => void) | undefined): void {
    const { step } = this;
    this.rare = again === undefined;
    const shape = step.shape.map((length, axis) =>
      axis === 0 && this.rows !== undefined ? this.rows.count : length,
    );
    for (const value of readsOf(step)) {
      if (knownValue(value) !== undefined) continue;
      this.reads.set(value, this.access(this.placeOf(value)));
    }
    for (const { value, place } of step.stores) this.stores.push({ value, access: this.access(place) });
    for (const shift of step.shifts) this.shifts.push({ shift, access: this.access(shift.out) });
    for (const reduction of step.reductions) {
      const length = step.shape.slice(reduction.from, reduction.to).reduce((a, b) => a * b, 1);
      this.reductions.push({
        reduction,
        access: this.access(reduction.out),
        lanes: isTrailing(step.shape, reduction),
        alone: length === 1,
      });
    }
    this.join(shape);
    if (this.axes.some((axis) => axis.length === 0)) return;
    const guarded = this.nodes.some((node) => isGuarded(node.op.name));
    const repeatable = this.reductions.every(({ lanes, alone }) => lanes || alone);
    if (again !== undefined && guarded && repeatable) this.m.code.scoped(() => this.emitHopeful(again));
    else this.m.code.scoped(() => this.emitNest());
    if (again === undefined) return;
    for (const { reduction } of this.reductions) keepLanes(this.m, this.rows?.lanesOf(reduction));
  }

  /** The loop for arguments in the common range; where one was not, the loop again, with branches. */
  private emitHopeful(again: () => void): void {
    const { code } = this.m;
    const good = this.m.let(this.m.everywhere());
    code.good = good;
    code.scoped(() => this.emitNest());
    code.good = undefined;
    this.m.unlessAll(good, again);
  }

  private access(place: Place): Access {
    const made: Access = { place, strides: [...place.strides], pointer: -1 };
    this.accesses.push(made);
    return made;
  }

  /** Drops axes of length 1 and joins axes that all accesses cross as one. */
  private join(shape: readonly number[]): void {
    const lengths: number[] = [];
    const kept = this.accesses.map(() => [] as number[]);
    shape.forEach((length, axis) => {
      if (length === 1) return;
      const last = lengths.length - 1;
      const joined =
        last >= 0 && this.accesses.every((access, k) => kept[k]![last] === access.strides[axis]! * length);
      if (joined) lengths[last] = lengths[last]! * length;
      else lengths.push(length);
      const at = lengths.length - 1;
      this.accesses.forEach((access, k) => (kept[k]![at] = access.strides[axis]!));
    });
    if (lengths.length === 0) {
      lengths.push(1);
      kept.forEach((strides) => strides.push(0));
    }
    this.axes = lengths.map((length) => ({ length }));
    this.accesses.forEach((access, k) => access.strides.splice(0, access.strides.length, ...kept[k]!));
  }

  private emitNest(): void {
    const { code, bytes } = this.m;
    for (const access of this.accesses) {
      const first =
        this.rows === undefined || this.rows.isLocal(access.place.buffer)
          ? 0
          : access.place.strides[0]! * bytes;
      const key = `${access.strides.join()}@${first}`;
      let pointer = this.pointers.get(key);
      if (pointer === undefined) {
        pointer = { local: code.local("i32"), strides: access.strides };
        this.pointers.set(key, pointer);
        if (this.rows === undefined) code.setConstant(pointer.local, 0);
        else this.rows.setPointer(code, pointer.local, first);
      }
      access.pointer = pointer.local;
    }
    const fixed = this.hoist((strides) => strides.every((stride) => stride === 0), new Map());
    this.emitAxis(0, fixed);
  }

  /** Loads that stay the same further in. */
  private hoist(
    stays: (strides: readonly number[]) => boolean,
    known: ReadonlyMap<Tensor, Value>,
  ): Map<Tensor, Value> {
    const values = new Map(known);
    for (const [value, access] of this.reads)
      if (!values.has(value) && stays(access.strides))
        values.set(value, this.m.let(this.m.loadSplat(access.pointer, this.offset(access, 0))));
    return values;
  }

  /** Numbers of a loop of short operations stay in registers, if they are few. */
  private hoistNumbers(values: Map<Tensor, Value>): Map<Tensor, Value> {
    const { nodes, m } = this;
    if (nodes.some((node) => isLong(node.op.name))) return values;
    const numbers = new Set(
      nodes.flatMap((node) => node.inputs.filter((from) => knownValue(from) !== undefined)),
    );
    if (numbers.size + values.size > FEW) return values;
    for (const node of numbers) values.set(node, m.let(m.constant(knownValue(node)!)));
    return values;
  }

  private offset(access: Access, element: number): number {
    const inner = access.strides[access.strides.length - 1]!;
    return access.place.buffer.address + (access.place.offset + element * inner) * this.m.bytes;
  }

  /** Emits the axes from `depth` on; returns how many steps of the innermost axis pointers have moved. */
  private emitAxis(depth: number, fixed: ReadonlyMap<Tensor, Value>): number {
    const { code, bytes } = this.m;
    const last = this.axes.length - 1;
    if (depth === last) return code.scoped(() => this.emitInner(fixed));
    const { length } = this.axes[depth]!;
    code.repeat(length, () => {
      const moved = this.emitAxis(depth + 1, fixed);
      for (const { local, strides } of this.pointers.values()) {
        const inner =
          depth + 1 === last ? moved * strides[last]! : this.axes[depth + 1]!.length * strides[depth + 1]!;
        const back = length === 1 ? 0 : strides[depth]! - inner;
        code.increase(local, back * bytes);
      }
    });
    return 0;
  }

  /** The innermost axis: vectors, then what is left. */
  private emitInner(outer: ReadonlyMap<Tensor, Value>): number {
    const { m } = this;
    const { code, width, bytes } = m;
    const { length } = this.axes[this.axes.length - 1]!;
    const fixed = this.hoistNumbers(this.hoist((strides) => strides[strides.length - 1] === 0, outer));
    const lanes = this.reductions.map(({ reduction, access, lanes, alone }) =>
      lanes && !alone
        ? new LaneSums(m, reduction.kind, access.pointer, this.rows?.lanesOf(reduction))
        : undefined,
    );
    const shifters = this.shifts.map(() => new ShiftEmitter(m));
    const vectors = Math.trunc(length / width);
    const long = this.nodes.some((node) => isLong(node.op.name));
    const weight = this.nodes.reduce((sum, node) => sum + (isLong(node.op.name) ? 12 : 1), 1);
    const short = vectors * weight <= 40 && !this.rare;
    const usual = short ? Math.max(2, vectors + (vectors % 2)) : long ? 2 : 4;
    // Each turn of the loop goes through all lanes of its sums.
    const turn = lanes.every((one) => one === undefined) ? 1 : laneVectors(m);
    const unroll = Math.ceil(usual / turn) * turn;
    const times = Math.trunc(vectors / unroll);
    const ways = m.precision === "f64" && !this.rare ? 2 : 1;
    let moved = 0;
    if (times > 1) {
      code.repeat(times, () => {
        for (let u = 0; u < unroll; u += ways)
          this.emitBody(u * width, width, fixed, lanes, shifters, u, ways);
        for (const { local, strides } of this.pointers.values())
          code.increase(local, unroll * width * strides[strides.length - 1]! * bytes);
      });
      moved = times * unroll * width;
    }
    for (let v = times > 1 ? times * unroll : 0; v < vectors;) {
      const together = v + ways <= vectors ? ways : 1;
      this.emitBody(v * width - moved, width, fixed, lanes, shifters, v, together);
      v += together;
    }
    const rest = length - vectors * width;
    if (rest > 0) this.emitBody(vectors * width - moved, rest, fixed, lanes, shifters, vectors, 1);
    this.shifts.forEach(({ access }, k) =>
      this.store(access, length - moved, 1, shifters[k]!.last(rest > 0 ? rest : width)),
    );
    this.reductions.forEach(({ access }, k) => {
      lanes[k]?.end(access.place.buffer.address + access.place.offset * bytes);
    });
    return moved;
  }

  /** One vector (or its first `count` lanes) of everything. */
  private emitBody(
    element: number,
    count: number,
    fixed: ReadonlyMap<Tensor, Value>,
    lanes: readonly (LaneSums | undefined)[],
    shifters: readonly ShiftEmitter[],
    vector: number,
    ways: number,
  ): void {
    const { code } = this.m;
    code.scoped(() =>
      code.interleaved(ways, () => this.emitVectors(element, count, fixed, lanes, shifters, vector)),
    );
  }

  private emitVectors(
    element: number,
    count: number,
    fixed: ReadonlyMap<Tensor, Value>,
    lanes: readonly (LaneSums | undefined)[],
    shifters: readonly ShiftEmitter[],
    vector: number,
  ): void {
    const { m } = this;
    const values = new Map<Tensor, Value>(fixed);
    const shared: Shared = new Map();
    const valueOf = (node: Tensor): Value => values.get(node) ?? this.valueOf(node, values, element, count);
    for (const node of this.nodes)
      values.set(node, m.let(m.number(vectorise(m, node.op.name, node.inputs.map(valueOf), shared))));
    for (const { value, access } of this.stores) this.store(access, element, count, valueOf(value));
    for (const [k, { shift, access }] of this.shifts.entries())
      this.store(access, element, count, shifters[k]!.vectors(valueOf(shift.moved), valueOf(shift.kept)));
    for (const [k, { reduction, access, alone }] of this.reductions.entries()) {
      const value = valueOf(reduction.value);
      const sums = lanes[k];
      if (sums !== undefined) sums.add(vector, value, count);
      else if (alone)
        this.store(access, element, count, reduction.kind === "sum" ? m.add(value, m.constant(0)) : value);
      else this.accumulateRow(reduction, access, element, count, value);
    }
  }

  /** A value that no register holds yet: a number, or what is read from memory, and then kept in `values`. */
  private valueOf(node: Tensor, values: Map<Tensor, Value>, element: number, count: number): Value {
    const { m } = this;
    const known = knownValue(node);
    if (known !== undefined)
      return Object.assign(m.constant(known), { local: -1 - m.pool.f64(known), locals: [] });
    const access = this.reads.get(node)!;
    const stride = access.strides[access.strides.length - 1]! * m.bytes;
    const loaded = m.let(m.loadPart(access.pointer, this.offset(access, element), count, stride));
    values.set(node, loaded);
    return loaded;
  }

  private store(access: Access, element: number, count: number, value: Emit): void {
    const stride = access.strides[access.strides.length - 1]! * this.m.bytes;
    this.m.storePart(access.pointer, this.offset(access, element), count, stride, value);
  }

  /** out += value, for results that lie along the innermost axis. */
  private accumulateRow(
    reduction: Reduction,
    access: Access,
    element: number,
    count: number,
    value: Emit,
  ): void {
    const { m } = this;
    const stride = access.strides[access.strides.length - 1]! * m.bytes;
    const before = m.loadPart(access.pointer, this.offset(access, element), count, stride);
    this.store(access, element, count, joiner(m, reduction.kind)(before, value));
  }
}
