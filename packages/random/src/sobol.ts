// Sobol's sequence (USSR Comput. Math. Math. Phys. 7, 1967) with the direction numbers of Joe & Kuo 2008, in the order of Antonov & Saleev 1979 (Gray code).
import { OF_DEGREE, PACKED } from "./joe-kuo.ts";
import { nest, reverse, scrambling } from "./owen.ts";
import type { Scrambling } from "./owen.ts";
import { checkDimension, checkScramble, rowsOf } from "./sequence.ts";
import type { Sequence } from "./sequence.ts";
import { Stream } from "./stream.ts";

/** The most dimensions a Sobol sequence has here. */
export const SOBOL_DIMENSIONS = 1111;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Reads the packed table bit by bit. */
function reader(): (width: number) => number {
  let [at, rest, left] = [0, 0, 0];
  return (width) => {
    for (; left < width; left += 6) rest = (rest << 6) | ALPHABET.indexOf(PACKED[at++]!);
    left -= width;
    const value = rest >>> left;
    rest &= (1 << left) - 1;
    return value;
  };
}

/** Direction numbers v_1 … v_32 of the dimensions, bit-reversed; shape [32][dimension], so that a step touches neighbours. */
export function directions(dimension: number): Int32Array {
  const reversed = new Int32Array(32 * dimension);
  // The first coordinate is van der Corput's: v_k = 2^−k.
  for (let k = 0; k < 32; k++) reversed[k * dimension] = 1 << k;
  const read = reader();
  const v = new Int32Array(32);
  let j = 1;
  OF_DEGREE.forEach((count, index) => {
    const s = index + 1;
    for (let i = 0; i < count && j < dimension; i++, j++) {
      const a = read(s - 1);
      for (let k = 0; k < s; k++) v[k] = ((read(k) << 1) | 1) << (31 - k);
      for (let k = s; k < 32; k++) {
        // v_k = a_1 v_(k−1) ⊕ … ⊕ a_(s−1) v_(k−s+1) ⊕ v_(k−s) ⊕ v_(k−s) 2^−s
        let next = v[k - s]! ^ (v[k - s]! >>> s);
        for (let q = 1; q < s; q++) if (((a >>> (s - 1 - q)) & 1) === 1) next ^= v[k - q]!;
        v[k] = next;
      }
      for (let k = 0; k < 32; k++) reversed[k * dimension + j] = reverse(v[k]!);
    }
  });
  return reversed;
}

/**
 * Sobol's points, multiples of 2⁻³². Each 2^m points from a multiple of 2^m on have one in each interval [i, i + 1)/2^m of every coordinate.
 * @param scramble Owen's scrambling with this number for a seed (such as `rng.bits()`): each point is uniform, and the evenness stays.
 *   Without it, the published sequence, whose first point is the origin.
 * @throws RangeError unless 1 ≤ dimension ≤ SOBOL_DIMENSIONS, and for a scramble that is not a whole number below 2⁵³.
 */
export function sobol(dimension: number, scramble?: number): Sequence {
  checkDimension("sobol", dimension, SOBOL_DIMENSIONS);
  const v = directions(dimension);
  const scrambled = scramble === undefined ? undefined : scramblingOf(dimension, scramble);
  return {
    dimension,
    write(out, first) {
      const rows = rowsOf("sobol", out, dimension, first);
      const x = new Int32Array(dimension);
      for (let k = 0, gray = first ^ (first >>> 1); gray !== 0; k++, gray >>>= 1)
        if ((gray & 1) === 1) for (let j = 0; j < dimension; j++) x[j]! ^= v[k * dimension + j]!;
      for (let row = 0, o = 0; row < rows; row++) {
        if (row > 0) {
          // The Gray codes of neighbours differ in the lowest zero of the smaller, which is the lowest one of the greater.
          const index = (first + row) | 0;
          const k = (31 - Math.clz32(index & -index)) * dimension;
          for (let j = 0; j < dimension; j++) x[j]! ^= v[k + j]!;
        }
        if (scrambled === undefined)
          for (let j = 0; j < dimension; j++) out[o++] = (reverse(x[j]!) >>> 0) * 2.3283064365386963e-10;
        else
          for (let j = 0; j < dimension; j++)
            out[o++] = (reverse(nest(scrambled, j, x[j]!)) >>> 0) * 2.3283064365386963e-10;
      }
      return out;
    },
  };
}

function scramblingOf(dimension: number, seed: number): Scrambling {
  checkScramble("sobol", seed);
  const root = new Stream(seed | 0, (seed / 4294967296) | 0, 0, 0);
  return scrambling(dimension, (j) => root.belowIndex(j));
}
