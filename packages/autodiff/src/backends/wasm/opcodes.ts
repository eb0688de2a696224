// The WebAssembly instructions that the backend uses (core specification 2.0 with SIMD; no relaxed instructions, no FMA).

/** Plain instructions: one byte. */
export const op = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  f32Load: 0x2a,
  f64Load: 0x2b,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32Eqz: 0x45,
  i32LtU: 0x49,
  f64Eq: 0x61,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i32And: 0x71,
  i32Or: 0x72,
  i32Xor: 0x73,
  i64And: 0x83,
  i64Or: 0x84,
  i64Xor: 0x85,
  i64ExtendI32U: 0xad,
  f32DemoteF64: 0xb6,
  f64ConvertI32: 0xb7,
  f64PromoteF32: 0xbb,
  /** i32.trunc_sat_f64_s is 2 after it, memory.fill 11. */
  prefix: 0xfc,
} as const;

/** SIMD instructions: a byte 0xfd, then this number. */
export const simd = {
  load: 0x00,
  load32Splat: 0x09,
  load64Splat: 0x0a,
  store: 0x0b,
  shuffle: 0x0d,
  f32x4Splat: 0x13,
  f64x2Splat: 0x14,
  f64x2Extract: 0x21,
  f64x2Replace: 0x22,
  and: 0x4e,
  andnot: 0x4f,
  or: 0x50,
  xor: 0x51,
  bitselect: 0x52,
  load32Lane: 0x56,
  load64Lane: 0x57,
  store32Lane: 0x5a,
  store64Lane: 0x5b,
  load32Zero: 0x5c,
  load64Zero: 0x5d,
  demote: 0x5e,
  promote: 0x5f,
  f32x4Extract: 0x1f,
  f32x4Replace: 0x20,
  i32x4AllTrue: 0xa3,
} as const;

/** Arithmetic on numbers, and on their bits as whole numbers. */
interface NumberOpcodes {
  readonly eq: number;
  readonly lt: number;
  readonly gt: number;
  readonly le: number;
  readonly ge: number;
  readonly abs: number;
  readonly neg: number;
  readonly sqrt: number;
  readonly floor: number;
  readonly add: number;
  readonly sub: number;
  readonly mul: number;
  readonly div: number;
  readonly min: number;
  readonly max: number;
  readonly addBits: number;
  readonly subBits: number;
  readonly shiftLeft: number;
  readonly shiftRight: number;
}

/** Of vectors, after the byte 0xfd, in either precision. */
export interface LaneOpcodes extends NumberOpcodes {
  readonly pmax: number;
}
const lanes = (eq: number, abs: number, floor: number, shiftLeft: number): LaneOpcodes => ({
  eq,
  lt: eq + 2,
  gt: eq + 3,
  le: eq + 4,
  ge: eq + 5,
  abs,
  neg: abs + 1,
  sqrt: abs + 3,
  floor,
  add: abs + 4,
  sub: abs + 5,
  mul: abs + 6,
  div: abs + 7,
  min: abs + 8,
  max: abs + 9,
  pmax: abs + 11,
  shiftLeft,
  shiftRight: shiftLeft + 2,
  addBits: shiftLeft + 3,
  subBits: shiftLeft + 6,
});
export const f32x4: LaneOpcodes = lanes(0x41, 0xe0, 0x67, 0xab);
export const f64x2: LaneOpcodes = lanes(0x47, 0xec, 0x75, 0xcb);

/** Of plain numbers. */
export interface ScalarOpcodes extends NumberOpcodes {
  /** The type of a number's bits. */
  readonly integer: "i32" | "i64";
  readonly toBits: number;
  readonly fromBits: number;
  readonly neBits: number;
  readonly load: number;
  readonly store: number;
}
const scalar = (eq: number, abs: number, addBits: number) => ({
  eq,
  lt: eq + 2,
  gt: eq + 3,
  le: eq + 4,
  ge: eq + 5,
  abs,
  neg: abs + 1,
  floor: abs + 3,
  sqrt: abs + 6,
  add: abs + 7,
  sub: abs + 8,
  mul: abs + 9,
  div: abs + 10,
  min: abs + 11,
  max: abs + 12,
  addBits,
  subBits: addBits + 1,
  shiftLeft: addBits + 10,
  shiftRight: addBits + 12,
});
export const f32: ScalarOpcodes = {
  ...scalar(0x5b, 0x8b, 0x6a),
  integer: "i32",
  toBits: 0xbc,
  fromBits: 0xbe,
  neBits: 0x47,
  load: op.f32Load,
  store: 0x38,
};
export const f64: ScalarOpcodes = {
  ...scalar(0x61, 0x99, 0x7c),
  integer: "i64",
  toBits: 0xbd,
  fromBits: 0xbf,
  neBits: 0x52,
  load: op.f64Load,
  store: 0x39,
};
