// When a run of CMA-ES has nothing more to find: the criteria of pycma, under its names.
//
// Hansen, "A Tutorial", appendix B.3; defaults as documented for pycma's CMAOptions.
import { pow } from "@basin/math";
import { freshVector, type Vector } from "@basin/objective";
import type { Distribution } from "./distribution.ts";

/** The best and the median value of recent generations, oldest first. */
export type History = { readonly best: Vector; readonly median: Vector };

export const noHistory: History = { best: new Float64Array(0), median: new Float64Array(0) };

/** Generations that tolfunhist and tolstagnation look back. */
export function memoryOf(n: number, lambda: number): { readonly recent: number; readonly long: number } {
  return {
    recent: 10 + Math.ceil((30 * n) / lambda),
    long: Math.min(20_000, Math.floor(100 + (100 * pow(n, 1.5)) / lambda)),
  };
}

function pushed(values: Vector, value: number, limit: number): Float64Array {
  const from = values.length >= limit ? values.length - limit + 1 : 0;
  const next = freshVector(values.length - from + 1);
  next.set(values.subarray(from));
  next[next.length - 1] = value;
  return next;
}

/** History with one more generation, whose values stand sorted, best first. */
export function recorded(history: History, sorted: Vector, n: number): History {
  const { recent, long } = memoryOf(n, sorted.length);
  const limit = Math.max(recent, long);
  return {
    best: pushed(history.best, sorted[0]!, limit),
    median: pushed(history.median, sorted[sorted.length >> 1]!, limit),
  };
}

function median(values: Vector): number {
  const sorted = values.slice().sort();
  return sorted[sorted.length >> 1]!;
}

/** Neither best nor median of the last 30 % of the long memory is below that of the first 30 %. */
function stagnates({ best, median: medians }: History, long: number): boolean {
  if (best.length < long) return false;
  const part = Math.max(1, Math.floor(0.3 * long));
  const early = (values: Vector): Vector =>
    values.subarray(values.length - long, values.length - long + part);
  const late = (values: Vector): Vector => values.subarray(values.length - part);
  return median(late(best)) >= median(early(best)) && median(late(medians)) >= median(early(medians));
}

/** m would not change if a tenth of σ were added along one axis of the distribution (noeffectaxis), or a fifth in a coordinate (noeffectcoord). */
function noEffect(d: Distribution): string | undefined {
  const n = d.mean.length;
  const axis = d.generation % n;
  let along = true;
  for (let j = 0; along && j < n; j++) {
    const m = d.mean[j]!;
    along = m === m + 0.1 * d.sigma * d.root[j * n + axis]!;
  }
  if (along) return "noeffectaxis: a tenth of a standard deviation along an axis no longer changes the mean";
  let coordinate = false;
  for (let j = 0; !coordinate && j < n; j++) {
    const deviation = Math.sqrt(Math.max(0, d.covariance[j * n + j]!));
    const m = d.mean[j]!;
    coordinate = m === m + 0.2 * d.sigma * deviation;
  }
  return coordinate
    ? "noeffectcoord: a fifth of a standard deviation in a coordinate no longer changes the mean"
    : undefined;
}

export interface Limits {
  readonly tolfun: number;
  readonly tolfunhist: number;
  readonly tolx: number;
  readonly tolfacupx: number;
  readonly tolconditioncov: number;
}

/** The usual ones, with this tolerance of function values (pycma: 1e-11). */
export const limitsOf = (functionTolerance: number): Limits => ({
  tolfun: functionTolerance,
  tolfunhist: functionTolerance / 10,
  tolx: 1e-11,
  tolfacupx: 1e3,
  tolconditioncov: 1e14,
});

/**
 * The first criterion that is met, with its pycma name in front, or undefined. `sorted`: this generation's values, best first;
 * `sigma0`: the step size that the run began with, in the same unit as the distribution.
 */
export function stopReason(
  d: Distribution,
  sorted: Vector,
  history: History,
  sigma0: number,
  limits: Limits,
): string | undefined {
  const n = d.mean.length;
  const lambda = sorted.length;
  const { recent, long } = memoryOf(n, lambda);
  const { best } = history;
  let [low, high] = [Infinity, -Infinity];
  for (let g = Math.max(0, best.length - recent); g < best.length; g++) {
    low = Math.min(low, best[g]!);
    high = Math.max(high, best[g]!);
  }
  const spread = sorted[lambda - 1]! - sorted[0]!;
  if (best.length >= recent && spread < limits.tolfun && high - low < limits.tolfun)
    return "tolfun: function values of this and recent generations differ by less than the tolerance";
  if (best.length >= recent && high - low < limits.tolfunhist)
    return "tolfunhist: the best values of recent generations differ by less than a tenth of the tolerance";
  const small = limits.tolx * sigma0;
  let still = true;
  for (let j = 0; still && j < n; j++)
    still =
      d.sigma * Math.abs(d.pathC[j]!) < small &&
      d.sigma * Math.sqrt(Math.max(0, d.covariance[j * n + j]!)) < small;
  if (still) return "tolx: steps are below 1e-11 of the first";
  let [widest, narrowest] = [0, Infinity];
  for (let j = 0; j < n; j++) {
    widest = Math.max(widest, d.scales[j]!);
    narrowest = Math.min(narrowest, d.scales[j]!);
  }
  if (d.sigma * widest > limits.tolfacupx * sigma0)
    return "tolfacupx: steps have grown a thousandfold: the first step was too small, or the function is not bounded below";
  if (widest * widest > limits.tolconditioncov * narrowest * narrowest)
    return "conditioncov: the condition number of the covariance is above 1e14";
  if (stagnates(history, long)) return "tolstagnation: median values have not improved over a long time";
  return noEffect(d);
}
