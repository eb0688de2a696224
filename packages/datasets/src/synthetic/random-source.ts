// The chance that a synthetic set needs: handed in, so that this package imports nothing (an Rng of @basin/random fits).

/** A stream of random numbers. */
export interface RandomSource {
  /** In [0, 1). */
  uniform(): number;
  /** A standard normal deviate. */
  normal(): number;
}
