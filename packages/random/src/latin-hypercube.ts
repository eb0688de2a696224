// A Latin hypercube (McKay, Beckman & Conover, "A comparison of three methods for selecting values of input variables", Technometrics 21, 1979).
import { refuse } from "./refuse.ts";
import type { Rng } from "./rng.ts";
import { checkDimension } from "./sequence.ts";

/**
 * Points in [0, 1)ⁿ of which each coordinate falls exactly once into each of `count` equal intervals, at a uniform place in it; otherwise
 * coordinates are independent. Shape [count][dimension], row-major.
 * @throws RangeError unless 1 ≤ count ≤ 2²⁰ and dimension ≥ 1.
 */
export function latinHypercube(rng: Rng, count: number, dimension: number): Float64Array {
  if (!(count >= 1 && count <= 1048576 && Math.floor(count) === count))
    throw refuse("latinHypercube", `the count is ${count}`, "give a whole number from 1 to 2^20");
  checkDimension("latinHypercube", dimension, 2147483647);
  const points = new Float64Array(count * dimension);
  for (let j = 0; j < dimension; j++) {
    const order = rng.permutation(count);
    // With 32 random bits below the interval's number the sum is exact, and no rounding carries a point into the next interval.
    for (let i = 0; i < count; i++)
      points[i * dimension + j] = (order[i]! + rng.bits() * 2.3283064365386963e-10) / count;
  }
  return points;
}
