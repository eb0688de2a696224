// Owen's nested uniform scrambling in base 2 (Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995), of numbers kept bit-reversed.
import type { Stream } from "./stream.ts";

/**
 * The scramblings of n coordinates. Every binary digit is flipped or not by chance, the chance being drawn anew for each value of the digits above it:
 * exactly so for the highest 13, of which eight come from a table of 255 random flips and five from the 31 bits of a hash of those above. The
 * other 19 are scrambled by a keyed hash whose bits depend only on the bits above (the idea of Laine & Karras 2011 and Burley, "Practical
 * hash-based Owen scrambling", JCGT 9(4), 2020): there, below one prefix of 13, flips are independent in pairs but not all together.
 */
export interface Scrambling {
  /** The highest eight digits, reversed → the same, scrambled. Shape [n][256]. */
  readonly top: Uint8Array;
  /** Key of the hash. Shape [n]. */
  readonly keys: Int32Array;
}

/** Draws the scrambling of coordinate j from the stream `at(j)`. */
export function scrambling(dimension: number, at: (j: number) => Stream): Scrambling {
  const top = new Uint8Array(256 * dimension);
  const keys = new Int32Array(dimension);
  for (let j = 0; j < dimension; j++) {
    const stream = at(j);
    keys[j] = stream.bits();
    // Whether the digit at a level is flipped is decided by the bits below it, which are the digits above.
    for (let level = 0; level < 8; level++) {
      const digit = 1 << level;
      for (let above = 0; above < digit; above++) {
        const flip = (stream.bits() >>> 31) << level;
        for (let x = above; x < 256; x += digit) top[256 * j + x]! |= (x & digit) ^ flip;
      }
    }
  }
  return { top, keys };
}

/** The scrambled number of 32 reversed digits in coordinate j (int32 → int32): a bijection that keeps every shared beginning shared. */
export function nest({ top, keys }: Scrambling, j: number, reversed: number): number {
  const prefix = reversed & 255;
  let out = top[256 * j + prefix]!;
  const flips = mix(keys[j]! ^ Math.imul(prefix + 1, 0x9e3779b1));
  // `node` counts the nodes of a binary tree of five levels: 1; 2, 3; 4 … 7; …
  for (let level = 8, node = 1; level < 13; level++) {
    const bit = (reversed >>> level) & 1;
    out |= (bit ^ ((flips >>> node) & 1)) << level;
    node = 2 * node + bit;
  }
  const key = mix(flips ^ Math.imul((reversed & 8191) + 1, 0x9e3779b1));
  // In each step bits act only on higher bits, that is digits on lower digits.
  let x = reversed >>> 13;
  x = (Math.imul(x, key | 1) + (key >>> 8)) | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x = (x + Math.imul(key, 0x9e3779b1)) | 0;
  x ^= Math.imul(x, 0xb82f1e52);
  x = Math.imul(x, (key >>> 16) | 1);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return (x << 13) | out;
}

/** A bijection of 32 bits that lets every bit act on every other (the finalizer of Appleby's MurmurHash3). */
function mix(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** The 32 bits in the opposite order (int32 → int32). */
export function reverse(x: number): number {
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}
