// The unit of steps in each coordinate.
import type { Domain } from "@basin/objective";

/** Width of the region where it has one, else 1. Shape [n]. */
export function unitsOf({ region }: Domain): Float64Array {
  return region.upper.map((upper, j) => (upper > region.lower[j]! ? upper - region.lower[j]! : 1));
}
