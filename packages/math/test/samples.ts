// Doubles to test with: random bit patterns, from a generator of our own so that every run sees the same.

const buffer = new DataView(new ArrayBuffer(8));

/** The double of these two words. */
export function fromWords(high: number, low: number): number {
  buffer.setUint32(0, high >>> 0);
  buffer.setUint32(4, low >>> 0);
  return buffer.getFloat64(0);
}

/** x moved by n steps along the doubles (x > 0). */
export function step(x: number, n: number): number {
  buffer.setFloat64(0, x);
  buffer.setBigInt64(0, buffer.getBigInt64(0) + BigInt(n));
  return buffer.getFloat64(0);
}

/** 32 random bits a call: sfc32 (Doty-Humphrey, PractRand). */
export function generator(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

/** A random bit pattern that is neither infinity nor NaN. */
export function anyDouble(bits: () => number): number {
  for (;;) {
    const x = fromWords(bits(), bits());
    if (Number.isFinite(x)) return x;
  }
}

/** A random bit pattern between those of 0 < low < high, all equally likely: exponents as often as each other. */
export function between(bits: () => number, low: number, high: number): number {
  buffer.setFloat64(0, low);
  const from = buffer.getBigUint64(0);
  buffer.setFloat64(0, high);
  const count = buffer.getBigUint64(0) - from + 1n;
  const random = (BigInt(bits()) << 32n) | BigInt(bits());
  buffer.setBigUint64(0, from + ((random * count) >> 64n));
  return buffer.getFloat64(0);
}
