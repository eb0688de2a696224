// Curves of loss: the median over seeds and named quantile bands, on a common axis.
import { pow } from "@basin/math";
import type { RunResult } from "@basin/runner";
import { isLost, recordsOf } from "./losses.ts";
import type { ExperimentResult } from "./spec.ts";
import { quantile, sortedLosses } from "./statistics/quantile.ts";

/** What a curve runs along. cost: evaluations at their price; queries: unpriced; examples visited; seconds (not reproducible). */
export type Axis = "cost" | "queries" | "examples" | "seconds";

/**
 * One line of a picture. Arrays have shape [m]. +Infinity: that share of the runs failed or diverged; NaN: some run has
 * no answer yet.
 */
export interface Curve {
  readonly problem: string;
  readonly label: string;
  readonly optimizer: string;
  readonly family: string;
  /** Runs behind the quantiles; failed and diverged ones are among them. */
  readonly n: number;
  /** Runs among them that failed or diverged. */
  readonly diverged: number;
  readonly x: Float64Array;
  readonly median: Float64Array;
  readonly q10: Float64Array;
  readonly q25: Float64Array;
  readonly q75: Float64Array;
  readonly q90: Float64Array;
}

/**
 * A curve for each problem and optimizer that has runs. A run that failed or diverged counts as +Infinity all along; a
 * run that ended stays at its last loss. On the axis of cost x is the grid of the traces; on the others 40 points a
 * decade, up to the end of the longest run.
 */
export function curves(
  result: ExperimentResult,
  { axis }: { readonly axis: Axis } = { axis: "cost" },
): Curve[] {
  const { problems, optimizers } = result.spec;
  return problems.flatMap((problem, p) =>
    optimizers.flatMap((entry, e) => {
      const results = recordsOf(result, p, e).map((record) => record.result);
      if (results.length === 0) return [];
      const x = axisOf(results, axis);
      return [
        {
          problem: problem.label,
          label: entry.label,
          optimizer: entry.name,
          family: entry.family,
          n: results.length,
          diverged: results.filter(isLost).length,
          x,
          ...bands(results.map((one) => lossesAt(one, axis, x))),
        },
      ];
    }),
  );
}

const PER_DECADE = 40;

function axisOf(results: readonly RunResult[], axis: Axis): Float64Array {
  const sound = results.filter((result) => !isLost(result));
  const basis = sound.length > 0 ? sound : results;
  if (axis === "cost") {
    // All runs on a problem have one grid.
    return basis[0]!.trace.cost.slice();
  }
  let [least, most] = [Infinity, 0];
  for (const { trace } of basis)
    for (const at of trace[axis])
      if (at > 0) {
        least = Math.min(least, at);
        most = Math.max(most, at);
      }
  if (most === 0) return new Float64Array(0);
  const x: number[] = [];
  // from a whole power of ten, so that the axes of several curves fall on the same points
  let decade = 1;
  while (decade > least) decade /= 10;
  while (decade * 10 <= least) decade *= 10;
  for (let i = 0; ; i++) {
    const at = decade * pow(10, i / PER_DECADE);
    if (at >= most) break;
    if (at >= least) x.push(at);
  }
  x.push(most);
  return Float64Array.from(x);
}

/** The loss of one run at each x, as steps; NaN before its first answer. Shape [m]. */
function lossesAt(result: RunResult, axis: Axis, x: Float64Array): Float64Array {
  if (isLost(result)) return new Float64Array(x.length).fill(Infinity);
  const { trace } = result;
  if (axis === "cost") return trace.loss;
  const along = trace[axis];
  const out = new Float64Array(x.length);
  let [i, loss] = [0, Number.NaN];
  for (let j = 0; j < x.length; j++) {
    while (i < along.length && along[i]! <= x[j]!) loss = trace.loss[i++]!;
    out[j] = loss;
  }
  return out;
}

function bands(runs: readonly Float64Array[]): Pick<Curve, "median" | "q10" | "q25" | "q75" | "q90"> {
  const m = runs[0]!.length;
  const out = {
    median: new Float64Array(m),
    q10: new Float64Array(m),
    q25: new Float64Array(m),
    q75: new Float64Array(m),
    q90: new Float64Array(m),
  };
  for (let j = 0; j < m; j++) {
    const here = runs.map((losses) => losses[j]!);
    // before every run has an answer there is no quantile over all of them
    const known = !here.some((loss) => Number.isNaN(loss));
    const sorted = sortedLosses(here);
    const at = (p: number): number => (known ? quantile(sorted, p) : Number.NaN);
    out.median[j] = at(0.5);
    out.q10[j] = at(0.1);
    out.q25[j] = at(0.25);
    out.q75[j] = at(0.75);
    out.q90[j] = at(0.9);
  }
  return out;
}
