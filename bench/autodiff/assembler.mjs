// A small assembler for WebAssembly written by hand: expressions are arrays of bytes, a function collects statements.

const leb = (value) => {
  const bytes = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
};
const signed = (value) => {
  const bytes = [];
  for (let rest = value | 0; ;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) return [...bytes, low];
    bytes.push(low | 128);
  }
};

const TYPES = { i32: 0x7f, v128: 0x7b };
export const i32 = (value) => [0x41, ...signed(value)];
export const get = (local) => [0x20, ...leb(local)];
export const addI32 = (a, b) => [...a, ...b, 0x6a];

const simd =
  (code) =>
  (...operands) => [...operands.flat(), 0xfd, ...leb(code)];
const load =
  (code) =>
  (address, offset = 0) => [...address, 0xfd, ...leb(code), 0, ...leb(offset)];

/** Bytes at the beginning of memory for constants: engines are slow to make them of immediates. */
export const CONSTANTS = 2048;

/** Vectors of doubles or of singles: their instructions, how many lanes they have, and the constants that were asked for. */
export function lanes(precision) {
  const double = precision === "f64";
  const [compare, abs] = double ? [0x47, 0xec] : [0x41, 0xe0];
  const bytes = double ? 8 : 4;
  const constants = [];
  const pooled = (word) => {
    let at = constants.indexOf(word);
    if (at < 0) at = constants.push(word) - 1;
    return load(0x00)(i32(0), 16 * at);
  };
  const one = double ? new Float64Array(1) : new Float32Array(2);
  return {
    precision,
    bytes,
    constants,
    width: 16 / bytes,
    load: load(0x00),
    loadSplat: load(double ? 0x0a : 0x09),
    /** The first number, and zeros; the first 8 bytes, and zeros. */
    loadFirst: load(double ? 0x5d : 0x5c),
    loadHalf: load(0x5d),
    constant: (value) => pooled(new BigUint64Array(one.fill(value).buffer)[0]),
    bits: pooled,
    lt: simd(compare + 2),
    ge: simd(compare + 5),
    abs: simd(abs),
    neg: simd(abs + 1),
    add: simd(abs + 4),
    sub: simd(abs + 5),
    mul: simd(abs + 6),
    div: simd(abs + 7),
    pmax: simd(abs + 11),
    or: simd(0x50),
    andnot: simd(0x4f),
    select: (mask, a, b) => simd(0x52)(a, b, mask),
    /** Integers in lanes as wide as the numbers. */
    addBits: simd(double ? 0xce : 0xae),
    subBits: simd(double ? 0xd1 : 0xb1),
    shiftLeft: (a, by) => [...a, ...i32(by), 0xfd, ...leb(double ? 0xcb : 0xab)],
    shiftRight: (a, by) => [...a, ...i32(by), 0xfd, ...leb(double ? 0xcd : 0xad)],
    shuffle: (a, b, order) => [
      ...a,
      ...b,
      0xfd,
      13,
      ...order.flatMap((lane) => Array.from({ length: bytes }, (_, i) => lane * bytes + i)),
    ],
  };
}
/** A function without parameters and results. */
export class Code {
  body = [];
  locals = [];
  local(type) {
    return this.locals.push(type) - 1;
  }
  set(local, value) {
    this.body.push(...value, 0x21, ...leb(local));
  }
  /** A new vector local with this value; gives the expression that reads it. */
  let(value) {
    const local = this.local("v128");
    this.set(local, value);
    return get(local);
  }
  store(address, offset, value) {
    this.body.push(...address, ...value, 0xfd, 0x0b, 0, ...leb(offset));
  }
  /** The first number of a vector; its first 8 bytes. */
  storeFirst(address, offset, value, bytes) {
    this.body.push(...address, ...value, 0xfd, bytes === 8 ? 0x5b : 0x5a, 0, ...leb(offset), 0);
  }
  /** Runs `body` for pointer = start, start + step … below end: at least once. Bounds are numbers, or expressions. */
  loop(pointer, start, end, step, body) {
    this.set(pointer, Array.isArray(start) ? start : i32(start));
    this.body.push(0x03, 0x40);
    body();
    this.set(pointer, addI32(get(pointer), i32(step)));
    this.body.push(...get(pointer), ...(Array.isArray(end) ? end : i32(end)), 0x48, 0x0d, 0, 0x0b);
  }
}

const section = (id, items) => {
  const content = [...leb(items.length), ...items.flat()];
  return [id, ...leb(content.length), ...content];
};

/** A running module: { memory, run }. */
export function assemble(code, byteLength, constants) {
  const name = (text) => [text.length, ...new TextEncoder().encode(text)];
  const body = [
    ...leb(code.locals.length),
    ...code.locals.flatMap((type) => [1, TYPES[type]]),
    ...code.body,
    0x0b,
  ];
  const bytes = Uint8Array.from([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0, // "\0asm", version 1
    ...section(1, [[0x60, 0, 0]]),
    ...section(3, [[0]]),
    ...section(5, [[0, ...leb(Math.ceil(byteLength / 65_536))]]),
    ...section(7, [
      [...name("memory"), 2, 0],
      [...name("run"), 0, 0],
    ]),
    ...section(10, [[...leb(body.length), ...body]]),
  ]);
  const { memory, run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  const words = new BigUint64Array(memory.buffer, 0, 2 * constants.length);
  constants.forEach((word, k) => words.fill(word, 2 * k, 2 * k + 2));
  return { memory, run };
}
