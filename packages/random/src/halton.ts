// Halton's sequence (Numer. Math. 2, 1960), scrambled with random permutations of digits as in Owen, "A randomized Halton algorithm in R", 2017.
import { checkDimension, checkScramble, rowsOf } from "./sequence.ts";
import type { Sequence } from "./sequence.ts";
import { Stream } from "./stream.ts";

/** The most dimensions a Halton sequence has here; its evenness is gone long before. */
export const HALTON_DIMENSIONS = 1000;

/** The first so many primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let p = 2; found.length < count; p++) if (found.every((q) => q * q > p || p % q !== 0)) found.push(p);
  return found;
}

/** One coordinate: the radical inverse in a prime base, each digit permuted. */
interface Coordinate {
  readonly base: number;
  /** base to the power of the number of digits: the most that stays ≤ 2⁵³, so that all arithmetic here is exact. */
  readonly whole: number;
  /** Permutation of the digit at each place that has occurred, from the first after the point. */
  readonly permutations: Int32Array[];
  /** What the digits from a place on add up to while they are all zero, in units of 1/whole. Shape [digits + 1]. */
  readonly zeros: Float64Array;
  /** Stream of the coordinate's permutations. */
  readonly stream: Stream;
}

function coordinate(base: number, stream: Stream): Coordinate {
  let digits = 0;
  let whole = 1;
  for (; whole * base <= 9007199254740992; digits++) whole *= base;
  const zeros = new Float64Array(digits + 1);
  for (let place = digits - 1, unit = 1; place >= 0; place--, unit *= base)
    // A permutation's first number is its stream's first integer: known without drawing the rest.
    zeros[place] = zeros[place + 1]! + unit * stream.belowIndex(place).integer(base);
  return { base, whole, permutations: [], zeros, stream };
}

function scrambledInverse(c: Coordinate, index: number): number {
  let numerator = 0;
  let unit = c.whole;
  let place = 0;
  for (let rest = index; rest > 0; place++) {
    const permutation = (c.permutations[place] ??= c.stream.belowIndex(place).permutation(c.base));
    const next = Math.floor(rest / c.base);
    unit /= c.base;
    numerator += unit * permutation[rest - next * c.base]!;
    rest = next;
  }
  return (numerator + c.zeros[place]!) / c.whole;
}

/** The digits of the index in this base, mirrored at the point; exact up to one rounding. */
function inverse(base: number, index: number): number {
  let numerator = 0;
  let whole = 1;
  for (let rest = index; rest > 0; whole *= base) {
    const next = Math.floor(rest / base);
    numerator = numerator * base + (rest - next * base);
    rest = next;
  }
  return numerator / whole;
}

/**
 * Halton's points: coordinate j is the radical inverse of the index in the base of the j-th prime.
 * @param scramble Permutes every digit of every coordinate at random, with this number for a seed (such as `rng.bits()`): each point is
 *   uniform, and neighbouring large bases lose their correlation. Without it, the published sequence, whose first point is the origin.
 * @throws RangeError unless 1 ≤ dimension ≤ HALTON_DIMENSIONS, and for a scramble that is not a whole number below 2⁵³.
 */
export function halton(dimension: number, scramble?: number): Sequence {
  checkDimension("halton", dimension, HALTON_DIMENSIONS);
  const bases = primes(dimension);
  let value: (j: number, index: number) => number = (j, index) => inverse(bases[j]!, index);
  if (scramble !== undefined) {
    checkScramble("halton", scramble);
    const root = new Stream(scramble | 0, (scramble / 4294967296) | 0, 1, 0);
    const coordinates = bases.map((base, j) => coordinate(base, root.belowIndex(j)));
    value = (j, index) => scrambledInverse(coordinates[j]!, index);
  }
  return {
    dimension,
    write(out, first) {
      const rows = rowsOf("halton", out, dimension, first);
      for (let row = 0, o = 0; row < rows; row++)
        for (let j = 0; j < dimension; j++) out[o++] = value(j, first + row);
      return out;
    },
  };
}
