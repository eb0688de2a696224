// The machine with SIMD: f64x2 or f32x4 in values of 128 bits; masks are lanes of ones, constants lie in memory.
import type { Precision } from "../backend.ts";
import type { Code, Emit } from "./code.ts";
import type { ValueType } from "./encoder.ts";
import {
  Lanes,
  type Arithmetic,
  type Comparison,
  type Imports,
  type Integer,
  type Logic,
  type Pool,
  type Unary,
} from "./lanes.ts";
import { f32x4, f64x2, op, simd, type LaneOpcodes } from "./opcodes.ts";
import { once, type Operand, type Shared } from "./shared.ts";

export class VectorLanes extends Lanes {
  private readonly opcodes: LaneOpcodes;

  constructor(code: Code, pool: Pool, imports: Imports, precision: Precision) {
    super(code, pool, imports, precision, precision === "f64" ? 2 : 4);
    this.opcodes = precision === "f64" ? f64x2 : f32x4;
  }

  protected typeOf(): ValueType {
    return "v128";
  }
  private binary(code: number, a: Emit, b: Emit): Emit {
    return (way) => {
      a(way);
      b(way);
      this.code.simd(code);
    };
  }
  private one(code: number, a: Emit): Emit {
    return (way) => {
      a(way);
      this.code.simd(code);
    };
  }
  protected arithmetic(name: Arithmetic, a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes[name], a, b);
  }
  protected compare(name: Comparison, a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes[name], a, b);
  }
  protected unary(name: Unary, a: Emit): Emit {
    return this.one(this.opcodes[name], a);
  }
  protected logic(name: Logic, a: Emit, b: Emit): Emit {
    return this.binary(simd[name], a, b);
  }
  protected integer(name: Integer, a: Emit, b: Emit | number): Emit {
    return this.binary(this.opcodes[name], a, typeof b === "number" ? () => this.code.i32(b) : b);
  }
  pmax(a: Emit, b: Emit): Emit {
    return this.binary(this.opcodes.pmax, a, b);
  }
  fround(a: Emit): Emit {
    return this.one(simd.promote, this.one(simd.demote, a));
  }
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
    const word = BigInt.asUintN(32, value);
    const address = this.pool.bits(this.precision === "f64" ? value : (word << 32n) | word);
    return () => this.loadConstant(address);
  }
  private loadConstant(address: number): void {
    this.code.i32(0);
    this.code.memory(simd.load, address);
  }
  everywhere(): Emit {
    return this.bits(-1n);
  }
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
  number(a: Emit): Emit {
    return a;
  }
  unlessAll(mask: Emit, body: () => void): void {
    for (let way = 0; way < this.code.ways; way++) {
      mask(way);
      if (way > 0) this.code.simd(simd.and);
    }
    this.code.simd(simd.i32x4AllTrue);
    this.code.ifZero(body);
  }

  load(pointer: number, offset: number): Emit {
    return (way = 0) => {
      this.code.get(pointer);
      this.code.memory(simd.load, offset + way * 16);
    };
  }
  loadSplat(pointer: number, offset: number): Emit {
    return () => {
      this.code.get(pointer);
      this.code.memory(this.precision === "f64" ? simd.load64Splat : simd.load32Splat, offset);
    };
  }
  loadPart(pointer: number, offset: number, count: number, stride: number): Emit {
    if (count === this.width && stride === this.bytes) return this.load(pointer, offset);
    const lanes = this.precision === "f64" ? simd.load64Lane : simd.load32Lane;
    return (way = 0) => {
      const first = offset + way * this.width * stride;
      this.loadSplat(pointer, first)();
      if (stride === 0) return;
      for (let lane = 1; lane < count; lane++) this.loadLane(lanes, pointer, first + lane * stride, lane);
    };
  }
  loadPairs(pointer: number, first: number, second: number): Emit {
    return () => {
      this.code.get(pointer);
      this.code.memory(simd.load64Zero, first);
      this.loadLane(simd.load64Lane, pointer, second, 1);
    };
  }
  /** Loads one lane of the vector on the stack. */
  private loadLane(code: number, pointer: number, offset: number, lane: number): void {
    const local = this.code.local("v128");
    this.code.set(local);
    this.code.get(pointer);
    this.code.get(local);
    this.code.memory(code, offset, lane);
    this.code.release("v128", local);
  }
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
    const lanes = this.precision === "f64" ? simd.store64Lane : simd.store32Lane;
    for (let way = 0; way < this.code.ways; way++)
      for (let lane = 0; lane < count; lane++) {
        this.code.get(pointer);
        kept(way);
        this.code.memory(lanes, offset + (way * this.width + lane) * stride, lane);
      }
    this.release(kept);
  }
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
  /** The halves of a vector of singles are worked on side by side. */
  inDoubles(
    operands: readonly Operand[],
    shared: Shared,
    apply: (machine: Lanes, operands: readonly Operand[]) => Emit,
  ): Emit {
    if (this.precision === "f64") return apply(this, operands);
    const doubles = new VectorLanes(this.code, this.pool, this.imports, "f64");
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
