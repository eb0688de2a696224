// Whether a row has been seen already: two that are the same teach no more than one.
import type { Vector } from "@basin/objective";

/** A set of rows of n coordinates. */
export interface Seen {
  /** Adds the row that begins at `at`; false if it was there before. */
  add(rows: Vector, at: number): boolean;
}

/** (√5 − 1)/2: multiples of it are spread evenly over the unit interval (Weyl), so that weights differ as far as n of them can. */
const GOLDEN = 0.618_033_988_749_894_9;

/** What coordinates are weighted with, between ½ and 1½. Shape [n]. */
export function weightsOf(n: number): Float64Array {
  const weights = new Float64Array(n);
  for (let j = 0, weight = 0.5; j < n; j++) {
    weight += GOLDEN;
    if (weight >= 1.5) weight -= 1;
    weights[j] = weight;
  }
  return weights;
}

/**
 * A set with room for `capacity` rows. A row is known by one number, a weighted sum of its coordinates: equal rows have the same, others by
 * rounding alone, which is as rare as it is harmless: a child is then mutated once more than it need be.
 */
export function rowsSeen(capacity: number, weights: Vector): Seen {
  const bits = 32 - Math.clz32(Math.max(1, 2 * capacity));
  const keys = new Float64Array(1 << bits).fill(Number.NaN);
  const [number, words] = halves();
  return {
    add(rows, at) {
      let key = weightedSum(weights, rows, at);
      // 0, not −0, which would hash otherwise; and all that overflow are one
      number[0] = key - key === 0 ? key + 0 : 0;
      key = number[0];
      let slot = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x85ebca6b), 0x9e3779b1) >>> (32 - bits);
      for (; keys[slot] === keys[slot]; slot = (slot + 1) & (keys.length - 1))
        if (keys[slot] === key) return false;
      keys[slot] = key;
      return true;
    },
  };
}

/** Σ wⱼ xⱼ in four sums, which do not wait for each other. */
function weightedSum(weights: Vector, rows: Vector, at: number): number {
  const n = weights.length;
  let [a, b, c, d] = [0, 0, 0, 0];
  let j = 0;
  for (; j + 3 < n; j += 4) {
    a += weights[j]! * rows[at + j]!;
    b += weights[j + 1]! * rows[at + j + 1]!;
    c += weights[j + 2]! * rows[at + j + 2]!;
    d += weights[j + 3]! * rows[at + j + 3]!;
  }
  for (; j < n; j++) a += weights[j]! * rows[at + j]!;
  return a + b + (c + d);
}

/** A double, and the two words that it is made of. */
function halves(): readonly [Float64Array, Int32Array] {
  const number = new Float64Array(1);
  return [number, new Int32Array(number.buffer)];
}
