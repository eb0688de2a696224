// The principal axes of a population: operators that act on one coordinate after the other, along these, follow oblique valleys.
//
// Takahashi & Kita, "A Crossover Operator Using Independent Component Analysis for Real-Coded Genetic Algorithms", CEC 2001 (with
// principal components too); for differential evolution: Guo & Yang, IEEE Transactions on Evolutionary Computation 19 (1), 2015.
import { symmetricEigen } from "@basin/linear-algebra";
import { freshVector, type Vector } from "@basin/objective";

export interface Axes {
  /** Column k is axis k, the narrowest first. Shape [n × n], row-major. */
  readonly basis: Vector;
  /** Coordinates of the members along the axes, from the best one. Shape [count × n]. */
  readonly members: Vector;
  /** Standard deviation of the members along each axis; never zero. Shape [n]. */
  readonly spread: Vector;
}

/** Of ranked members, shape [count × n]; undefined where they are so far apart that their covariance overflows. */
export function principalAxes(parents: Vector, n: number): Axes | undefined {
  const count = parents.length / n;
  // from the best member, so that rounding is as small as the population is
  const members = freshVector(parents.length);
  const mean = freshVector(n);
  let largest = 0;
  for (let at = 0; at < parents.length;)
    for (let j = 0; j < n; j++, at++) {
      const d = parents[at]! - parents[j]!;
      members[at] = d;
      mean[j]! += d / count;
      largest = Math.max(largest, Math.abs(parents[at]!));
    }
  const covariance = freshVector(n * n);
  for (let row = 0; row < members.length; row += n)
    for (let j = 0; j < n; j++) {
      const d = members[row + j]! - mean[j]!;
      for (let k = 0; k <= j; k++) covariance[j * n + k]! += (d * (members[row + k]! - mean[k]!)) / count;
    }
  for (let j = 0; j < n; j++) if (!(covariance[j * n + j]! < Infinity)) return undefined;
  const { values, vectors } = symmetricEigen(covariance, n);
  const least = Math.max(2e-16 * largest, 1e-300);
  const turned = freshVector(members.length);
  for (let row = 0; row < members.length; row += n)
    for (let j = 0; j < n; j++) {
      const [x, line] = [members[row + j]!, j * n];
      for (let k = 0; k < n; k++) turned[row + k]! += x * vectors[line + k]!;
    }
  return {
    basis: vectors,
    members: turned,
    spread: values.map((value) => Math.max(Math.sqrt(Math.max(0, value)), least)),
  };
}

/** Turns the row of `children` that begins at c from coordinates along the axes, from `origin`'s first row, into the domain's. */
export function turnBack(children: Float64Array, c: number, n: number, basis: Vector, origin: Vector): void {
  const along = children.slice(c, c + n);
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let k = 0, line = j * n; k < n; k++) sum += basis[line + k]! * along[k]!;
    children[c + j] = origin[j]! + sum;
  }
}
