// Moving in a box: which coordinates are held at a bound, how far a direction leads, where it ends.
import { freshVector, type Box, type Vector } from "@basin/objective";

/** The gradient without coordinates that are held: at a bound, with the slope pointing out of it. Shape [n]. */
export function freeGradient(x: Vector, gradient: Vector, { lower, upper }: Box): Float64Array {
  const free = freshVector(x.length);
  for (let i = 0; i < x.length; i++) {
    const g = gradient[i]!;
    const held = (x[i]! <= lower[i]! && g > 0) || (x[i]! >= upper[i]! && g < 0);
    free[i] = held ? 0 : g;
  }
  return free;
}

/**
 * Takes out of the caller's own direction what leads out of the box at once, or along held coordinates. Where −g leads
 * in and the direction out, leaving it out only makes the direction steeper.
 */
export function keepInside(direction: Float64Array, x: Vector, free: Vector, { lower, upper }: Box): void {
  for (let i = 0; i < x.length; i++) {
    const d = direction[i]!;
    if (free[i] === 0 && (x[i]! <= lower[i]! || x[i]! >= upper[i]!)) direction[i] = 0;
    else if ((d < 0 && x[i]! <= lower[i]!) || (d > 0 && x[i]! >= upper[i]!)) direction[i] = 0;
  }
}

/** How far a coordinate goes until its bound: in steps along the direction. */
function reach(x: number, d: number, lower: number, upper: number): number {
  // most domains have no bounds, and a division is dear
  if (d > 0) return upper === Infinity ? Infinity : (upper - x) / d;
  return d < 0 && lower !== -Infinity ? (lower - x) / d : Infinity;
}

/** The longest step along the direction that stays in the box; Infinity where no bound is in the way. */
export function longestStep(x: Vector, direction: Vector, { lower, upper }: Box): number {
  let longest = Infinity;
  for (let i = 0; i < x.length; i++)
    longest = Math.min(longest, reach(x[i]!, direction[i]!, lower[i]!, upper[i]!));
  return longest;
}

/** x + step · direction, projected onto the box; a coordinate that reaches its bound lies on it exactly. Shape [n]. */
export function along(x: Vector, direction: Vector, step: number, { lower, upper }: Box): Float64Array {
  const to = freshVector(x.length);
  for (let i = 0; i < x.length; i++) {
    const d = direction[i]!;
    if (d === 0) to[i] = x[i]!;
    else if (step >= reach(x[i]!, d, lower[i]!, upper[i]!)) to[i] = d > 0 ? upper[i]! : lower[i]!;
    else to[i] = Math.min(Math.max(x[i]! + step * d, lower[i]!), upper[i]!);
  }
  return to;
}

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function largest(v: Vector): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) most = Math.max(most, Math.abs(v[i]!));
  return most;
}
