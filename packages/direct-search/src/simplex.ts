// A simplex of n + 1 vertices, sorted by value; and its moves. Simplices that follow each other share the vertices that stayed.
import type { Box, Vector } from "@basin/objective";

export type Simplex = {
  /** Shape [n + 1][n], best first. */
  readonly rows: readonly Vector[];
  /** Shape [n + 1]; +Infinity where f failed. */
  readonly values: Vector;
};

/** x and n more points, each a step along one axis: towards the inside where the step would leave the bounds. `step` in units of `units`. Shape [(n + 1) × n]. */
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

/** The rows of a matrix of rows of n, as views. */
export function rowsOf(matrix: Vector, n: number): Vector[] {
  return Array.from({ length: matrix.length / n }, (_, i) => matrix.subarray(i * n, (i + 1) * n));
}

/** The same vertices, best first; equal values keep their order. */
export function sorted({ rows, values }: Simplex): Simplex {
  const order = Array.from(values.keys()).sort((a, b) =>
    values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b,
  );
  return { rows: order.map((i) => rows[i]!), values: Float64Array.from(order, (i) => values[i]!) };
}

/** The worst vertex gives way to x, which takes its place in the order, behind equals. */
export function replaceWorst({ rows, values }: Simplex, x: Vector, value: number): Simplex {
  const nextRows = rows.slice();
  const nextValues = values.slice();
  let place = rows.length - 1;
  for (; place > 0 && value < values[place - 1]!; place--) {
    nextRows[place] = rows[place - 1]!;
    nextValues[place] = values[place - 1]!;
  }
  nextRows[place] = x;
  nextValues[place] = value;
  return { rows: nextRows, values: nextValues };
}

/** Mean of all vertices but the worst. Shape [n]. */
export function centroidOfBest({ rows }: Simplex): Float64Array {
  const n = rows.length - 1;
  const centre = new Float64Array(n);
  let i = 0;
  // four at a time, added one after the other: each sum is read and written once for all four
  for (; i + 3 < n; i += 4) {
    const [r0, r1, r2, r3] = [rows[i]!, rows[i + 1]!, rows[i + 2]!, rows[i + 3]!];
    for (let j = 0; j < n; j++) centre[j] = centre[j]! + r0[j]! + r1[j]! + r2[j]! + r3[j]!;
  }
  for (; i < n; i++) for (let j = 0; j < n; j++) centre[j]! += rows[i]![j]!;
  for (let j = 0; j < n; j++) centre[j]! /= n;
  return centre;
}

/** centre + t (vertex − centre). Shape [n]. */
export function onLine(centre: Vector, vertex: Vector, t: number): Float64Array {
  const x = new Float64Array(centre.length);
  for (let j = 0; j < x.length; j++) x[j] = centre[j]! + t * (vertex[j]! - centre[j]!);
  return x;
}

/** All vertices but the best, drawn towards it: x₀ + δ (xᵢ − x₀). Shape [n × n]. */
export function shrunken({ rows }: Simplex, shrinkage: number): Float64Array {
  const best = rows[0]!;
  const n = best.length;
  const next = new Float64Array(n * n);
  for (let i = 1, at = 0; i <= n; i++)
    for (let j = 0; j < n; j++, at++) next[at] = best[j]! + shrinkage * (rows[i]![j]! - best[j]!);
  return next;
}

/** The longest edge from the best vertex, in `units` (largest over coordinates). */
export function longestEdge({ rows }: Simplex, units: Vector): number {
  const best = rows[0]!;
  let longest = 0;
  for (let i = 1; i < rows.length; i++)
    for (let j = 0; j < best.length; j++)
      longest = Math.max(longest, Math.abs(rows[i]![j]! - best[j]!) / units[j]!);
  return longest;
}

/** Whether no edge from the best vertex is longer than `limit`, in `units`. Looks no further than the first that is. */
function within({ rows }: Simplex, limit: number, units: Vector): boolean {
  const best = rows[0]!;
  for (let i = rows.length - 1; i > 0; i--)
    for (let j = 0; j < best.length; j++)
      if (!(Math.abs(rows[i]![j]! - best[j]!) / units[j]! <= limit)) return false;
  return true;
}

/** Whether no edge is longer than the tolerance, or rounding has made the values one. */
export function isSpent(simplex: Simplex, tolerance: number, units: Vector): boolean {
  const { values } = simplex;
  const [best, worst] = [values[0]!, values[values.length - 1]!];
  // One value everywhere tells nothing while the simplex is still large: a plateau may end further on.
  const flat = worst - best <= 1e-15 * Math.abs(best);
  return within(simplex, flat ? Math.max(tolerance, 1e-6) : tolerance, units);
}
