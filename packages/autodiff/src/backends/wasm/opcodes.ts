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
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  f32Load: 0x2a,
  f64Load: 0x2b,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32LtU: 0x49,
  f64Eq: 0x61,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i32And: 0x71,
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
  f64x2Floor: 0x75,
  f32x4Extract: 0x1f,
  f32x4Replace: 0x20,
  i32x4AllTrue: 0xa3,
  i32x4Shl: 0xab,
  i32x4ShrU: 0xad,
  i32x4Add: 0xae,
  i32x4Sub: 0xb1,
  i64x2Shl: 0xcb,
  i64x2ShrU: 0xcd,
  i64x2Add: 0xce,
  i64x2Sub: 0xd1,
} as const;

/** Arithmetic on lanes, in either precision. */
export interface LaneOpcodes {
  readonly eq: number;
  readonly ne: number;
  readonly lt: number;
  readonly gt: number;
  readonly le: number;
  readonly ge: number;
  readonly abs: number;
  readonly neg: number;
  readonly sqrt: number;
  readonly add: number;
  readonly sub: number;
  readonly mul: number;
  readonly div: number;
  readonly min: number;
  readonly max: number;
  readonly pmin: number;
  readonly pmax: number;
}

const consecutive = (compare: number, abs: number): LaneOpcodes => ({
  eq: compare,
  ne: compare + 1,
  lt: compare + 2,
  gt: compare + 3,
  le: compare + 4,
  ge: compare + 5,
  abs,
  neg: abs + 1,
  sqrt: abs + 3,
  add: abs + 4,
  sub: abs + 5,
  mul: abs + 6,
  div: abs + 7,
  min: abs + 8,
  max: abs + 9,
  pmin: abs + 10,
  pmax: abs + 11,
});
export const f32x4: LaneOpcodes = consecutive(0x41, 0xe0);
export const f64x2: LaneOpcodes = consecutive(0x47, 0xec);
