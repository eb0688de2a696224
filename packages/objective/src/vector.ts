// Points and boxes in ℝⁿ.
import { freshVector } from "./fresh-vector.ts";

/**
 * A point or a direction in ℝⁿ, shape [n]. Shared freely, therefore never written to once it is handed out.
 * Points of one batch may be rows of one matrix (views into one buffer).
 */
export type Vector = Readonly<Float64Array>;

/** An axis-parallel box, lower ≤ x ≤ upper, shapes [n]. */
export interface Box {
  readonly lower: Vector;
  readonly upper: Vector;
}

/** Whether every entry is a finite number. */
export function isFiniteVector(x: Vector): boolean {
  // v − v is 0 for finite v, and NaN for NaN and ±Infinity, which then stays. One pass, no branch an entry, and four sums
  // side by side, since one alone would wait for itself.
  const whole = x.length & ~3;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += x[i]! - x[i]!;
    b += x[i + 1]! - x[i + 1]!;
    c += x[i + 2]! - x[i + 2]!;
    d += x[i + 3]! - x[i + 3]!;
  }
  for (let i = whole; i < x.length; i++) a += x[i]! - x[i]!;
  return a + b + c + d === 0;
}

/** Whether x lies in the box, its faces included; false where an entry is NaN. */
export function inBox(x: Vector, box: Box): boolean {
  const { lower, upper } = box;
  for (let i = 0; i < x.length; i++) if (!(x[i]! >= lower[i]! && x[i]! <= upper[i]!)) return false;
  return true;
}

/**
 * The point of the box nearest to x, shape [n]: a new vector, or `out`, which may be x itself where x was made by the
 * caller just now. A NaN entry stays NaN; infinite sides clip nothing.
 */
export function clampToBox(x: Vector, box: Box, out: Float64Array = freshVector(x.length)): Float64Array {
  const { lower, upper } = box;
  for (let i = 0; i < x.length; i++) {
    const [value, low, high] = [x[i]!, lower[i]!, upper[i]!];
    out[i] = value < low ? low : value > high ? high : value;
  }
  return out;
}
