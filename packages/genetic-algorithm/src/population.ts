// A population as rows of one matrix: the first one, who survives, how wide it is.
import { exp, log } from "@basin/math";
import {
  lossOf,
  type Ask,
  type Domain,
  type Outcome,
  type Query,
  type Vector,
  freshVector,
} from "@basin/objective";
import type { Rng } from "@basin/random";
import { bringBack } from "./bounds.ts";

/** Ranked members, the best first. */
export type Members = {
  /** Shape [count × n], row-major. */
  readonly parents: Vector;
  /** f of each, ascending; +Infinity where it failed. Shape [count]. */
  readonly values: Vector;
  /** Step size that each was made with, and passes on, in units of the spread. Shape [count]. */
  readonly steps: Vector;
};

export const nobody: Members = {
  parents: new Float64Array(0),
  values: new Float64Array(0),
  steps: new Float64Array(0),
};

/** A question about every row of a matrix; it may be answered in part. */
export function askAbout(rows: Vector, n: number): Ask<"value"> {
  const { buffer, byteOffset } = rows;
  const queries = new Array<Query<"value">>(rows.length / n);
  for (let i = 0; i < queries.length; i++)
    queries[i] = { kind: "value", x: new Float64Array(buffer, byteOffset + 8 * i * n, n) };
  return { queries, prefix: true };
}

/** `size` rows drawn uniformly from the region. Shape [size × n]. */
export function fromRegion(size: number, { region: { lower, upper } }: Domain, rng: Rng): Float64Array {
  const n = lower.length;
  const rows = rng.fillUniform(freshVector(size * n));
  for (let at = 0; at < rows.length; at += n)
    for (let j = 0; j < n; j++) {
      const x = lower[j]! + rows[at + j]! * (upper[j]! - lower[j]!);
      rows[at + j] = x > upper[j]! ? upper[j]! : x;
    }
  return rows;
}

/** `size` rows of fair coins. Shape [size × n]. */
export function coins(size: number, n: number, rng: Rng): Float64Array {
  const rows = freshVector(size * n);
  for (let at = 0; at < rows.length; at++) rows[at] = rng.bits() & 1;
  return rows;
}

/** `size` permutations of 0 … n − 1. Shape [size × n]. */
export function shuffles(size: number, n: number, rng: Rng): Float64Array {
  const rows = freshVector(size * n);
  for (let i = 0; i < size; i++) rows.set(rng.permutation(n), i * n);
  return rows;
}

/** The start, then half of `size` rows around it and half from the region, or all of them as `how` says. */
export function firstRows(
  start: Vector,
  size: number,
  how: "both" | "region" | "around",
  domain: Domain,
  rng: Rng,
): Float64Array {
  const n = start.length;
  const near = how === "region" ? 0 : how === "around" ? size : size / 2;
  const rows = freshVector(size * n);
  rows.set(around(start, near, domain, rng));
  rows.set(fromRegion(size - near, domain, rng), near * n);
  rows.set(start);
  for (let at = n; at < near * n; at += n) bringBack(rows, at, n, domain.bounds, rows, 0);
  return rows;
}

const [NEAREST, FARTHEST] = [1e-3, 0.3];

/**
 * `size` rows around a point: normal steps, whose width is between a thousandth and a third of the region's, each order
 * of magnitude equally likely, since nothing tells how far off the minimum is. Rows may leave the bounds. Shape [size × n].
 */
function around(x: Vector, size: number, { region: { lower, upper } }: Domain, rng: Rng): Float64Array {
  const n = x.length;
  const rows = rng.fillNormal(freshVector(size * n));
  const ratio = log(FARTHEST / NEAREST);
  for (let at = 0; at < rows.length; at += n) {
    const width = NEAREST * exp(ratio * rng.uniform());
    for (let j = 0; j < n; j++) rows[at + j] = x[j]! + rows[at + j]! * width * (upper[j]! - lower[j]!);
  }
  return rows;
}

/** Sorts indices by their key, ascending; those with equal keys stay in order. Changes the caller's own `order`. */
function sortBy(order: Int32Array, keys: Vector, from: number): void {
  if (order.length - from > 200) {
    order.sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
    return;
  }
  // insertion: generations are small, and the beginning is in order already
  for (let i = Math.max(1, from); i < order.length; i++) {
    const index = order[i]!;
    const key = keys[index]!;
    let j = i - 1;
    for (; j >= 0 && keys[order[j]!]! > key; j--) order[j + 1] = order[j]!;
    order[j + 1] = index;
  }
}

/** Members in the order of their values; equals keep theirs. */
export function ranked({ parents, values, steps }: Members, n: number): Members {
  const order = Int32Array.from(values.keys());
  sortBy(order, values, 1);
  const rows = freshVector(parents.length);
  for (let r = 0, to = 0; r < order.length; r++)
    for (let at = order[r]! * n, end = at + n; at < end; at++) rows[to++] = parents[at]!;
  return {
    parents: rows,
    values: Float64Array.from(order, (i) => values[i]!),
    steps: Float64Array.from(order, (i) => steps[i]!),
  };
}

/**
 * The best `size` of the first `elites` members and of the children that were answered. Children come after members of
 * the same value where those are better or equal. `room` gives memory for the rows, of any content.
 */
export function survivors(
  members: Members,
  elites: number,
  children: Vector,
  childSteps: Vector,
  outcomes: readonly Outcome<"value">[],
  size: number,
  n: number,
  room: (length: number) => Float64Array = freshVector,
): Members {
  const kept = Math.min(elites, members.values.length);
  const total = kept + outcomes.length;
  const keys = freshVector(total);
  const order = new Int32Array(total);
  for (let i = 0; i < total; i++) {
    order[i] = i;
    keys[i] = i < kept ? members.values[i]! : lossOf(outcomes[i - kept]!);
  }
  sortBy(order, keys, kept);
  const count = Math.min(size, total);
  const parents = room(count * n);
  const values = freshVector(count);
  const steps = freshVector(count);
  for (let r = 0, to = 0; r < count; r++) {
    const i = order[r]!;
    const child = i - kept;
    values[r] = keys[i]!;
    steps[r] = child < 0 ? members.steps[i]! : childSteps[child]!;
    const from = child < 0 ? members.parents : children;
    for (let at = (child < 0 ? i : child) * n, end = at + n; at < end; at++) parents[to++] = from[at]!;
  }
  return { parents, values, steps };
}

/**
 * Standard deviation of the members in each coordinate, no less than what rounding leaves. Shape [n]. Distances are
 * taken from the best member, which is as near to all as they are to each other, so that one pass is as exact as two.
 */
export function spreadOf(parents: Vector, n: number): Float64Array {
  const share = n / parents.length;
  const sums = freshVector(n);
  const spread = freshVector(n);
  let at = n;
  // two rows at a time, added in the order of one
  for (; at + n < parents.length; at += 2 * n)
    for (let j = 0; j < n; j++) {
      const x = parents[j]!;
      const d = parents[at + j]! - x;
      const e = parents[at + n + j]! - x;
      sums[j] = sums[j]! + d + e;
      spread[j] = spread[j]! + d * d + e * e;
    }
  if (at < parents.length)
    for (let j = 0; j < n; j++) {
      const d = parents[at + j]! - parents[j]!;
      sums[j]! += d;
      spread[j]! += d * d;
    }
  for (let j = 0; j < n; j++) {
    const mean = sums[j]! * share;
    const square = spread[j]! * share;
    // members may be so far apart that squares overflow; rounding may leave a little less than zero
    const variance = square < Infinity ? Math.max(0, square - mean * mean) : Infinity;
    spread[j] = Math.max(Math.sqrt(variance), 2e-16 * Math.abs(parents[j]!), 1e-300);
  }
  return spread;
}
