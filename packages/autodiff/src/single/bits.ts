// The bits of a single-precision number.
const FLOAT = new Float32Array(1);
const WORD = new Int32Array(FLOAT.buffer);

export function wordOf(x: number): number {
  FLOAT[0] = x;
  return WORD[0]!;
}

/** 2ᵏ for −126 ≤ k ≤ 127. */
export function powerOfTwo(k: number): number {
  WORD[0] = (k + 127) << 23;
  return FLOAT[0]!;
}
