// Memory for small vectors, cut from larger blocks.

/** Numbers in a block. */
const BLOCK = 2048;
/** Engines keep arrays up to this length among their objects, where they cost next to nothing. */
const SHORT = 8;
/** Beyond this, making a block costs less than filling the vector. */
const LONG = 512;

let block: ArrayBuffer | undefined;
let used = BLOCK;

/**
 * A vector of n zeros that nobody else has, shape [n]. Where an optimizer makes several in each step, they cost more than the step:
 * an array with memory of its own takes V8 half a microsecond or more (to have it from the system, to register it, to let
 * another thread collect it), a view into a block 25 ns. Nothing is ever used again, so states stay as pure as they were; but who keeps
 * one vector keeps a block of 16 kB, and cloning one to another thread clones the block.
 */
export function freshVector(n: number): Float64Array<ArrayBuffer> {
  if (n <= SHORT || n > LONG) return new Float64Array(n);
  if (used + n > BLOCK) {
    block = new ArrayBuffer(8 * BLOCK);
    used = 0;
  }
  const vector = new Float64Array(block!, 8 * used, n);
  used += n;
  return vector;
}
