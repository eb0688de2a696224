// The code of one function: instructions, locals that are taken and given back, counted loops.
import { Bytes, type ValueType } from "./encoder.ts";
import { op, simd } from "./opcodes.ts";

/** What a value is to a machine without SIMD; without a kind, a number. */
export type Kind = "number" | "bits" | "mask";

/** Emits the instructions that leave a value on the stack: that of one of the interleaved vectors (`Code.ways`). */
export interface Emit {
  (way?: number): void;
  readonly kind?: Kind | undefined;
}

/** A value in locals, one for each of the interleaved vectors. */
export interface Value extends Emit {
  readonly local: number;
  readonly locals: readonly number[];
}

export class Code {
  readonly body: Bytes = new Bytes();
  readonly locals: ValueType[] = [];
  /** How many vectors straight code works on at once, instruction by instruction, so that their latencies overlap. */
  ways = 1;
  /**
   * A local whose bits stay set while all arguments of elementary functions are in the common range: then what is outside
   * of it is found at the end of a loop, and not by a branch to the host in each turn (whose call would empty registers).
   */
  good: Value | undefined;
  /** Emitted once in each turn of a contraction's innermost loop: touches memory that is wanted soon. */
  ahead: (() => void) | undefined;
  /** How often the code that is emitted now runs in one call of the function. */
  runs = 1;
  private readonly parameters: number;
  private readonly free: Record<ValueType, number[]> = {
    i32: [],
    i64: [],
    f32: [],
    f64: [],
    v128: [],
  };
  /** Locals in the order in which they were taken, and which of them are in use. */
  private readonly taken: number[] = [];
  private readonly inUse: boolean[] = [];

  constructor(parameters: number) {
    this.parameters = parameters;
  }

  /** A local; give it back with `release` when its value is no longer needed. */
  local(type: ValueType): number {
    let local = this.free[type].pop();
    if (local === undefined) local = this.parameters + this.locals.push(type) - 1;
    this.taken.push(local);
    this.inUse[local] = true;
    return local;
  }
  release(type: ValueType, local: number): void {
    if (this.inUse[local] !== true) return;
    this.inUse[local] = false;
    this.free[type].push(local);
  }
  /** Runs `emit` and gives back every local that it took. */
  scoped<T>(emit: () => T): T {
    const before = this.taken.length;
    const result = emit();
    while (this.taken.length > before) {
      const local = this.taken.pop()!;
      this.release(this.locals[local - this.parameters]!, local);
    }
    return result;
  }

  /** Runs `emit` with so many interleaved vectors. */
  interleaved<T>(ways: number, emit: () => T): T {
    const before = this.ways;
    this.ways = ways;
    const result = emit();
    this.ways = before;
    return result;
  }

  op(code: number): void {
    this.body.byte(code);
  }
  get(local: number): void {
    this.body.instruction(op.localGet, local);
  }
  set(local: number): void {
    this.body.instruction(op.localSet, local);
  }
  /** A pointer of its own, where this one is. */
  copy(pointer: number): number {
    const copy = this.local("i32");
    this.get(pointer);
    this.set(copy);
    return copy;
  }
  tee(local: number): void {
    this.body.instruction(op.localTee, local);
  }
  i32(value: number): void {
    this.body.byte(op.i32Const);
    this.body.signed(value);
  }
  i64(value: bigint): void {
    this.body.byte(op.i64Const);
    this.body.signed64(value);
  }
  constant(precision: "f64" | "f32", value: number): void {
    this.body.byte(precision === "f64" ? op.f64Const : op.f32Const);
    this.body.float(precision, value);
  }
  call(index: number): void {
    this.body.instruction(op.call, index);
  }
  simd(code: number): void {
    this.body.instruction(0xfd, code);
  }
  /** A SIMD load or store at the address on the stack plus `offset`. Alignment is a hint, and none is given. */
  memory(code: number, offset: number, lane?: number): void {
    this.body.instruction(0xfd, code);
    this.body.instruction(0, offset);
    if (lane !== undefined) this.body.byte(lane);
  }
  /** A plain load or store, likewise. */
  access(code: number, offset: number): void {
    this.op(code);
    this.body.instruction(0, offset);
  }
  lane(code: number, lane: number): void {
    this.simd(code);
    this.body.byte(lane);
  }
  shuffle(bytes: readonly number[]): void {
    this.simd(simd.shuffle);
    for (const byte of bytes) this.body.byte(byte);
  }
  /** Brings a line of memory to the cache: there is no other way to ask for it. */
  touch(pointer: number, offset: number): void {
    this.get(pointer);
    this.access(op.i32Load, offset);
    this.op(op.drop);
  }
  /** A number of so many bytes in memory, as a double. */
  loadNumber(bytes: number, pointer: number): void {
    this.get(pointer);
    this.access(bytes === 8 ? op.f64Load : op.f32Load, 0);
    if (bytes === 4) this.op(op.f64PromoteF32);
  }
  /** The double on the stack to an i32: NaN is 0, what is out of range the nearest. */
  truncate(): void {
    this.op(op.prefix);
    this.body.unsigned(2);
  }
  /** local += amount (i32). */
  increase(local: number, amount: number): void {
    if (amount === 0) return;
    this.get(local);
    this.i32(amount);
    this.op(op.i32Add);
    this.set(local);
  }
  setConstant(local: number, value: number): void {
    this.i32(value);
    this.set(local);
  }
  /** memory.fill with zeros. */
  zeros(address: number, byteLength: number): void {
    for (const value of [address, 0, byteLength]) this.i32(value);
    this.op(op.prefix);
    this.body.unsigned(11);
    this.op(0);
  }
  /** Runs `body` `count` times; emitted once where count is 1. */
  repeat(count: number, body: () => void): void {
    if (count <= 0) return;
    if (count === 1) return body();
    const left = this.local("i32");
    this.setConstant(left, count);
    this.op(op.loop);
    this.op(0x40);
    this.runs *= count;
    body();
    this.runs /= count;
    this.get(left);
    this.i32(1);
    this.op(op.i32Sub);
    this.tee(left);
    this.op(op.brIf);
    this.body.unsigned(0);
    this.op(op.end);
    this.release("i32", left);
  }
  ifElse(then: () => void, otherwise: () => void): void {
    this.op(op.if);
    this.op(0x40);
    then();
    this.op(op.else);
    otherwise();
    this.op(op.end);
  }
  /** `body` where the i32 on the stack is 0. */
  ifZero(body: () => void): void {
    this.op(op.i32Eqz);
    this.op(op.if);
    this.op(0x40);
    body();
    this.op(op.end);
  }
}
