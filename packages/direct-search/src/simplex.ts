// A simplex of n + 1 vertices, sorted by value, as rows of a matrix; and its moves.
import type { Box, Vector } from "@basin/objective";

export type Simplex = {
  /** Shape [(n + 1) × n], best first. */
  readonly rows: Vector;
  /** Shape [n + 1]; +Infinity where f failed. */
  readonly values: Vector;
};

/** x and n more points, each a step along one axis: towards the inside where the step would leave the bounds. `step` in units of `units`. */
export function axisSimplex(x: Vector, step: number, units: Vector, { lower, upper }: Box): Float64Array {
  const n = x.length;
  const rows = new Float64Array((n + 1) * n);
  for (let i = 0; i <= n; i++) rows.set(x, i * n);
  for (let j = 0; j < n; j++) {
    const length = step * units[j]!;
    const [ahead, behind] = [x[j]! + length, x[j]! - length];
    const inside = (y: number): boolean => y >= lower[j]! && y <= upper[j]!;
    const y = inside(ahead)
      ? ahead
      : inside(behind)
        ? behind
        : upper[j]! - x[j]! > x[j]! - lower[j]!
          ? upper[j]!
          : lower[j]!;
    rows[(j + 1) * n + j] = y;
  }
  return rows;
}

/** The same vertices, best first; equal values keep their order. */
export function sorted({ rows, values }: Simplex, n: number): Simplex {
  const order = Array.from(values.keys()).sort((a, b) =>
    values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b,
  );
  const next = new Float64Array(rows.length);
  order.forEach((from, to) => next.set(rows.subarray(from * n, (from + 1) * n), to * n));
  return { rows: next, values: Float64Array.from(order, (i) => values[i]!) };
}

/** The worst vertex gives way to x, which takes its place in the order, behind equals. */
export function replaceWorst({ rows, values }: Simplex, x: Vector, value: number, n: number): Simplex {
  let place = n;
  while (place > 0 && value < values[place - 1]!) place--;
  const nextRows = new Float64Array(rows.length);
  nextRows.set(rows.subarray(0, place * n));
  nextRows.set(x, place * n);
  nextRows.set(rows.subarray(place * n, n * n), (place + 1) * n);
  const nextValues = new Float64Array(n + 1);
  nextValues.set(values.subarray(0, place));
  nextValues[place] = value;
  nextValues.set(values.subarray(place, n), place + 1);
  return { rows: nextRows, values: nextValues };
}

/** Mean of all vertices but the worst. Shape [n]. */
export function centroidOfBest({ rows }: Simplex, n: number): Float64Array {
  const centre = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) centre[j]! += rows[i * n + j]!;
  for (let j = 0; j < n; j++) centre[j]! /= n;
  return centre;
}

/** centre + t (vertex − centre), the vertex being the row that begins at `at`. Shape [n]. */
export function onLine(centre: Vector, rows: Vector, at: number, t: number): Float64Array {
  const x = new Float64Array(centre.length);
  for (let j = 0; j < x.length; j++) x[j] = centre[j]! + t * (rows[at + j]! - centre[j]!);
  return x;
}

/** All vertices but the best, drawn towards it: x₀ + δ (xᵢ − x₀). Shape [n × n]. */
export function shrunken({ rows }: Simplex, n: number, shrinkage: number): Float64Array {
  const next = rows.slice(n);
  for (let at = 0; at < next.length; at++) {
    const best = rows[at % n]!;
    next[at] = best + shrinkage * (next[at]! - best);
  }
  return next;
}

/** The longest edge from the best vertex, in `units` (largest over coordinates), and whether rounding has made the values one. */
export function regularity(
  { rows, values }: Simplex,
  n: number,
  units: Vector,
): { readonly longest: number; readonly flat: boolean } {
  let longest = 0;
  for (let at = n; at < rows.length; at++)
    longest = Math.max(longest, Math.abs(rows[at]! - rows[at % n]!) / units[at % n]!);
  const [best, worst] = [values[0]!, values[values.length - 1]!];
  // One value everywhere tells nothing while the simplex is still large: a plateau may end further on.
  return { longest, flat: worst - best <= 1e-15 * Math.abs(best) && longest <= 1e-6 };
}
