// Vectors of lanes, f64x2 or f32x4: expressions that emit code, constants from memory, loads and stores of whole vectors,
// of parts, and at strides.
import type { Precision } from "../backend.ts";
import type { Code, Emit } from "./code.ts";
import { once, type Operand, type Shared } from "./shared.ts";
import { f32x4, f64x2, op, simd, type LaneOpcodes } from "./opcodes.ts";

/** Functions of the host that a module may call, by name; the index of the import. */
export interface Imports {
  index(name: string, arity: number): number;
}

/** Constants of a module, as vectors in its memory: the address of one whose lanes are all the same. */
export interface Pool {
  f64(value: number): number;
  f32(value: number): number;
  bits(value: bigint): number;
}

/** A value in locals, one for each of the interleaved vectors. */
export type Value = Emit & { readonly local: number; readonly locals: readonly number[] };

export class Lanes {
  readonly code: Code;
  readonly pool: Pool;
  readonly imports: Imports;
  readonly precision: Precision;
  /** Lanes in a vector; bytes of a lane. */
  readonly width: number;
  readonly bytes: number;
  readonly opcodes: LaneOpcodes;

  constructor(code: Code, pool: Pool, imports: Imports, precision: Precision) {
    this.code = code;
    this.pool = pool;
    this.imports = imports;
    this.precision = precision;
    this.width = precision === "f64" ? 2 : 4;
    this.bytes = precision === "f64" ? 8 : 4;
    this.opcodes = precision === "f64" ? f64x2 : f32x4;
  }

  /** The same machine for doubles: what elementary functions are computed in. */
  doubles(): Lanes {
    return this.precision === "f64" ? this : new Lanes(this.code, this.pool, this.imports, "f64");
  }

  /** Evaluates now, into a local; the result reads it. */
  let(emit: Emit): Value {
    const { code } = this;
    const locals: number[] = [];
    for (let way = 0; way < code.ways; way++) {
      const local = code.local("v128");
      emit(way);
      code.set(local);
      locals.push(local);
    }
    const local = locals[0]!;
    return Object.assign((way = 0) => code.get(locals[way] ?? local), { local, locals });
  }
  /** A new value for what lies in locals. */
  assign(to: Value, emit: Emit): void {
    to.locals.forEach((local, way) => {
      emit(way);
      this.code.set(local);
    });
  }
  release(value: Value): void {
    for (const local of value.locals) this.code.release("v128", local);
  }
  private binary(code: number, a: Emit, b: Emit): Emit {
    return (way) => {
      a(way);
      b(way);
      this.code.simd(code);
    };
  }
  private unary(code: number, a: Emit): Emit {
    return (way) => {
      a(way);
      this.code.simd(code);
    };
  }
  add(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.add, a, b);
  }
  sub(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.sub, a, b);
  }
  mul(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.mul, a, b);
  }
  div(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.div, a, b);
  }
  min(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.min, a, b);
  }
  max(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.max, a, b);
  }
  /** a < b ? b : a, lane by lane. */
  pmax(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.pmax, a, b);
  }
  eq(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.eq, a, b);
  }
  lt(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.lt, a, b);
  }
  gt(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.gt, a, b);
  }
  le(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.le, a, b);
  }
  ge(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.ge, a, b);
  }
  neg(a: Emit): Emit {
    return this.unary(this.opcodes.neg, a);
  }
  abs(a: Emit): Emit {
    return this.unary(this.opcodes.abs, a);
  }
  sqrt(a: Emit): Emit {
    return this.unary(this.opcodes.sqrt, a);
  }
  /** Of doubles: the next whole number below. */
  floor(a: Emit): Emit {
    return this.unary(simd.f64x2Floor, a);
  }
  /** Of doubles: rounded to single precision, so that products of two of them are exact. */
  fround(a: Emit): Emit {
    return this.unary(simd.promote, this.unary(simd.demote, a));
  }
  and(a: Emit, b: Emit): Emit {
    return this.binary(simd.and, a, b);
  }
  or(a: Emit, b: Emit): Emit {
    return this.binary(simd.or, a, b);
  }
  xor(a: Emit, b: Emit): Emit {
    return this.binary(simd.xor, a, b);
  }
  /** a and not b. */
  andnot(a: Emit, b: Emit): Emit {
    return this.binary(simd.andnot, a, b);
  }
  addBits(a: Emit, b: Emit): Emit {
    return this.binary(simd.i64x2Add, a, b);
  }
  subBits(a: Emit, b: Emit): Emit {
    return this.binary(simd.i64x2Sub, a, b);
  }
  private shift(code: number, a: Emit, by: number): Emit {
    return (way) => {
      a(way);
      this.code.i32(by);
      this.code.simd(code);
    };
  }
  shiftLeft(a: Emit, by: number): Emit {
    return this.shift(simd.i64x2Shl, a, by);
  }
  shiftRight(a: Emit, by: number): Emit {
    return this.shift(simd.i64x2ShrU, a, by);
  }
  addWords(a: Emit, b: Emit): Emit {
    return this.binary(simd.i32x4Add, a, b);
  }
  subWords(a: Emit, b: Emit): Emit {
    return this.binary(simd.i32x4Sub, a, b);
  }
  shiftWordsLeft(a: Emit, by: number): Emit {
    return this.shift(simd.i32x4Shl, a, by);
  }
  shiftWordsRight(a: Emit, by: number): Emit {
    return this.shift(simd.i32x4ShrU, a, by);
  }
  /** 32 bits in all lanes. */
  word(value: number): Emit {
    const word = BigInt(value >>> 0);
    return this.bits((word << 32n) | word);
  }
  /** Lanes of a where the mask is set, of b elsewhere. */
  select(mask: Emit, a: Emit, b: Emit): Emit {
    return (way) => {
      a(way);
      b(way);
      mask(way);
      this.code.simd(simd.bitselect);
    };
  }
  constant(value: number): Emit {
    const address = this.precision === "f64" ? this.pool.f64(value) : this.pool.f32(value);
    return () => this.loadConstant(address);
  }
  bits(value: bigint): Emit {
    const address = this.pool.bits(value);
    return () => this.loadConstant(address);
  }
  private loadConstant(address: number): void {
    this.code.i32(0);
    this.code.memory(simd.load, address);
  }

  /** A whole vector at a pointer (a local) plus offset bytes. */
  load(pointer: number, offset: number): Emit {
    return (way = 0) => {
      this.code.get(pointer);
      this.code.memory(simd.load, offset + way * 16);
    };
  }
  /** One number in all lanes. */
  loadSplat(pointer: number, offset: number): Emit {
    return () => {
      this.code.get(pointer);
      this.code.memory(this.precision === "f64" ? simd.load64Splat : simd.load32Splat, offset);
    };
  }
  /** `count` numbers `stride` bytes apart, in the first lanes; the others repeat some of them. */
  loadPart(pointer: number, offset: number, count: number, stride: number): Emit {
    if (count === this.width && stride === this.bytes) return this.load(pointer, offset);
    return (way = 0) => {
      const first = offset + way * this.width * stride;
      this.loadSplat(pointer, first)();
      if (stride === 0) return;
      for (let lane = 1; lane < count; lane++) {
        const local = this.code.local("v128");
        this.code.set(local);
        this.code.get(pointer);
        this.code.get(local);
        this.code.memory(
          this.precision === "f64" ? simd.load64Lane : simd.load32Lane,
          first + lane * stride,
          lane,
        );
        this.code.release("v128", local);
      }
    };
  }
  /** Eight bytes at each of two offsets, side by side. */
  loadPairs(pointer: number, first: number, second: number): Emit {
    return () => {
      this.code.get(pointer);
      this.code.memory(simd.load64Zero, first);
      const local = this.code.local("v128");
      this.code.set(local);
      this.code.get(pointer);
      this.code.get(local);
      this.code.memory(simd.load64Lane, second, 1);
      this.code.release("v128", local);
    };
  }
  /** Stores the first `count` lanes `stride` bytes apart. */
  storePart(pointer: number, offset: number, count: number, stride: number, value: Emit): void {
    if (count === this.width && stride === this.bytes) {
      for (let way = 0; way < this.code.ways; way++) {
        this.code.get(pointer);
        value(way);
        this.code.memory(simd.store, offset + way * 16);
      }
      return;
    }
    const kept = this.let(value);
    for (let way = 0; way < this.code.ways; way++)
      for (let lane = 0; lane < count; lane++) {
        this.code.get(pointer);
        kept(way);
        this.code.memory(
          this.precision === "f64" ? simd.store64Lane : simd.store32Lane,
          offset + (way * this.width + lane) * stride,
          lane,
        );
      }
    this.release(kept);
  }
  /** A mask of the first `count` lanes (fewer than all). */
  firstLanes(count: number): Emit {
    const [one, three] = this.precision === "f64" ? [simd.load64Zero, 0] : [simd.load32Zero, 3];
    const all = this.pool.bits(-1n);
    return () => {
      this.code.i32(0);
      this.code.memory(count === 1 ? one : simd.load64Zero, all);
      if (count !== three) return;
      const local = this.code.local("v128");
      this.code.set(local);
      this.code.i32(0);
      this.code.get(local);
      this.code.memory(simd.load32Lane, all, 2);
      this.code.release("v128", local);
    };
  }
  /** Lanes moved: lane i of the result is lane order[i] of a followed by b. */
  permute(a: Emit, b: Emit, order: readonly number[]): Emit {
    const bytes = order.flatMap((lane) =>
      Array.from({ length: this.bytes }, (_, i) => lane * this.bytes + i),
    );
    return (way) => {
      a(way);
      b(way);
      this.code.shuffle(bytes);
    };
  }
  /** How two partial results of a reduction become one. */
  joiner(kind: "sum" | "max" | "min"): (a: Emit, b: Emit) => Emit {
    if (kind === "sum") return (a, b) => this.add(a, b);
    return kind === "max" ? (a, b) => this.max(a, b) : (a, b) => this.min(a, b);
  }
  /** The tree of docs/decisions' rule 1 over two vectors of lanes; the result in lane 0. */
  combine(low: Emit, high: Emit, join: (a: Emit, b: Emit) => Emit): Emit {
    const half = this.let(join(low, high));
    if (this.precision === "f64") return join(half, this.permute(half, half, [1, 0]));
    const quarter = this.let(join(half, this.permute(half, half, [2, 3, 0, 1])));
    return join(quarter, this.permute(quarter, quarter, [1, 0, 3, 2]));
  }
  /** A function of the host, called for each lane: the op's function on numbers, or its single-precision one. */
  host(name: string, operands: readonly Emit[]): Emit {
    const single = this.precision === "f32";
    const index = this.imports.index(single ? `${name} f32` : name, operands.length);
    return (way) => {
      for (let lane = 0; lane < this.width; lane++) {
        for (const operand of operands) {
          operand(way);
          this.code.lane(single ? simd.f32x4Extract : simd.f64x2Extract, lane);
          if (single) this.code.op(op.f64PromoteF32);
        }
        this.code.call(index);
        if (single) this.code.op(op.f32DemoteF64);
        if (lane === 0) this.code.simd(single ? simd.f32x4Splat : simd.f64x2Splat);
        else this.code.lane(single ? simd.f32x4Replace : simd.f64x2Replace, lane);
      }
    };
  }
  /** The value of `fast`, but of the host's function where a lane is outside of where `fast` holds. */
  guarded(fast: Emit, inside: Emit, name: string, operands: readonly Emit[]): Value {
    const result = this.let(fast);
    const { good } = this.code;
    for (let way = 0; way < this.code.ways; way++) {
      inside(way);
      if (good === undefined && way === 0) continue;
      if (good !== undefined) this.code.get(good);
      this.code.simd(simd.and);
      if (good !== undefined) this.code.set(good);
    }
    if (good !== undefined) return result;
    this.code.simd(simd.i32x4AllTrue);
    this.code.ifZero(() => this.assign(result, this.host(name, operands)));
    return result;
  }
  /**
   * Calls a function on doubles with vectors of this precision: the halves of a vector of singles are widened, worked on
   * side by side, and rounded once.
   */
  inDoubles(
    operands: readonly Operand[],
    shared: Shared,
    apply: (machine: Lanes, operands: readonly Operand[]) => Emit,
  ): Emit {
    if (this.precision === "f64") return apply(this, operands);
    const doubles = this.doubles();
    const halves = this.code.interleaved(2, () => {
      const wide = operands.map(
        (operand) =>
          once(shared, "wide", operand, () => [
            doubles.let((half) => {
              if (half === 1) this.permute(operand, operand, [2, 3, 0, 1])(0);
              else operand(0);
              this.code.simd(simd.promote);
            }),
          ])[0]!,
      );
      const value = apply(doubles, wide);
      return this.let((half) => {
        value(half);
        this.code.simd(simd.demote);
      });
    });
    return doubles.permute(
      () => halves(0),
      () => halves(1),
      [0, 2],
    );
  }
}
