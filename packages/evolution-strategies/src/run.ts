// One run of CMA-ES, from a mean and a step size to its stop: what cma-es is, and what restarts repeat.
import { lossOf, type Domain, type Outcome, type Query, type Vector, freshVector } from "@basin/objective";
import type { Rng } from "@basin/random";
import { intoBox, isBounded, outOfBox } from "./box-transform.ts";
import { isotropic, sample, update, type Distribution } from "./distribution.ts";
import { parameters, type Parameters, type Variation } from "./parameters.ts";
import { noHistory, recorded, stopReason, limitsOf, type History, type Limits } from "./stopping.ts";

export type Run = {
  readonly lambda: number;
  readonly sigma0: number;
  readonly distribution: Distribution;
  /** The samples in question: z, y = B D z, and the points themselves. Shapes [λ × n]. */
  readonly z: Vector;
  readonly y: Vector;
  readonly points: Vector;
  readonly history: History;
  /** Why it ended; empty while it has not. */
  readonly ended: string;
};

/** A method's view of its domain: coordinates in the unit of the region's width, unbounded. */
export interface Frame {
  readonly n: number;
  readonly domain: Domain;
  readonly units: Vector;
  readonly bounded: boolean;
  readonly parametersOf: (lambda: number) => Parameters;
  readonly limits: Limits;
}

/** Widths of the region, 1 where it has none. Shape [n]. */
export function unitsOf({ region }: Domain): Float64Array {
  return Float64Array.from(region.upper, (u, j) => (u > region.lower[j]! ? u - region.lower[j]! : 1));
}

export function frameOf(domain: Domain, variation: Variation = {}, functionTolerance = 1e-11): Frame {
  const n = domain.dimension;
  const known = new Map<number, Parameters>();
  const parametersOf = (lambda: number): Parameters => {
    let found = known.get(lambda);
    if (found === undefined) known.set(lambda, (found = parameters(n, lambda, variation)));
    return found;
  };
  return {
    n,
    domain,
    units: unitsOf(domain),
    bounded: isBounded(domain.bounds),
    parametersOf,
    limits: limitsOf(functionTolerance),
  };
}

/** The mean of a run that starts at x. Shape [n]. */
export function meanAt(x: Vector, { domain, units, bounded }: Frame): Float64Array {
  const y = bounded ? outOfBox(x, domain.bounds) : x;
  return Float64Array.from(y, (value, j) => value / units[j]!);
}

/** The points at mean + σ y for each row y. Shape [λ × n]. */
export function pointsAt(
  { mean, sigma }: Pick<Distribution, "mean" | "sigma">,
  y: Vector,
  { n, units, bounded, domain }: Frame,
): Float64Array {
  const points = freshVector(y.length);
  for (let at = 0; at < y.length;)
    for (let j = 0; j < n; j++, at++) points[at] = (mean[j]! + sigma * y[at]!) * units[j]!;
  if (bounded) intoBox(points, domain.bounds);
  return points;
}

/** A question about every row. */
export function asked(points: Vector, n: number): Query<"value">[] {
  const { buffer, byteOffset, length } = points;
  const queries = new Array<Query<"value">>(length / n);
  for (let i = 0; i < queries.length; i++)
    queries[i] = { kind: "value", x: new Float64Array(buffer, byteOffset + 8 * n * i, n) };
  return queries;
}

/** Up to here, sorting by insertion costs less than calling a function for each comparison. */
const FEW = 64;

/** Indices of values, best first; equal values by index, so that the order is total. */
export function ranking(values: Vector): Int32Array {
  if (values.length <= FEW) {
    const order = new Int32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      let k = i;
      for (; k > 0 && value < values[order[k - 1]!]!; k--) order[k] = order[k - 1]!;
      order[k] = i;
    }
    return order;
  }
  return Int32Array.from(values.keys()).sort((a, b) =>
    values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b,
  );
}

function resampled(
  run: Pick<Run, "lambda" | "sigma0" | "history">,
  distribution: Distribution,
  ended: string,
  frame: Frame,
  rng: Rng,
): Run {
  const { z, y } = sample(distribution, frame.parametersOf(run.lambda), frame.n, rng);
  return {
    lambda: run.lambda,
    sigma0: run.sigma0,
    distribution,
    z,
    y,
    points: pointsAt(distribution, y, frame),
    history: run.history,
    ended,
  };
}

export function beginRun(mean: Vector, sigma0: number, lambda: number, frame: Frame, rng: Rng): Run {
  return resampled({ lambda, sigma0, history: noHistory }, isotropic(mean, sigma0), "", frame, rng);
}

/** The run after its generation was answered. A generation answered in part (the budget's end) or with failures only changes nothing but the samples. */
export function tellRun(run: Run, outcomes: readonly Outcome<"value">[], frame: Frame, rng: Rng): Run {
  const { lambda, distribution } = run;
  const values = freshVector(outcomes.length);
  let succeeded = 0;
  for (let i = 0; i < values.length; i++) {
    const value = lossOf(outcomes[i]!);
    values[i] = value;
    if (value < Infinity) succeeded++;
  }
  if (outcomes.length < lambda || succeeded === 0) return resampled(run, distribution, run.ended, frame, rng);
  const order = ranking(values);
  const sorted = freshVector(lambda);
  for (let i = 0; i < lambda; i++) sorted[i] = values[order[i]!]!;
  const next = update(
    distribution,
    { z: run.z as Float64Array, y: run.y as Float64Array },
    order,
    succeeded,
    frame.parametersOf(lambda),
  );
  const history = recorded(run.history, sorted, frame.n);
  const ended = stopReason(next, sorted, history, run.sigma0, frame.limits) ?? "";
  return resampled({ lambda, sigma0: run.sigma0, history }, next, ended, frame, rng);
}
