// Bit patterns of doubles, and powers of two.
/** One double and its two words: write `asDouble[0]`, read `asWords[HIGH]`. Nothing stays in it between calls. */
export const asDouble = new Float64Array(1);
export const asWords = new Int32Array(asDouble.buffer);
asDouble[0] = 1; // its high word is 0x3ff00000, its low word 0
/** Index of the high word: 1 on little-endian machines. */
export const HIGH = asWords[1] === 0 ? 0 : 1;
/** Where 2⁰ stands in the table of powers. */
export const ONE = 1074;
/**
 * 2⁻¹⁰⁷⁴ … 2¹⁰²³ at index ONE + exponent. A multiplication by an entry is what shifting the exponent bits is elsewhere; here the load is
 * faster than writing one word and reading back two, which stalls the store buffer.
 */
export const powersOfTwo = /* @__PURE__ */ (() => {
  const powers = new Float64Array(ONE + 1024);
  let power = Number.MIN_VALUE;
  for (let i = 0; i < powers.length; i++, power *= 2) powers[i] = power;
  return powers;
})();
