// Two directions through the space of weights: a plane that contains the start and the best point found.
import type { Spot } from "@basin/charts";

/** The plane start + a·u + b·v; u and v are orthonormal, shapes [n]. */
export interface Slice {
  readonly origin: Readonly<Float64Array>;
  readonly u: Readonly<Float64Array>;
  readonly v: Readonly<Float64Array>;
}

type Vector = Readonly<Float64Array>;

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
const norm = (a: Vector): number => Math.sqrt(dot(a, a));
const minus = (a: Vector, b: Vector): Float64Array => a.map((x, i) => x - b[i]!);

/** `a` without its part along the unit vector `u`. */
function without(a: Vector, u: Vector): Float64Array {
  const along = dot(a, u);
  return a.map((x, i) => x - along * u[i]!);
}

const axis = (n: number, i: number): Float64Array => new Float64Array(n).fill(1, i, i + 1);

/** A unit vector orthogonal to u in which the rows vary most: power iteration on their covariance, from its largest row. */
function principal(rows: readonly Vector[], u: Vector): Float64Array | undefined {
  const rest = rows.map((row) => without(row, u));
  let v = rest.reduce<Float64Array | undefined>(
    (a, b) => (a === undefined || norm(b) > norm(a) ? b : a),
    undefined,
  );
  if (v === undefined || norm(v) < 1e-9) return undefined;
  for (let round = 0; round < 30; round++) {
    const next = new Float64Array(u.length);
    for (const row of rest) {
      const weight = dot(row, v);
      for (let i = 0; i < next.length; i++) next[i]! += weight * row[i]!;
    }
    const size = norm(next);
    if (!(size > 0) || !Number.isFinite(size)) break;
    v = next.map((x) => x / size);
  }
  v = without(v, u);
  const size = norm(v);
  return size > 0 ? v.map((x) => x / size) : undefined;
}

/** The plane through `start` and `best` along which the other points vary most. In one dimension v is zero. */
export function sliceThrough(start: Vector, best: Vector, others: readonly Vector[]): Slice {
  const n = start.length;
  const toBest = minus(best, start);
  const length = norm(toBest);
  const u = length > 0 ? toBest.map((x) => x / length) : axis(n, 0);
  if (n === 1) return { origin: start, u: axis(1, 0), v: new Float64Array(1) };
  const found = principal(
    others.map((point) => minus(point, start)).filter((point) => Number.isFinite(norm(point))),
    u,
  );
  if (found !== undefined) return { origin: start, u, v: found };
  // No other direction is known: the coordinate that is most at right angles to u.
  let flattest = 0;
  for (let i = 1; i < n; i++) if (Math.abs(u[i]!) < Math.abs(u[flattest]!)) flattest = i;
  const v = without(axis(n, flattest), u);
  const size = norm(v);
  return { origin: start, u, v: v.map((x) => x / size) };
}

/** The point at (a, b) of the plane. */
export function pointOn(slice: Slice, a: number, b: number): Float64Array {
  return slice.origin.map((x, i) => x + a * slice.u[i]! + b * slice.v[i]!);
}

/** Where a point falls on the plane, and how near it is: 1 on it, less with its distance in units of `scale`. */
export function project(slice: Slice, point: Vector, scale: number, when: number): Spot {
  const offset = minus(point, slice.origin);
  const [x, y] = [dot(offset, slice.u), dot(offset, slice.v)];
  const off = Math.sqrt(Math.max(0, dot(offset, offset) - x * x - y * y));
  return { x, y, near: 1 / (1 + off / scale), when };
}
