// Whether a row has been seen already: two that are the same teach no more than one.
import { freshVector, type Encoding, type Vector } from "@basin/objective";

/** A set of rows of n coordinates, which must not change while it is in use. */
export interface Seen {
  /** Adds the row that begins at `at`; false if it was there before. */
  add(rows: Vector, at: number): boolean;
  /** Empties it, so that it can be used again; it keeps its room. */
  clear(): void;
}

/** Where rows are looked up by: some of their coordinates, and their weights in a sum. Shapes [most]. */
export interface Marks {
  readonly n: number;
  readonly places: Readonly<Int32Array>;
  readonly weights: Vector;
}

/** So many real coordinates tell most rows apart; bits and items of permutations need all. */
const ENOUGH = 12;

/** (√5 − 1)/2: multiples of it are spread evenly over the unit interval (Weyl), so that weights differ as far as so many can. */
const GOLDEN = 0.618_033_988_749_894_9;

export function marksOf(encoding: Encoding, n: number): Marks {
  const most = encoding === "real" ? Math.min(n, ENOUGH) : n;
  const places = Int32Array.from({ length: most }, (_, k) => Math.floor((k * n) / most));
  const weights = freshVector(most);
  for (let k = 0, weight = 0.5; k < most; k++) {
    weight += GOLDEN;
    if (weight >= 1.5) weight -= 1;
    weights[k] = weight;
  }
  return { n, places, weights };
}

/** A set with room for `capacity` rows. */
export function rowsSeen(capacity: number, { n, places, weights }: Marks): Seen {
  const bits = 32 - Math.clz32(Math.max(1, 2 * capacity));
  const last = (1 << bits) - 1;
  // open addressing: what the sum of a row is, where it begins and in which matrix; NaN where there is none
  const keys = freshVector(last + 1).fill(Number.NaN);
  const offsets = new Int32Array(last + 1);
  const owners = new Array<Vector | undefined>(last + 1).fill(undefined);
  const number = freshVector(1);
  const words = new Int32Array(number.buffer);
  return {
    add(rows, at) {
      let sum = 0;
      for (let k = 0; k < places.length; k++) sum += weights[k]! * rows[at + places[k]!]!;
      // 0, not −0, which would hash otherwise; and all that overflow are one
      const key = sum - sum === 0 ? sum + 0 : 0;
      number[0] = key;
      let slot = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x85ebca6b), 0x9e3779b1) >>> (32 - bits);
      for (; keys[slot] === keys[slot]; slot = (slot + 1) & last)
        if (keys[slot] === key && same(rows, at, owners[slot]!, offsets[slot]!, n)) return false;
      keys[slot] = key;
      offsets[slot] = at;
      owners[slot] = rows;
      return true;
    },
    clear() {
      keys.fill(Number.NaN);
    },
  };
}

function same(a: Vector, i: number, b: Vector, k: number, n: number): boolean {
  for (let j = 0; j < n; j++) if (a[i + j] !== b[k + j]) return false;
  return true;
}
