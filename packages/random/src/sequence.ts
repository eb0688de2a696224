// A low-discrepancy sequence: points that fill the unit cube more evenly than random ones, each known from its index.
import { refuse } from "./refuse.ts";

/** An infinite list of points in [0, 1)ⁿ; the same arguments always give the same points. */
export interface Sequence {
  /** n */
  readonly dimension: number;
  /**
   * Writes into `out`, rows of n coordinates, the points at `first`, `first + 1` …; returns it.
   * @throws RangeError unless `out` holds whole points and 0 ≤ first and first + rows ≤ 2³².
   */
  write(out: Float64Array, first: number): Float64Array;
}

/** The number of points that `out` holds, checked. */
export function rowsOf(who: string, out: Float64Array, dimension: number, first: number): number {
  const rows = out.length / dimension;
  if (Math.floor(rows) !== rows)
    throw refuse(who, `out has ${out.length} numbers`, `give a multiple of the dimension, ${dimension}`);
  if (!(first >= 0 && first + rows <= 4294967296 && Math.floor(first) === first))
    throw refuse(
      who,
      `points ${first} to ${first + rows - 1} were asked for`,
      "give indices from 0 to 2^32 − 1",
    );
  return rows;
}

export function checkDimension(who: string, dimension: number, most: number): void {
  if (!(dimension >= 1 && dimension <= most && Math.floor(dimension) === dimension))
    throw refuse(who, `the dimension is ${dimension}`, `give a whole number from 1 to ${most}`);
}

export function checkScramble(who: string, scramble: number): void {
  if (!(Number.isSafeInteger(scramble) && scramble >= 0))
    throw refuse(
      who,
      `the scramble is ${scramble}`,
      "give a whole number from 0 to 2^53 − 1, such as rng.bits()",
    );
}
