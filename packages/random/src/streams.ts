// The streams of one run: seedrandom (David Bau) turns the run's path into 128 bits, Threefry turns those into every stream below.
import seedrandom from "seedrandom";
import { pathOf } from "./key.ts";
import type { Key } from "./key.ts";
import { refuse } from "./refuse.ts";
import type { Rng } from "./rng.ts";
import { Stream } from "./stream.ts";
import { threefry } from "./threefry.ts";

/** The streams of one run: seedrandom is asked once, the streams below it come by counter-based mixing. */
export interface Streams {
  /**
   * A fresh stream at `name`, or at `name/index`, which is rng(name).fork(index). Costs nanoseconds.
   * @throws RangeError unless index is a whole number, 0 ≤ index < 2⁵³.
   */
  rng(name: string, index?: number): Rng;
}

/** seedrandom's key has 256 bytes; what is longer is folded onto itself, and distinct strings may then coincide. */
const LONGEST = 255;

/** Names remembered before the memory is cleared: a run has a handful. */
const MEMORY = 256;

/**
 * What seedrandom is given for a key. It (3.0.5) repeats its string, so "1" and "11" are one seed: the "\0" at the end, which occurs nowhere else,
 * prevents it. It masks characters to a byte: the path is printable ASCII. It folds long strings: those are hashed, behind a mark that no path has.
 */
export function seedOf(key: Key): string {
  const path = pathOf(key);
  return path.length <= LONGEST ? `${path}\0` : `%#${digest(path)}\0`;
}

/** 128 bits of a long ASCII string in hexadecimal: Threefry in the mode of Matyas, Meyer and Oseas. */
function digest(text: string): string {
  const hash = new Int32Array(4);
  const block = new Int32Array(4);
  // The length comes first, so that padding with zeros is unambiguous.
  threefry(0, 0, 0, 0, text.length, 0, 0, 0, hash);
  for (let i = 0; i < text.length; i += 16) {
    block.fill(0);
    for (let j = 0; j < 16 && i + j < text.length; j++)
      block[j >> 2]! |= text.charCodeAt(i + j) << (8 * (j & 3));
    const [m0, m1, m2, m3] = [block[0]!, block[1]!, block[2]!, block[3]!];
    threefry(hash[0]!, hash[1]!, hash[2]!, hash[3]!, m0, m1, m2, m3, hash);
    hash[0]! ^= m0;
    hash[1]! ^= m1;
    hash[2]! ^= m2;
    hash[3]! ^= m3;
  }
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

class Opened implements Streams {
  private readonly root: Stream;
  private readonly named = new Map<string, Stream>();

  constructor(root: Stream) {
    this.root = root;
  }

  rng(name: string, index?: number): Rng {
    if (index === undefined) return this.root.below(name);
    if (!(Number.isSafeInteger(index) && index >= 0))
      throw refuse("streams.rng", `the index is ${index}`, "give a whole number from 0 to 2^53 − 1");
    let parent = this.named.get(name);
    if (parent === undefined) {
      parent = this.root.below(name);
      if (this.named.size >= MEMORY) this.named.clear();
      this.named.set(name, parent);
    }
    return parent.belowIndex(index);
  }
}

/** Opens the streams of a run: the one call of seedrandom (microseconds). */
export function openStreams(key: Key): Streams {
  const source = seedrandom(seedOf(key));
  return new Opened(new Stream(source.int32(), source.int32(), source.int32(), source.int32()));
}

/** The stream of a key that needs no more than one: openStreams(key).rng(""). */
export function rngOf(key: Key): Rng {
  return openStreams(key).rng("");
}
