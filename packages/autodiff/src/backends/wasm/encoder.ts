// Bytes of a WebAssembly module: numbers in LEB128, sections, functions.

/** Bytes that grow. */
export class Bytes {
  private data = new Uint8Array(1024);
  length = 0;

  byte(value: number): void {
    if (this.length === this.data.length) this.grow(this.length + 1);
    this.data[this.length++] = value;
  }
  private grow(least: number): void {
    const wider = new Uint8Array(Math.max(least, 2 * this.data.length));
    wider.set(this.data);
    this.data = wider;
  }
  /** A byte and an unsigned number: what most instructions are. */
  instruction(code: number, value: number): void {
    if (value >= 0x80 || this.length + 2 > this.data.length) {
      this.byte(code);
      this.unsigned(value);
      return;
    }
    this.data[this.length] = code;
    this.data[this.length + 1] = value;
    this.length += 2;
  }
  /** Unsigned LEB128 of a number below 2³². */
  unsigned(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }
  /** Signed LEB128 of a 32-bit integer. */
  signed(value: number): void {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
      this.byte(done ? low : low | 0x80);
      if (done) return;
    }
  }
  /** Signed LEB128 of a 64-bit integer. */
  signed64(value: bigint): void {
    let rest = BigInt.asIntN(64, value);
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      const done = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
      this.byte(done ? low : low | 0x80);
      if (done) return;
    }
  }
  /** The bytes of a number, the lowest first. */
  float(precision: "f64" | "f32", value: number): void {
    const view = new DataView(new ArrayBuffer(8));
    if (precision === "f64") view.setFloat64(0, value, true);
    else view.setFloat32(0, value, true);
    for (let i = 0; i < (precision === "f64" ? 8 : 4); i++) this.byte(view.getUint8(i));
  }
  text(value: string): void {
    this.unsigned(value.length);
    for (let i = 0; i < value.length; i++) this.byte(value.charCodeAt(i));
  }
  append(other: Bytes): void {
    const end = this.length + other.length;
    if (end > this.data.length) this.grow(end);
    this.data.set(other.data.subarray(0, other.length), this.length);
    this.length = end;
  }
  result(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.length);
  }
}

export const valueType = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueType;

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface ImportedFunction {
  readonly name: string;
  readonly type: FunctionType;
}

/** A function's own code: `locals` follow its parameters; `body` without the final end. */
export interface FunctionBody {
  readonly type: FunctionType;
  readonly locals: readonly ValueType[];
  readonly body: Bytes;
  readonly exported?: string;
}

/** Adds a section of so many items, if there are any. */
function section(module: Bytes, id: number, items: number, content: Bytes): void {
  if (items === 0) return;
  const count = new Bytes();
  count.unsigned(items);
  module.instruction(id, count.length + content.length);
  module.append(count);
  module.append(content);
}

function writeType(types: Bytes, { parameters, results }: FunctionType): void {
  types.byte(0x60);
  for (const list of [parameters, results]) {
    types.unsigned(list.length);
    for (const type of list) types.byte(valueType[type]);
  }
}

function writeCode(codes: Bytes, { locals, body }: FunctionBody): void {
  const code = new Bytes();
  code.unsigned(locals.length);
  for (const local of locals) code.instruction(1, valueType[local]);
  code.append(body);
  code.byte(0x0b);
  codes.unsigned(code.length);
  codes.append(code);
}

/** A module with imports from "host", one exported memory of `pages` × 64 KiB (or one from "host"), and functions. */
export function encodeModule(
  imports: readonly ImportedFunction[],
  functions: readonly FunctionBody[],
  pages: number,
  ownMemory = true,
): Uint8Array<ArrayBuffer> {
  const [types, imported, indices, exported, codes] = [0, 1, 2, 3, 4].map(() => new Bytes()) as [
    Bytes,
    Bytes,
    Bytes,
    Bytes,
    Bytes,
  ];
  const importing = (name: string, kind: number, index: number): void => {
    imported.text("host");
    imported.text(name);
    imported.instruction(kind, index);
  };
  let exports = 0;
  const exporting = (name: string, kind: number, index: number): void => {
    exports++;
    exported.text(name);
    exported.instruction(kind, index);
  };
  for (const [i, { name, type }] of imports.entries()) {
    writeType(types, type);
    importing(name, 0, i);
  }
  for (const [i, one] of functions.entries()) {
    writeType(types, one.type);
    indices.unsigned(imports.length + i);
    if (one.exported !== undefined) exporting(one.exported, 0, imports.length + i);
    writeCode(codes, one);
  }
  const memory = new Bytes();
  memory.instruction(0, pages);
  if (ownMemory) exporting("memory", 2, 0);
  else {
    importing("memory", 2, 0);
    imported.unsigned(pages);
  }
  const module = new Bytes();
  for (const byte of [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) module.byte(byte);
  section(module, 1, imports.length + functions.length, types);
  section(module, 2, imports.length + (ownMemory ? 0 : 1), imported);
  section(module, 3, functions.length, indices);
  section(module, 5, ownMemory ? 1 : 0, memory);
  section(module, 7, exports, exported);
  section(module, 10, functions.length, codes);
  return module.result();
}
