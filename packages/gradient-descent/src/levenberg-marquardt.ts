// Levenberg–Marquardt: Gauss–Newton steps for least squares, damped as far as a trust region wants them shorter.
//
// Levenberg 1944; Marquardt 1963; and how the region is kept and the damping found: Moré, "The Levenberg–Marquardt Algorithm: Implementation and
// Theory", Lecture Notes in Mathematics 630, 1978 (sections 3 to 6), with normal equations instead of his QR factorisation.
import {
  isEvaluation,
  isFiniteVector,
  z,
  type Ask,
  type Box,
  type Domain,
  type Evaluation,
  type Outcome,
  type Vector,
} from "@basin/objective";
import { cholesky, choleskySolve, solveLower } from "@basin/linear-algebra";
import { defineOptimizer, type Search, type Stop } from "@basin/optimizer";
import { along, dot, freeGradient, largest } from "./descent/box.ts";
import { normalEquations } from "./descent/normal-equations.ts";
import { tolerance } from "./descent/tolerance.ts";
import { norm } from "./first-order/clipping.ts";

/** The model of F(x) = ½ Σ r² at a point. */
type Model = {
  readonly x: Vector;
  /** F(x). */
  readonly half: number;
  /** Jᵀ r, shape [n], and Jᵀ J, shape [n × n]. */
  readonly gradient: Vector;
  readonly normal: Vector;
};

type State = {
  readonly model: Model | undefined;
  /** The largest ‖∂r/∂xⱼ‖² so far in each coordinate, Dⱼ²: a coordinate's unit is 1/Dⱼ. Shape [n]. */
  readonly scale: Vector;
  /** The step in question, how far F falls by the model, and how much damping made it so short; 0 for Gauss and Newton's own. */
  readonly step: Vector;
  readonly promise: number;
  readonly damping: number;
  readonly trial: Vector;
  /** How long ‖D s‖ steps may be; in units of r. */
  readonly radius: number;
  readonly iterations: number;
  readonly stop: string | undefined;
};

const nothing = new Float64Array(0);
/** A step is taken if F falls by more than this share of what was promised. */
const LEAST_RATIO = 1e-4;
const ROUNDING = 2.220446049250313e-16;
/** Steps are as long as the region is wide within this share of it. */
const LEEWAY = 0.1;
/** Searches for a damping that take longer have met rounding. */
const PATIENCE = 60;

function modelOf({ x, residuals, jacobian }: Evaluation<"residuals">): Model {
  return { x, half: 0.5 * dot(residuals, residuals), ...normalEquations(residuals, jacobian, x.length) };
}

/** ‖D s‖. */
function lengthOf(s: Vector, scale: Vector): number {
  let square = 0;
  for (let i = 0; i < s.length; i++) square += scale[i]! * s[i]! * s[i]!;
  return Math.sqrt(square);
}

/** (JᵀJ + λ D²) s = −Jᵀr over the free coordinates, zero elsewhere, and the matrix' Cholesky factor; undefined where that cannot be solved. */
function damped(
  { normal }: Model,
  free: Vector,
  held: readonly boolean[],
  scale: Vector,
  damping: number,
): { readonly s: Float64Array; readonly factor: Float64Array } | undefined {
  const n = free.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      matrix[i * n + j] =
        held[i]! || held[j]! ? (i === j ? 1 : 0) : normal[i * n + j]! + (i === j ? damping * scale[i]! : 0);
  const factor = cholesky(matrix, n);
  if (factor.failed !== undefined) return undefined;
  const s = choleskySolve(factor.lower, free);
  for (let i = 0; i < n; i++) s[i] = -s[i]!;
  return isFiniteVector(s) ? { s, factor: factor.lower } : undefined;
}

/**
 * Gauss and Newton's step, or where that is longer than the radius, the damped one that is about as long (Moré 1978, algorithm 5.5: Newton's
 * method for 1/‖D s(λ)‖, safeguarded). `guess`: the damping of the step before. Undefined where no system can be solved.
 */
function stepWithin(
  radius: number,
  model: Model,
  free: Vector,
  held: readonly boolean[],
  scale: Vector,
  guess: number,
): { readonly s: Float64Array; readonly damping: number } | undefined {
  /** By how much Newton raises the damping of a step that is too long, and lowers that of one too short: (q − Δ) / (Δ ‖L⁻¹ D² s / q‖²). */
  const correction = (s: Vector, q: number, factor: Float64Array): number => {
    const w = solveLower(
      factor,
      s.map((si, i) => (scale[i]! * si) / q),
    );
    return (q - radius) / (radius * dot(w, w));
  };
  let low = 0;
  const plain = damped(model, free, held, scale, 0);
  if (plain !== undefined) {
    const q = lengthOf(plain.s, scale);
    if (q <= (1 + LEEWAY) * radius) return { s: plain.s, damping: 0 };
    low = correction(plain.s, q, plain.factor);
  }
  // ‖D⁻¹g‖ / Δ: no step is longer with that much damping
  let high = Math.sqrt(free.reduce((sum, g, i) => sum + (g / scale[i]!) * g, 0)) / radius;
  let damping = Math.min(Math.max(guess, low), high);
  let best: { readonly s: Float64Array; readonly damping: number } | undefined;
  for (let t = 0; t < PATIENCE; t++) {
    if (!(damping > 0)) damping = Math.max(1e-3 * high, Number.MIN_VALUE);
    const found = damped(model, free, held, scale, damping);
    if (found === undefined) {
      // not definite within rounding
      low = damping;
      damping *= 10;
      high = Math.max(high, damping);
      continue;
    }
    best = { s: found.s, damping };
    const q = lengthOf(found.s, scale);
    if (Math.abs(q - radius) <= LEEWAY * radius || q === 0) break;
    if (q > radius) low = Math.max(low, damping);
    else high = Math.min(high, damping);
    const next = damping + correction(found.s, q, found.factor);
    damping = next > low && next < high ? next : Math.max(1e-3 * high, Math.sqrt(low) * Math.sqrt(high));
    if (!(low < high)) break;
  }
  return best;
}

/** −g·s − ½ sᵀ JᵀJ s: what F falls by along s, if the residuals are linear. */
function promised({ gradient, normal }: Model, s: Vector): number {
  const n = s.length;
  let quadratic = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += normal[i * n + j]! * s[j]!;
    quadratic += s[i]! * sum;
  }
  return -dot(gradient, s) - 0.5 * quadratic;
}

function heldIn(x: Vector, free: Vector, { lower, upper }: Box): boolean[] {
  return Array.from(x, (xi, i) => free[i] === 0 && (xi <= lower[i]! || xi >= upper[i]!));
}

/** Moré's factor on the radius after a step that failed (MINPACK): the minimum of a parabola, between 1/10 and 1/2. */
function shrinkage({ half, gradient }: Model, step: Vector, next: number): number {
  if (!(next < 100 * half)) return 0.1;
  if (next <= half) return 0.5;
  const slope = dot(gradient, step) / (2 * half);
  return Math.max(0.1, (0.5 * slope) / (slope + 0.5 * (1 - next / half)));
}

function searchOf(
  settings: { readonly radius: number; readonly tolerance: number },
  { bounds }: Domain,
): Search<State, "residuals"> {
  /** The step from the model that the radius allows; a shorter one where the bounds have turned it uphill. */
  function aim(state: State, model: Model): State {
    const free = freeGradient(model.x, model.gradient, bounds);
    if (largest(free) <= settings.tolerance)
      return { ...state, model, stop: `converged: the gradient of ½ Σ r² is at most ${settings.tolerance}` };
    const held = heldIn(model.x, free, bounds);
    let { radius, damping } = state;
    for (;;) {
      const found = stepWithin(radius, model, free, held, state.scale, damping);
      if (found === undefined) break;
      damping = found.damping;
      const trial = along(model.x, found.s, 1, bounds);
      const step = trial.map((xi, i) => xi - model.x[i]!);
      const promise = promised(model, step);
      // rounding has swallowed the step: a shorter one will fare no better
      if (largest(step) === 0) break;
      if (promise > 0) return { ...state, model, step, promise, damping, trial, radius };
      radius = Math.min(radius, lengthOf(found.s, state.scale)) / 4;
    }
    return { ...state, model, stop: "converged: no lower point can be found within rounding" };
  }

  /** Units never shrink, and a coordinate that no residual depends on has unit 1. */
  function scaled(scale: Vector, { normal, x }: Model): Float64Array {
    const n = x.length;
    return Float64Array.from(x, (_, i) => Math.max(scale[i] ?? 0, normal[i * n + i]!) || 1);
  }

  /** As long as the start is far from 0, which knows no length: then, as r is. (1/1000 of r: a start beside 0 says no more.) */
  function firstRadius({ x, half }: Model, scale: Vector): number {
    const [length, r] = [lengthOf(x, scale), Math.sqrt(2 * half)];
    return settings.radius * (length > 0 ? Math.max(length, r / 1000) : r);
  }

  return {
    init: (start): State => ({
      model: undefined,
      scale: nothing,
      step: nothing,
      promise: 0,
      damping: 0,
      trial: start,
      radius: 0,
      iterations: 0,
      stop: undefined,
    }),
    ask: ({ stop, trial }): Ask<"residuals"> | Stop =>
      stop === undefined ? { queries: [{ kind: "residuals", x: trial }] } : { stop },
    tell(state, [outcome]: readonly Outcome<"residuals">[]): State {
      const answer = isEvaluation(outcome!) ? outcome : undefined;
      const now = answer === undefined ? undefined : modelOf(answer);
      const sound =
        now !== undefined &&
        now.half < Infinity &&
        isFiniteVector(now.normal) &&
        isFiniteVector(now.gradient);
      if (state.model === undefined) {
        if (!sound)
          return {
            ...state,
            stop: `there are no residuals at the start: ${answer === undefined ? (outcome as { message: string }).message : "they overflow"}`,
          };
        const scale = scaled(nothing, now);
        return aim({ ...state, scale, radius: firstRadius(now, scale) }, now);
      }
      const { model, step, promise, scale, damping } = state;
      const length = lengthOf(step, scale);
      // what the first step is too short for was not asked of the region
      const radius = state.iterations === 0 ? Math.min(state.radius, length) : state.radius;
      const ratio = sound ? (model.half - now.half) / promise : -Infinity;
      if (!sound || !(ratio > LEAST_RATIO)) {
        // what was promised is lost in the rounding of F
        if (sound && promise <= ROUNDING * model.half)
          return { ...state, stop: "converged: no lower point can be found within rounding" };
        const shrink = shrinkage(model, step, sound ? now.half : Infinity);
        return aim({ ...state, radius: shrink * Math.min(radius, 10 * length) }, model);
      }
      const next =
        ratio <= 0.25
          ? shrinkage(model, step, now.half) * Math.min(radius, 10 * length)
          : ratio >= 0.75 || damping === 0
            ? 2 * length
            : radius;
      return aim(
        { ...state, scale: scaled(scale, now), radius: next, iterations: state.iterations + 1 },
        now,
      );
    },
    recommend: ({ model, trial }) => model?.x ?? trial,
    metrics: ({ model, damping, radius, iterations }) => ({
      gradientNorm: model === undefined ? 0 : Math.min(norm(model.gradient), Number.MAX_VALUE),
      damping,
      radius: Math.min(radius, Number.MAX_VALUE),
      iterations,
    }),
  };
}

/**
 * Levenberg–Marquardt for objectives that answer the kind "residuals": f grows with Σ r². A step is Gauss and Newton's where that is no
 * longer than a trust region is wide, and damped to that length otherwise. Coordinates are measured by how much the residuals depend on
 * them. Bounds: coordinates at a bound whose slope points outward are held, and steps are projected; a failure shrinks the region.
 * It solves n equations a step, a few times where the step is damped, so up to 1000 dimensions.
 */
export const levenbergMarquardt = defineOptimizer({
  name: "levenberg-marquardt",
  family: "gradient-descent",
  summary: "Gauss–Newton steps for sums of squares, as long as a trust region allows.",
  references: [
    "Marquardt, An Algorithm for Least-Squares Estimation of Nonlinear Parameters, J. SIAM 11 (2), 1963",
    "Moré, The Levenberg–Marquardt Algorithm: Implementation and Theory, Lecture Notes in Mathematics 630, 1978",
  ],
  stateVersion: 2,
  needs: ["residuals"],
  requires: { dimension: [1, 1000] },
  hyperparameters: z.object({
    radius: z
      .number()
      .positive()
      .default(1)
      .meta({
        label: "First radius",
        help: "How far the first step may lead, in units of how far the start is from zero.",
        scale: "log",
        range: [0.01, 100],
      }),
    tolerance,
  }),
  create: searchOf,
});
