// The machine without SIMD: vectors of one lane, an f64 or f32. Masks are i32 of 0 and 1, bits are whole numbers of a lane's size;
// an expression says of which kind it is, and is converted where another kind is wanted.
import type { Precision } from "../backend.ts";
import type { Code, Emit, Kind } from "./code.ts";
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
import { f32, f64, op, type ScalarOpcodes } from "./opcodes.ts";
import { once, type Operand, type Shared } from "./shared.ts";

const ofKind = (kind: Kind, emit: (way?: number) => void): Emit => Object.assign(emit, { kind });

export class ScalarLanes extends Lanes {
  private readonly opcodes: ScalarOpcodes;

  constructor(code: Code, pool: Pool, imports: Imports, precision: Precision) {
    super(code, pool, imports, precision, 1);
    this.opcodes = precision === "f64" ? f64 : f32;
  }

  protected typeOf(kind: Kind | undefined): ValueType {
    if (kind === "mask") return "i32";
    return kind === "bits" ? this.opcodes.integer : this.precision;
  }
  private integerConstant(value: bigint): void {
    if (this.precision === "f64") this.code.i64(value);
    else this.code.i32(Number(BigInt.asIntN(32, value)));
  }
  number(a: Emit): Emit {
    if ((a.kind ?? "number") === "number") return a;
    const bits = this.asBits(a);
    return (way) => {
      bits(way);
      this.code.op(this.opcodes.fromBits);
    };
  }
  private asBits(a: Emit): Emit {
    if (a.kind === "bits") return a;
    return ofKind("bits", (way) => {
      // 0 − 1 has all bits set
      if (a.kind === "mask") this.integerConstant(0n);
      a(way);
      if (a.kind !== "mask") return this.code.op(this.opcodes.toBits);
      if (this.precision === "f64") this.code.op(op.i64ExtendI32U);
      this.code.op(this.opcodes.subBits);
    });
  }
  private asMask(a: Emit): Emit {
    if (a.kind === "mask") return a;
    const bits = this.asBits(a);
    return ofKind("mask", (way) => {
      bits(way);
      this.integerConstant(0n);
      this.code.op(this.opcodes.neBits);
    });
  }
  private both(code: number, kind: Kind, a: Emit, b: Emit): Emit {
    return ofKind(kind, (way) => {
      a(way);
      b(way);
      this.code.op(code);
    });
  }
  protected arithmetic(name: Arithmetic, a: Emit, b: Emit): Emit {
    return this.both(this.opcodes[name], "number", this.number(a), this.number(b));
  }
  protected compare(name: Comparison, a: Emit, b: Emit): Emit {
    return this.both(this.opcodes[name], "mask", this.number(a), this.number(b));
  }
  protected unary(name: Unary, a: Emit): Emit {
    const number = this.number(a);
    return (way) => {
      number(way);
      this.code.op(this.opcodes[name]);
    };
  }
  protected logic(name: Logic, a: Emit, b: Emit): Emit {
    const masks = a.kind === "mask" && b.kind === "mask";
    if (!masks && name === "and" && b.kind === "mask") return this.keep(a, b, false);
    if (!masks && name === "and" && a.kind === "mask") return this.keep(b, a, false);
    if (!masks && name === "andnot" && b.kind === "mask") return this.keep(a, b, true);
    const [x, y] = masks ? [a, b] : [this.asBits(a), this.asBits(b)];
    const integer = masks ? "i32" : this.opcodes.integer;
    return ofKind(masks ? "mask" : "bits", (way) => {
      x(way);
      y(way);
      if (name === "andnot") {
        if (integer === "i64") this.code.i64(-1n);
        else this.code.i32(-1);
        this.code.op(integer === "i64" ? op.i64Xor : op.i32Xor);
      }
      const logic = name === "andnot" ? "and" : name;
      this.code.op(integer === "i64" ? wide[logic] : narrow[logic]);
    });
  }
  /** A value where the mask is set (or, `not`, where it is not), and 0 elsewhere. */
  private keep(value: Emit, mask: Emit, not: boolean): Emit {
    const zero = value.kind === "bits" ? ofKind("bits", () => this.integerConstant(0n)) : this.constant(0);
    return not ? this.choose(mask, zero, value, value.kind) : this.choose(mask, value, zero, value.kind);
  }
  private choose(mask: Emit, a: Emit, b: Emit, kind: Kind | undefined): Emit {
    const condition = this.asMask(mask);
    return ofKind(kind ?? "number", (way) => {
      a(way);
      b(way);
      condition(way);
      this.code.op(op.select);
    });
  }
  protected integer(name: Integer, a: Emit, b: Emit | number): Emit {
    const by = typeof b === "number" ? () => this.integerConstant(BigInt(b)) : this.asBits(b);
    return this.both(this.opcodes[name], "bits", this.asBits(a), by);
  }
  pmax(a: Emit, b: Emit): Emit {
    return (way) =>
      this.code.interleaved(1, () => {
        const [x, y] = [this.let(() => this.number(a)(way)), this.let(() => this.number(b)(way))];
        this.select(this.lt(x, y), y, x)();
        this.release(x);
        this.release(y);
      });
  }
  fround(a: Emit): Emit {
    const number = this.number(a);
    return (way) => {
      number(way);
      this.code.op(op.f32DemoteF64);
      this.code.op(op.f64PromoteF32);
    };
  }
  select(mask: Emit, a: Emit, b: Emit): Emit {
    return this.choose(mask, this.number(a), this.number(b), "number");
  }
  constant(value: number): Emit {
    return () => this.code.constant(this.precision, value);
  }
  bits(value: bigint): Emit {
    return ofKind("bits", () => this.integerConstant(value));
  }
  everywhere(): Emit {
    return ofKind("mask", () => this.code.i32(1));
  }
  /** There is no part of one lane. */
  firstLanes(): Emit {
    return this.everywhere();
  }
  unlessAll(mask: Emit, body: () => void): void {
    const condition = this.asMask(mask);
    for (let way = 0; way < this.code.ways; way++) {
      condition(way);
      if (way > 0) this.code.op(op.i32And);
    }
    this.code.ifZero(body);
  }

  load(pointer: number, offset: number): Emit {
    return this.loadPart(pointer, offset, 1, this.bytes);
  }
  loadSplat(pointer: number, offset: number): Emit {
    return this.loadPart(pointer, offset, 1, 0);
  }
  loadPart(pointer: number, offset: number, _count: number, stride: number): Emit {
    return (way = 0) => {
      this.code.get(pointer);
      this.code.access(this.opcodes.load, offset + way * stride);
    };
  }
  loadPairs(pointer: number, first: number): Emit {
    return this.loadSplat(pointer, first);
  }
  storePart(pointer: number, offset: number, _count: number, stride: number, value: Emit): void {
    const number = this.number(value);
    for (let way = 0; way < this.code.ways; way++) {
      this.code.get(pointer);
      number(way);
      this.code.access(this.opcodes.store, offset + way * stride);
    }
  }
  permute(a: Emit, b: Emit, [lane]: readonly number[]): Emit {
    return lane === 0 ? a : b;
  }

  host(name: string, operands: readonly Emit[]): Emit {
    const single = this.precision === "f32";
    const index = this.imports.index(single ? `${name} f32` : name, operands.length);
    return (way) => {
      for (const operand of operands) {
        this.number(operand)(way);
        if (single) this.code.op(op.f64PromoteF32);
      }
      this.code.call(index);
      if (single) this.code.op(op.f32DemoteF64);
    };
  }
  inDoubles(
    operands: readonly Operand[],
    shared: Shared,
    apply: (machine: Lanes, operands: readonly Operand[]) => Emit,
  ): Emit {
    if (this.precision === "f64") return apply(this, operands);
    const doubles = new ScalarLanes(this.code, this.pool, this.imports, "f64");
    const convert =
      (code: number, value: Emit): Emit =>
      (way) => {
        value(way);
        this.code.op(code);
      };
    const wide = operands.map(
      (operand) =>
        once(shared, "wide", operand, () => [
          doubles.let(convert(op.f64PromoteF32, this.number(operand))),
        ])[0]!,
    );
    return convert(op.f32DemoteF64, doubles.number(apply(doubles, wide)));
  }
}

const narrow = { and: op.i32And, or: op.i32Or, xor: op.i32Xor };
const wide = { and: op.i64And, or: op.i64Or, xor: op.i64Xor };
