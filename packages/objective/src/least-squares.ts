// A user's own residuals as an objective: f(x) = Σ rᵢ(x)², with the Jacobian given or made of differences at their price.
import { freshVector } from "./fresh-vector.ts";
import { makeDomain } from "./domain.ts";
import { UsageError } from "./errors.ts";
import { moved, stencil } from "./finite-differences.ts";
import type { FunctionOptions } from "./function-objective.ts";
import { kindRow } from "./kinds.ts";
import type { Objective } from "./objective.ts";
import { threw } from "./outcome.ts";
import type { Answers, Evaluation, Outcome, Query } from "./query.ts";
import type { Box, Vector } from "./vector.ts";

type Numbers = ArrayLike<number>;

/** What a sum of squares is made of. Each function gets a copy of x that is its own, shape [n]. */
export interface LeastSquares {
  /** r(x), shape [m]: what is left between a model and each measurement. m is the same at every x. */
  readonly residuals: (x: Float64Array) => Numbers | Promise<Numbers>;
  /** ∂rᵢ/∂xⱼ, shape [m × n], row-major: n numbers a residual. By differences where it is left out. */
  readonly jacobian?: (x: Float64Array) => Numbers | Promise<Numbers>;
}

export interface LeastSquaresOptions extends Omit<FunctionOptions, "gradientPrice"> {
  /** Price of r and ∂r/∂x together, in units of one r. Default: that of differences, n + 1. */
  readonly jacobianPrice?: number;
  /** How the Jacobian is made where none is given: n + 1 residual vectors (forward, default), or 2n + 1 (central). */
  readonly differences?: "forward" | "central";
}

/**
 * An objective made of residuals: answers f = Σ r², ∇f = 2 Jᵀr, and r with J for Levenberg–Marquardt, at once or by promise.
 * What throws, NaN and ±Infinity are failed evaluations. Differences stay inside the bounds and cost what they take.
 * @throws UsageError where the price is no positive number, or the domain is unsound.
 */
export function leastSquaresObjective(f: LeastSquares, options: LeastSquaresOptions): Objective {
  const { name = "f", noisy = false, minimum, differences = "forward", jacobianPrice } = options;
  const domain = makeDomain(options);
  const n = domain.dimension;
  const given = f.jacobian;
  const price =
    given === undefined ? (differences === "forward" ? n + 1 : 2 * n + 1) : (jacobianPrice ?? n + 1);
  if (!(price > 0 && price < Infinity))
    throw new UsageError(name, `the price of its Jacobian is ${price}`, "give a positive number");

  const residualsAt = (x: Vector): Later<Float64Array> =>
    after(f.residuals(x.slice()), (r) => Float64Array.from(r));
  const jacobianAt = (x: Vector, r: Vector): Later<Float64Array> =>
    given === undefined
      ? differenced(residualsAt, x, r, domain.bounds, differences)
      : after(given(x.slice()), (j) => Float64Array.from(j));

  const answer = (query: Query): Later<Outcome> => {
    try {
      const { kind, x } = query;
      if (kind !== "value" && kind !== "gradient" && kind !== "residuals")
        throw new UsageError(name, `it was asked ${kind}`, "ask value, gradient, residuals");
      const outcome = after(residualsAt(x), (residuals): Later<Outcome> => {
        const value = residuals.reduce((sum, r) => sum + r * r, 0);
        if (kind === "value") return sound({ kind, x, value }, query);
        return after(jacobianAt(x, residuals), (jacobian) => {
          const whole = { kind: "residuals", x, value, residuals, jacobian } as const;
          const fault = kindRow("residuals").fault(whole, whole);
          if (kind === "residuals" || fault !== undefined) return sound(whole, whole);
          return sound({ kind, x, value, gradient: slopeOf(whole) }, query);
        });
      });
      return isPromise(outcome) ? outcome.catch(threw) : outcome;
    } catch (error) {
      return threw(error);
    }
  };

  return {
    name,
    domain,
    answers: { value: 1, gradient: price, residuals: price },
    examples: 1,
    noisy,
    ...(minimum === undefined ? {} : { minimum }),
    evaluate({ queries }) {
      const outcomes = queries.map(answer);
      return outcomes.some(isPromise) ? Promise.all(outcomes) : (outcomes as Outcome[]);
    },
  };
}

/** 2 Jᵀr. */
function slopeOf({ x, residuals, jacobian }: Answers["residuals"] & { readonly x: Vector }): Float64Array {
  const n = x.length;
  const slope = freshVector(n);
  for (let k = 0; k < residuals.length; k++)
    for (let j = 0; j < n; j++) slope[j]! += 2 * residuals[k]! * jacobian[k * n + j]!;
  return slope;
}

function sound(evaluation: Evaluation, query: Query): Outcome {
  const fault = kindRow(query.kind).fault(evaluation as never, query as never);
  if (fault === undefined) return evaluation;
  return { failed: fault.fault === "not-finite" ? "not-finite" : "threw", message: fault.message };
}

/** Differences of the residuals in each coordinate; all points are asked at the same time. */
function differenced(
  residualsAt: (x: Vector) => Later<Float64Array>,
  x: Vector,
  r: Vector,
  { lower, upper }: Box,
  scheme: "forward" | "central",
): Later<Float64Array> {
  const n = x.length;
  const stencils = Array.from(x, (xi, j) => stencil(xi, lower[j]!, upper[j]!, scheme));
  const around = stencils.flatMap(({ steps }, j) => steps.map((h) => residualsAt(moved(x, j, h))));
  const combine = (values: readonly Float64Array[]): Float64Array => {
    const jacobian = new Float64Array(r.length * n);
    let next = 0;
    for (const [j, { weights }] of stencils.entries())
      for (const [t, weight] of weights.entries()) {
        const at = t === 0 ? r : values[next++]!;
        if (at.length !== r.length)
          throw new UsageError(
            "residuals",
            `there are ${r.length} of them at one point, ${at.length} at another`,
            "give as many at every point",
          );
        for (let k = 0; k < r.length; k++) jacobian[k * n + j]! += weight * at[k]!;
      }
    return jacobian;
  };
  return around.some(isPromise) ? Promise.all(around).then(combine) : combine(around as Float64Array[]);
}

type Later<T> = T | Promise<T>;

function isPromise<T>(value: Later<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

/** `use` of a value, now where it is there. */
function after<T, R>(value: Later<T>, use: (value: T) => Later<R>): Later<R> {
  return isPromise(value) ? value.then(use) : use(value);
}
