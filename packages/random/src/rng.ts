// A stream of random numbers, handed to whoever needs it for one call.

/**
 * A deterministic stream of random numbers. Whoever receives an `Rng` may draw from it as often as it likes during
 * that call and must not keep it: the next call gets a fresh one.
 */
export interface Rng {
  /** 32 random bits, as an unsigned integer. */
  bits(): number;
  /** A double in [0, 1): a multiple of 2⁻⁵³. */
  uniform(): number;
  /** A standard normal deviate. */
  normal(): number;
  /** An integer in 0 … n − 1, without bias. Throws RangeError unless 1 ≤ n ≤ 2³². */
  integer(n: number): number;
  /** Fills `out` with uniforms in [lower, upper), by default [0, 1); returns it. */
  fillUniform(out: Float64Array, lower?: number, upper?: number): Float64Array;
  /** Fills `out` with normals of this mean and standard deviation, by default 0 and 1; returns it. */
  fillNormal(out: Float64Array, mean?: number, deviation?: number): Float64Array;
  /** The integers 0 … n − 1 in random order. Shape [n]. */
  permutation(n: number): Int32Array;
  /** One of the items, each equally likely. Throws RangeError if there are none. */
  choice<T>(items: readonly T[]): T;
  /** k distinct integers of 0 … n − 1 in random order. Shape [k]. Throws RangeError unless 0 ≤ k ≤ n. */
  sample(n: number, k: number): Int32Array;
  /** An independent stream below this one, named. It depends on the name only, not on what was drawn before. */
  fork(name: string | number): Rng;
}
