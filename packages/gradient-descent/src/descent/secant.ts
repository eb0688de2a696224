// What a quasi-Newton method learns from a step: s, and the change y of the gradient, made to fit the values too.
import { freshVector, type Vector } from "@basin/objective";
import { dot } from "./box.ts";
import type { Taken } from "./direction-rule.ts";

/** A secant pair: B s = y; ρ = 1 / s·y > 0. Shapes [n]. */
export type Secant = { readonly s: Vector; readonly y: Vector; readonly rho: number };

/**
 * The pair of a step, or undefined where the slope did not rise along it, which says nothing of the curvature.
 * y is scaled by t = 2 (f(x) − f(x′) + s·∇f(x′)) / s·y, within [0.01, 100], so that the model has the right value at x
 * too (Yuan, "A modified BFGS algorithm for unconstrained optimization", IMA J. Numer. Anal. 11, 1991): on Rosenbrock's
 * function that saves a twentieth to a tenth of the evaluations.
 */
export function secantOf({ s, y, fall, end }: Taken): Secant | undefined {
  const curvature = dot(s, y);
  if (!(curvature > 1e-14 * dot(y, y))) return undefined;
  const t = Math.min(Math.max((2 * (fall + end)) / curvature, 0.01), 100);
  const fitted = freshVector(y.length);
  for (let i = 0; i < y.length; i++) fitted[i] = t * y[i]!;
  return { s, y: fitted, rho: 1 / (t * curvature) };
}
