// The fixed grids that traces are recorded on: costs 10^(i/40), targets 10^(k/20).
import { pow } from "@basin/math";

/** Points a decade of cost. */
const PER_DECADE = 40;
/** Targets a decade of loss. */
const TARGETS_PER_DECADE = 20;

const costs = Float64Array.from({ length: PER_DECADE }, (_, r) => pow(10, r / PER_DECADE));
const targets = Float64Array.from({ length: TARGETS_PER_DECADE }, (_, r) => pow(10, r / TARGETS_PER_DECADE));

/** 10^(i/d) with whole decades exact up to 10²², shape of the table: [d]. */
function power(i: number, table: Float64Array): number {
  const decade = Math.floor(i / table.length);
  const rest = table[i - decade * table.length]!;
  return decade < 0 ? rest / pow(10, -decade) : rest * pow(10, decade);
}

/** The costs below the budget at 40 a decade from 1, then the budget. Shape [m], m ≥ 1. */
export function gridOf(budget: number): Float64Array {
  const grid: number[] = [];
  for (let i = 0; ; i++) {
    const cost = power(i, costs);
    if (cost >= budget) break;
    grid.push(cost);
  }
  grid.push(budget);
  return Float64Array.from(grid);
}

/** The target k: 10^(k/20). */
export function targetOf(k: number): number {
  return power(k, targets);
}

/** Targets end here, at 10⁻¹⁶. */
export const LAST_TARGET: number = -16 * TARGETS_PER_DECADE;

/** The smallest k ≥ LAST_TARGET with gap ≤ 10^(k/20); gap is finite. */
export function targetAbove(gap: number): number {
  let k = LAST_TARGET;
  if (gap <= targetOf(k)) return k;
  // by bisection on the exact levels, so that no rounding of a logarithm can miss one; 10^310 is above every double
  let high = 310 * TARGETS_PER_DECADE;
  while (high - k > 1) {
    const middle = (k + high) >> 1;
    if (gap <= targetOf(middle)) high = middle;
    else k = middle;
  }
  return high;
}
