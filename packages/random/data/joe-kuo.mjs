// Packs the direction numbers of Joe and Kuo into src/joe-kuo.ts: node data/joe-kuo.mjs new-joe-kuo-6.21201
//
// The file has a heading and, for each dimension from the second, `d s a m_1 … m_s`: the degree of a primitive polynomial, its inner
// coefficients as bits, and the initial direction numbers. scipy ships the same table as arrays; this prints it in that form:
//
//   import scipy.stats, os, numpy as np
//   f = np.load(os.path.dirname(scipy.stats.__file__) + "/_sobol_direction_numbers.npz")
//   print("d s a m_i")
//   for d, (p, m) in enumerate(zip(f["poly"].tolist(), f["vinit"].tolist()), 1):
//       s = p.bit_length() - 1
//       if d > 1: print(d, s, p >> 1 & (1 << s - 1) - 1, *m[:s])
import { readFileSync, writeFileSync } from "node:fs";

/** All polynomials up to this degree: 1,110 of them, for dimensions 2 … 1,111. */
const DEGREE = 13;

let bits = "";
let expected = 2;
for (const line of readFileSync(process.argv[2], "utf8").trim().split("\n").slice(1)) {
  const [d, s, a, ...m] = line.trim().split(/\s+/).map(Number);
  if (s > DEGREE) break;
  if (d !== expected++ || m.length !== s) throw new Error(`unexpected line: ${line}`);
  // The inner coefficients in s − 1 bits; m_i is odd and below 2^i, so i − 1 bits hold all of it but the last.
  const push = (value, width) => (bits += width === 0 ? "" : value.toString(2).padStart(width, "0"));
  push(a, s - 1);
  m.forEach((value, i) => {
    if (value % 2 !== 1 || value >= 2 ** (i + 1))
      throw new Error(`not a direction number: ${value} in ${line}`);
    push(value >> 1, i);
  });
}
if (expected !== 1112) throw new Error(`the file ends at dimension ${expected - 1}`);

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const packed = bits.replace(/.{1,6}/g, (six) => ALPHABET[Number.parseInt(six.padEnd(6, "0"), 2)]);
const licence = readFileSync(new URL("joe-kuo.LICENSE", import.meta.url), "utf8").trimEnd();
writeFileSync(
  new URL("../src/joe-kuo.ts", import.meta.url),
  `// The direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput.
// 30, 2635–2654, 2008: their set new-joe-kuo-6, dimensions 2 … 1,111, packed by data/joe-kuo.mjs. Their licence:
//
${licence
  .split("\n")
  .map((line) => `// ${line}`.trimEnd())
  .join("\n")}

/** How many of the polynomials have degree 1, 2 … 13: all the primitive ones there are. */
export const OF_DEGREE: readonly number[] = [1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630];

/** For each dimension, of degree s: the inner coefficients in s − 1 bits, then m_i without its last bit (a one) in i − 1 bits; base 64. */
export const PACKED = "${packed}";
`,
);
