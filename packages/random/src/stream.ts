// A stream at a node of the tree of names: sfc32 (Doty-Humphrey, PractRand) started at the node's own 128 bits.
import { exp, log } from "@basin/math";
import { refuse } from "./refuse.ts";
import type { Rng } from "./rng.ts";
import { threefry } from "./threefry.ts";
import { EDGE, HEIGHT, TAIL } from "./ziggurat.ts";

const child = new Int32Array(4);

/** What the fourth word of a message says of the other three. No two messages of different meaning are equal. */
const INTEGER = 0;
const MORE = 1;
const LAST = 2;

/** Up to this many picks, earlier picks are searched one by one instead of keeping all n numbers. */
const FEW = 24;

/** Scratch of `pick`: where the t-th swap put what, t < FEW. */
const places = new Int32Array(FEW);
const moved = new Int32Array(FEW);

/** Numbers that a fill makes in one call: loops that go on for long are compiled as they run, and then four times slower (V8). */
const CHUNK = 128;

/** Below this, a 32-bit number times n is exact in a double. */
const EXACT = 2097152;

/** 2⁻⁵³ and 2⁻³². */
const ULP = 1.1102230246251565e-16;
const PER_WORD = 2.3283064365386963e-10;

/**
 * Words of many streams side by side, eight each: the four of the node, then the four of sfc32's state. Typed, because where pointers are compressed
 * (Chrome) a field holds 31-bit integers only and every larger one would be allocated; shared, because a typed array for each stream costs more than the stream.
 */
let slab = new Int32Array(0);
let used = 0;
const SLAB = 2048;

export class Stream implements Rng {
  // The node, which forks descend from and drawing never changes, is words[at … at + 3]. The state of sfc32 is words[at + 4 … at + 7]:
  // three words that are mixed and a counter, which makes every cycle at least 2³² long.
  private readonly words: Int32Array;
  private readonly at: number;

  /** The stream at the node of these 128 bits (int32 each). */
  constructor(n0: number, n1: number, n2: number, n3: number) {
    if (used === slab.length) {
      slab = new Int32Array(SLAB);
      used = 0;
    }
    const words = slab;
    const at = used;
    used += 8;
    words[at] = words[at + 4] = n0;
    words[at + 1] = words[at + 5] = n1;
    words[at + 2] = words[at + 6] = n2;
    words[at + 3] = words[at + 7] = n3;
    this.words = words;
    this.at = at;
  }

  private descend(m0: number, m1: number, m2: number, m3: number): Stream {
    const { words, at } = this;
    threefry(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!, m0, m1, m2, m3, child);
    return new Stream(child[0]!, child[1]!, child[2]!, child[3]!);
  }

  /** The stream below this one at a whole number 0 … 2⁵³ − 1. */
  belowIndex(index: number): Stream {
    return this.descend(index | 0, (index / 4294967296) | 0, 0, INTEGER);
  }

  /** The stream below this one at a name; a name that is a whole number in decimal is that number. */
  below(name: string): Stream {
    const first = name.charCodeAt(0);
    if (first >= 48 && first <= 57) {
      const number = Number(name);
      if (Number.isSafeInteger(number) && String(number) === name) return this.belowIndex(number);
    }
    // Six UTF-16 units a message; the last one says how many it holds, so that no name is the beginning of another's messages.
    // oxlint-disable-next-line typescript/no-this-alias -- a walk down the tree from here
    let node: Stream = this;
    let i = 0;
    for (; i + 6 < name.length; i += 6)
      node = node.descend(pair(name, i), pair(name, i + 2), pair(name, i + 4), MORE);
    return node.descend(pair(name, i), pair(name, i + 2), pair(name, i + 4), LAST + name.length - i);
  }

  fork(name: string | number): Rng {
    if (typeof name === "number" && !Number.isFinite(name))
      throw refuse("rng.fork", `the name is ${name}`, "give a finite number or a string");
    return this.below(String(name));
  }

  bits(): number {
    const { words, at } = this;
    const b = words[at + 5]!;
    const c = words[at + 6]!;
    const d = words[at + 7]!;
    const out = (words[at + 4]! + b + d) | 0;
    words[at + 4] = b ^ (b >>> 9);
    words[at + 5] = (c + (c << 3)) | 0;
    words[at + 6] = (((c << 21) | (c >>> 11)) + out) | 0;
    words[at + 7] = (d + 1) | 0;
    return out >>> 0;
  }

  uniform(): number {
    const high = this.bits() >>> 5;
    return (high * 67108864 + (this.bits() >>> 6)) * ULP;
  }

  normal(): number {
    const high = this.bits();
    const x = ((high >>> 11) * 4294967296 + this.bits()) * ULP * EDGE[high & 255]!;
    if (x < EDGE[(high & 255) + 1]!) return (high & 256) === 0 ? x : -x;
    return this.outside(high, x);
  }

  /** What became of a normal that fell outside the core of its layer (1.2 % do): a tail, a wedge, or another try. */
  private outside(high: number, x: number): number {
    const layer = high & 255;
    let size: number;
    if (layer === 0) size = this.tail();
    else {
      // Under the density inside the wedge? Heights are uniform between the layer's bottom and top.
      const y = HEIGHT[layer]! + this.uniform() * (HEIGHT[layer + 1]! - HEIGHT[layer]!);
      if (y >= exp(-0.5 * x * x)) return this.normal();
      size = x;
    }
    return (high & 256) === 0 ? size : -size;
  }

  /** A normal beyond TAIL (Marsaglia, "Generating a variable from the tail of the normal distribution", Technometrics 6, 1964). */
  private tail(): number {
    for (;;) {
      // 1 − uniform is in (0, 1], so neither logarithm is infinite.
      const x = -log(1 - this.uniform()) / TAIL;
      const y = -log(1 - this.uniform());
      if (y + y >= x * x) return TAIL + x;
    }
  }

  integer(n: number): number {
    if (!(n >= 1 && n <= 4294967296 && Math.floor(n) === n))
      throw refuse("rng.integer", `n is ${n}`, "give a whole number from 1 to 2^32");
    return this.draw(n);
  }

  /** An integer in 0 … n − 1; n is known to be good. */
  private draw(n: number): number {
    if (n <= EXACT) {
      // ⌊bits·n / 2³²⌋, without the few products that make some results likelier (Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019).
      for (;;) {
        const product = this.bits() * n;
        const result = Math.floor(product * PER_WORD);
        const rest = product - result * 4294967296;
        if (rest >= n || rest >= 4294967296 % n) return result;
      }
    }
    const shift = Math.clz32(n - 1);
    for (;;) {
      const result = this.bits() >>> shift;
      if (result < n) return result;
    }
  }

  fillUniform(out: Float64Array, lower = 0, upper = 1): Float64Array {
    const width = upper - lower;
    if (!(width >= 0 && width < Infinity))
      throw refuse(
        "rng.fillUniform",
        `lower is ${lower} and upper ${upper}`,
        "give finite numbers, lower ≤ upper, with a finite difference",
      );
    if (width === 0) return out.fill(lower);
    for (let from = 0; from < out.length; from += CHUNK)
      this.uniforms(out, from, Math.min(from + CHUNK, out.length), lower, width, upper);
    return out;
  }

  /** uniform() again and again, with the state in registers: half the time. */
  private uniforms(
    out: Float64Array,
    from: number,
    to: number,
    lower: number,
    width: number,
    upper: number,
  ): void {
    const { words, at } = this;
    let a = words[at + 4]!;
    let b = words[at + 5]!;
    let c = words[at + 6]!;
    let d = words[at + 7]!;
    for (let i = from; i < to; i++) {
      let x: number;
      do {
        const first = (a + b + d) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (((c << 21) | (c >>> 11)) + first) | 0;
        const second = (a + b + d + 1) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (((c << 21) | (c >>> 11)) + second) | 0;
        d = (d + 2) | 0;
        x = lower + width * (((first >>> 5) * 67108864 + (second >>> 6)) * ULP);
        // Rounding can carry a number up to `upper` itself.
      } while (x >= upper);
      out[i] = x;
    }
    words[at + 4] = a;
    words[at + 5] = b;
    words[at + 6] = c;
    words[at + 7] = d;
  }

  fillNormal(out: Float64Array, mean = 0, deviation = 1): Float64Array {
    if (!(Number.isFinite(mean) && deviation >= 0 && deviation < Infinity))
      throw refuse(
        "rng.fillNormal",
        `mean is ${mean} and deviation ${deviation}`,
        "give finite numbers, deviation ≥ 0",
      );
    for (let from = 0; from < out.length; from += CHUNK)
      this.normals(out, from, Math.min(from + CHUNK, out.length), mean, deviation);
    return out;
  }

  /** normal() again and again, with the state in registers. */
  private normals(out: Float64Array, from: number, to: number, mean: number, deviation: number): void {
    const { words, at } = this;
    let a = words[at + 4]!;
    let b = words[at + 5]!;
    let c = words[at + 6]!;
    let d = words[at + 7]!;
    for (let i = from; i < to; i++) {
      const high = (a + b + d) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + high) | 0;
      const low = (a + b + d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + low) | 0;
      d = (d + 2) | 0;
      const layer = high & 255;
      const x = ((high >>> 11) * 4294967296 + (low >>> 0)) * ULP * EDGE[layer]!;
      let z: number;
      if (x < EDGE[layer + 1]!) z = (high & 256) === 0 ? x : -x;
      else {
        words[at + 4] = a;
        words[at + 5] = b;
        words[at + 6] = c;
        words[at + 7] = d;
        z = this.outside(high, x);
        a = words[at + 4]!;
        b = words[at + 5]!;
        c = words[at + 6]!;
        d = words[at + 7]!;
      }
      out[i] = mean + deviation * z;
    }
    words[at + 4] = a;
    words[at + 5] = b;
    words[at + 6] = c;
    words[at + 7] = d;
  }

  permutation(n: number): Int32Array {
    if (!(n >= 0 && n <= 2147483647 && Math.floor(n) === n))
      throw refuse("rng.permutation", `n is ${n}`, "give a whole number from 0 to 2^31 − 1");
    return this.shuffle(n, n);
  }

  sample(n: number, k: number): Int32Array {
    if (!(n >= 0 && n <= 2147483647 && Math.floor(n) === n && k >= 0 && k <= n && Math.floor(k) === k))
      throw refuse("rng.sample", `n is ${n} and k is ${k}`, "give whole numbers, 0 ≤ k ≤ n ≤ 2^31 − 1");
    return k <= FEW ? this.pick(n, k) : this.shuffle(n, k);
  }

  /** The first k steps of Fisher and Yates's shuffle (Durstenfeld, CACM 7, 1964). */
  private shuffle(n: number, k: number): Int32Array {
    const all = new Int32Array(n);
    for (let i = 0; i < n; i++) all[i] = i;
    for (let i = 0; i < k; i++) {
      const j = i + this.draw(n - i);
      const chosen = all[j]!;
      all[j] = all[i]!;
      all[i] = chosen;
    }
    return k === n ? all : all.slice(0, k);
  }

  /** The same numbers as `shuffle`, at a cost of k² instead of n: only the places that were swapped are remembered. */
  private pick(n: number, k: number): Int32Array {
    const out = new Int32Array(k);
    for (let i = 0; i < k; i++) {
      const j = i + this.draw(n - i);
      out[i] = standsAt(j, i);
      moved[i] = standsAt(i, i);
      places[i] = j;
    }
    return out;
  }

  choice<T>(items: readonly T[]): T {
    if (items.length === 0) throw refuse("rng.choice", "there are no items", "give at least one");
    return items[this.draw(items.length)]!;
  }
}

/** Two UTF-16 units as one word; none past the end. */
function pair(text: string, i: number): number {
  return text.charCodeAt(i) | 0 | (text.charCodeAt(i + 1) << 16);
}

/** What stands at a place after so many swaps of `pick`: the last thing put there, or its own number. */
function standsAt(place: number, swaps: number): number {
  for (let t = swaps - 1; t >= 0; t--) if (places[t] === place) return moved[t]!;
  return place;
}
