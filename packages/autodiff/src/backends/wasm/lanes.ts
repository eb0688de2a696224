// The machine that code is emitted for: expressions on vectors of lanes, of which a machine without SIMD has one each. What all
// machines share is here; vector-lanes.ts and scalar-lanes.ts say which instructions it is.
import type { Precision } from "../backend.ts";
import type { Code, Emit, Kind, Value } from "./code.ts";
import type { ValueType } from "./encoder.ts";
import type { Operand, Shared } from "./shared.ts";

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

export type Arithmetic = "add" | "sub" | "mul" | "div" | "min" | "max";
export type Comparison = "eq" | "lt" | "gt" | "le" | "ge";
export type Unary = "neg" | "abs" | "sqrt" | "floor";
export type Logic = "and" | "or" | "xor" | "andnot";
/** On the bits of each lane as a whole number. */
export type Integer = "addBits" | "subBits" | "shiftLeft" | "shiftRight";

/** Lanes of a sum along the contiguous axis take so many bytes on every machine (order of summation, rule 1). */
export const SUM_BYTES = 32;

export abstract class Lanes {
  readonly code: Code;
  readonly pool: Pool;
  readonly imports: Imports;
  readonly precision: Precision;
  /** Lanes in a vector; bytes of a lane. */
  readonly width: number;
  readonly bytes: number;

  constructor(code: Code, pool: Pool, imports: Imports, precision: Precision, width: number) {
    this.code = code;
    this.pool = pool;
    this.imports = imports;
    this.precision = precision;
    this.width = width;
    this.bytes = precision === "f64" ? 8 : 4;
  }

  /** The type of a local for such values. */
  protected abstract typeOf(kind: Kind | undefined): ValueType;
  protected abstract arithmetic(name: Arithmetic, a: Emit, b: Emit): Emit;
  protected abstract compare(name: Comparison, a: Emit, b: Emit): Emit;
  protected abstract unary(name: Unary, a: Emit): Emit;
  protected abstract logic(name: Logic, a: Emit, b: Emit): Emit;
  protected abstract integer(name: Integer, a: Emit, b: Emit | number): Emit;

  /** a < b ? b : a, lane by lane. */
  abstract pmax(a: Emit, b: Emit): Emit;
  /** Of doubles: rounded to single precision, so that products of two of them are exact. */
  abstract fround(a: Emit): Emit;
  /** Lanes of a where the mask is set, of b elsewhere. */
  abstract select(mask: Emit, a: Emit, b: Emit): Emit;
  abstract constant(value: number): Emit;
  /** The same bits in all lanes, as many as a lane has. */
  abstract bits(value: bigint): Emit;
  /** A mask of all lanes; and of the first `count`, fewer than all. */
  abstract everywhere(): Emit;
  abstract firstLanes(count: number): Emit;
  /** What may be a mask or bits, as a number: what others store, sum or move. */
  abstract number(a: Emit): Emit;
  /** Runs `body` unless the mask is set in all lanes of all interleaved vectors. */
  abstract unlessAll(mask: Emit, body: () => void): void;

  /** A whole vector at a pointer (a local) plus offset bytes. */
  abstract load(pointer: number, offset: number): Emit;
  /** One number in all lanes. */
  abstract loadSplat(pointer: number, offset: number): Emit;
  /** `count` numbers `stride` bytes apart, in the first lanes; the others repeat some of them. */
  abstract loadPart(pointer: number, offset: number, count: number, stride: number): Emit;
  /** Eight bytes at each of two offsets, side by side, where vectors are that wide. */
  abstract loadPairs(pointer: number, first: number, second: number): Emit;
  /** Stores the first `count` lanes `stride` bytes apart. */
  abstract storePart(pointer: number, offset: number, count: number, stride: number, value: Emit): void;
  /** Lanes moved: lane i of the result is lane order[i] of a followed by b. */
  abstract permute(a: Emit, b: Emit, order: readonly number[]): Emit;

  /** A function of the host, called for each lane: the op's function on numbers, or its single-precision one. */
  abstract host(name: string, operands: readonly Emit[]): Emit;
  /** Calls a function on doubles with vectors of this precision: widened before, and rounded once after. */
  abstract inDoubles(
    operands: readonly Operand[],
    shared: Shared,
    apply: (machine: Lanes, operands: readonly Operand[]) => Emit,
  ): Emit;

  /** Evaluates now, into a local; the result reads it. */
  let(emit: Emit): Value {
    const { code } = this;
    const type = this.typeOf(emit.kind);
    const locals: number[] = [];
    for (let way = 0; way < code.ways; way++) {
      const local = code.local(type);
      emit(way);
      code.set(local);
      locals.push(local);
    }
    const local = locals[0]!;
    const read = (way = 0): void => code.get(locals[way] ?? local);
    return Object.assign(read, { kind: emit.kind, local, locals });
  }
  /** A new value, of the same kind, for what lies in locals. */
  assign(to: Value, emit: Emit): void {
    to.locals.forEach((local, way) => {
      emit(way);
      this.code.set(local);
    });
  }
  release(value: Value): void {
    for (const local of value.locals) this.code.release(this.typeOf(value.kind), local);
  }
  add(a: Emit, b: Emit): Emit {
    return this.arithmetic("add", a, b);
  }
  sub(a: Emit, b: Emit): Emit {
    return this.arithmetic("sub", a, b);
  }
  mul(a: Emit, b: Emit): Emit {
    return this.arithmetic("mul", a, b);
  }
  div(a: Emit, b: Emit): Emit {
    return this.arithmetic("div", a, b);
  }
  min(a: Emit, b: Emit): Emit {
    return this.arithmetic("min", a, b);
  }
  max(a: Emit, b: Emit): Emit {
    return this.arithmetic("max", a, b);
  }
  eq(a: Emit, b: Emit): Emit {
    return this.compare("eq", a, b);
  }
  lt(a: Emit, b: Emit): Emit {
    return this.compare("lt", a, b);
  }
  gt(a: Emit, b: Emit): Emit {
    return this.compare("gt", a, b);
  }
  le(a: Emit, b: Emit): Emit {
    return this.compare("le", a, b);
  }
  ge(a: Emit, b: Emit): Emit {
    return this.compare("ge", a, b);
  }
  neg(a: Emit): Emit {
    return this.unary("neg", a);
  }
  abs(a: Emit): Emit {
    return this.unary("abs", a);
  }
  sqrt(a: Emit): Emit {
    return this.unary("sqrt", a);
  }
  /** The next whole number below. */
  floor(a: Emit): Emit {
    return this.unary("floor", a);
  }
  and(a: Emit, b: Emit): Emit {
    return this.logic("and", a, b);
  }
  or(a: Emit, b: Emit): Emit {
    return this.logic("or", a, b);
  }
  xor(a: Emit, b: Emit): Emit {
    return this.logic("xor", a, b);
  }
  /** a and not b. */
  andnot(a: Emit, b: Emit): Emit {
    return this.logic("andnot", a, b);
  }
  addBits(a: Emit, b: Emit): Emit {
    return this.integer("addBits", a, b);
  }
  subBits(a: Emit, b: Emit): Emit {
    return this.integer("subBits", a, b);
  }
  shiftLeft(a: Emit, by: number): Emit {
    return this.integer("shiftLeft", a, by);
  }
  shiftRight(a: Emit, by: number): Emit {
    return this.integer("shiftRight", a, by);
  }
}
