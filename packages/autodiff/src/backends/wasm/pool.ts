// What the code of a module refers to by number: constants in its memory, and functions of the host.
import type { FunctionType, ImportedFunction } from "./encoder.ts";
import type { Imports, Pool } from "./lanes.ts";

/** Vectors of equal lanes that the code loads. */
export class ConstantPool implements Pool {
  private readonly known = new Map<bigint, number>();
  private readonly doubles = new Map<number, number>();
  private readonly singles = new Map<number, number>();
  private readonly address: number;
  private readonly room: number;
  constructor(address: number, room: number) {
    this.address = address;
    this.room = room;
  }
  bits(value: bigint): number {
    const word = BigInt.asUintN(64, value);
    let index = this.known.get(word);
    if (index === undefined) {
      index = this.known.size;
      if (index >= this.room) throw new Error("too many constants");
      this.known.set(word, index);
    }
    return this.address + 16 * index;
  }
  f64(value: number): number {
    return this.number(this.doubles, value, () => new BigUint64Array(Float64Array.of(value).buffer)[0]!);
  }
  f32(value: number): number {
    return this.number(this.singles, value, () => {
      const word = BigInt(new Uint32Array(Float32Array.of(value).buffer)[0]!);
      return (word << 32n) | word;
    });
  }
  private number(known: Map<number, number>, value: number, word: () => bigint): number {
    // A map does not tell −0 from 0.
    if (Object.is(value, -0)) return this.bits(word());
    let address = known.get(value);
    if (address === undefined) known.set(value, (address = this.bits(word())));
    return address;
  }
  words(): BigUint64Array {
    return BigUint64Array.from([...this.known.keys()].flatMap((word) => [word, word]));
  }
}

export class ImportTable implements Imports {
  readonly list: ImportedFunction[] = [];
  index(name: string, arity: number): number {
    return this.typed(name, { parameters: new Array<"f64">(arity).fill("f64"), results: ["f64"] });
  }
  typed(name: string, type: FunctionType): number {
    let index = this.list.findIndex((one) => one.name === name);
    if (index < 0) {
      index = this.list.length;
      this.list.push({ name, type });
    }
    return index;
  }
}
