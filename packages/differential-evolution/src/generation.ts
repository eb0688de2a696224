// One generation: a trial for every parent, kept as rows of matrices; selection is parent against its own trial.
//
// Storn & Price, "Differential Evolution – A Simple and Efficient Heuristic for Global Optimization over Continuous
// Spaces", Journal of Global Optimization 11, 1997.
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

/** What every variant remembers. `size` rows; n columns. */
export type Generation = {
  readonly size: number;
  /** Shape [size × n], row-major; empty until the first answers arrive. */
  readonly parents: Vector;
  /** f of the parents, shape [size]; +Infinity where f failed. */
  readonly values: Vector;
  /** The questions: trial i competes with parent i. Shape [size × n]. */
  readonly trials: Vector;
};

/** What selection did: the next parents, and how much each successful trial gained. */
export interface Selection {
  readonly parents: Float64Array;
  readonly values: Float64Array;
  /** f(parent) − f(trial) where the trial was strictly better, else 0; shape [size]. */
  readonly gain: Float64Array;
}

/** The first population: the start, then points drawn uniformly from the region. Shape [size × n]. */
export function firstPopulation(start: Vector, size: number, domain: Domain, rng: Rng): Float64Array {
  const n = domain.dimension;
  const { lower, upper } = domain.region;
  const rows = rng.fillUniform(freshVector(size * n));
  for (let at = n; at < rows.length;)
    for (let j = 0; j < n; j++, at++) rows[at] = lower[j]! + rows[at]! * (upper[j]! - lower[j]!);
  rows.set(start, 0);
  return rows;
}

/** A question about every row. */
export function askAbout(rows: Vector, n: number): Ask<"value"> {
  const size = rows.length / n;
  const queries: Query<"value">[] = [];
  for (let i = 0; i < size; i++)
    queries.push({ kind: "value", x: new Float64Array(rows.buffer, rows.byteOffset + 8 * i * n, n) });
  return { queries, prefix: true };
}

/** Parent or trial, whichever is better; a trial that is as good replaces its parent, so that plateaus are crossed. */
export function select(state: Generation, outcomes: readonly Outcome<"value">[], n: number): Selection {
  const { parents, values, trials, size } = state;
  const gain = freshVector(size);
  if (parents.length === 0) {
    const first = freshVector(size).fill(Infinity);
    for (let i = 0; i < outcomes.length; i++) first[i] = lossOf(outcomes[i]!);
    return { parents: trials.slice(), values: first, gain };
  }
  const next = parents.slice();
  const nextValues = values.slice();
  // A last batch may be answered in part: trials without an answer are as if they had never been made.
  for (let i = 0; i < outcomes.length; i++) {
    const value = lossOf(outcomes[i]!);
    const before = values[i]!;
    if (!(value <= before)) continue;
    if (value < before) gain[i] = before - value;
    nextValues[i] = value;
    for (let j = i * n, end = j + n; j < end; j++) next[j] = trials[j]!;
  }
  return { parents: next, values: nextValues, gain };
}

/** Index of the lowest value; 0 if all failed. */
export function bestIndex(values: Vector): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[best]!) best = i;
  return best;
}

/** The best parent, or the start where nothing was answered yet. A copy: shape [n]. */
export function bestOf(state: Generation, n: number): Float64Array {
  if (state.parents.length === 0) return state.trials.slice(0, n);
  const i = bestIndex(state.values);
  return state.parents.slice(i * n, (i + 1) * n);
}

/** Indices by value, best first; equal values by index, so that the order is total. Shape [size]. */
export function ranking(values: Vector): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) =>
    values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b,
  );
}

/** Largest distance between parents along a coordinate, relative to the region's width there: 0 when all are one point. */
export function spread(state: Generation, domain: Domain): number {
  const n = domain.dimension;
  const { parents } = state;
  let widest = 0;
  for (let j = 0; j < n; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = j; at < parents.length; at += n) {
      if (parents[at]! < low) low = parents[at]!;
      if (parents[at]! > high) high = parents[at]!;
    }
    const width = domain.region.upper[j]! - domain.region.lower[j]!;
    if (high > low) widest = Math.max(widest, (high - low) / (width > 0 ? width : 1));
  }
  return widest;
}

/** Whether all parents are one point: every difference is then zero, and no trial can be new. */
export function collapsed(state: Generation, n: number): boolean {
  const { parents } = state;
  if (parents.length === 0) return false;
  for (let at = n; at < parents.length; at++) if (parents[at] !== parents[at - n]) return false;
  return true;
}

/** The end of a search whose population has become one point. */
export const stopCollapsed = { stop: "converged: all members of the population are the same point" } as const;
