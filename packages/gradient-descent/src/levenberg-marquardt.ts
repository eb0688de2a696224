// Levenberg–Marquardt: Gauss–Newton steps for least squares, damped as far as they fail (Levenberg 1944; Marquardt 1963).
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
import { cholesky, choleskySolve } from "@basin/linear-algebra";
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
  /** The largest ‖∂r/∂xⱼ‖² so far in each coordinate: its unit (Moré 1978). Shape [n]. */
  readonly scale: Vector;
  /** The step in question, and how far F falls by the model. */
  readonly step: Vector;
  readonly promise: number;
  readonly trial: Vector;
  /** How much damping, and by what it grows after the next failure (Nielsen 1999). */
  readonly damping: number;
  readonly growth: number;
  readonly iterations: number;
  readonly stop: string | undefined;
};

const nothing = new Float64Array(0);
const [LEAST_DAMPING, MOST_DAMPING] = [1e-100, 1e100];

function modelOf({ x, residuals, jacobian }: Evaluation<"residuals">): Model {
  return { x, half: 0.5 * dot(residuals, residuals), ...normalEquations(residuals, jacobian, x.length) };
}

/** (JᵀJ + λ D) s = −Jᵀr over the free coordinates, zero elsewhere; undefined where that cannot be solved. */
function damped(
  { normal }: Model,
  free: Vector,
  held: readonly boolean[],
  scale: Vector,
  damping: number,
): Float64Array | undefined {
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
  return isFiniteVector(s) ? s : undefined;
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

function searchOf(
  settings: { readonly damping: number; readonly tolerance: number },
  { bounds }: Domain,
): Search<State, "residuals"> {
  /** A step from the model with ever more damping, until one can be computed that leads somewhere lower. */
  function aim(state: State, model: Model): State {
    const free = freeGradient(model.x, model.gradient, bounds);
    if (largest(free) <= settings.tolerance)
      return { ...state, model, stop: `converged: the gradient of ½ Σ r² is at most ${settings.tolerance}` };
    const held = heldIn(model.x, free, bounds);
    let { damping, growth } = state;
    for (; damping <= MOST_DAMPING; damping *= growth, growth *= 2) {
      const s = damped(model, free, held, state.scale, damping);
      if (s === undefined) continue;
      const trial = along(model.x, s, 1, bounds);
      const step = trial.map((xi, i) => xi - model.x[i]!);
      const promise = promised(model, step);
      // rounding has swallowed the step: a shorter one will fare no better
      if (norm(step) === 0) break;
      if (promise > 0) return { ...state, model, step, promise, trial, damping, growth };
    }
    return { ...state, model, stop: "converged: no lower point can be found within rounding" };
  }

  /** Units never shrink, and a coordinate that no residual depends on has unit 1. */
  function scaled(scale: Vector, { normal, x }: Model): Float64Array {
    const n = x.length;
    return Float64Array.from(x, (_, i) => Math.max(scale[i] ?? 0, normal[i * n + i]!) || 1);
  }

  return {
    init: (start): State => ({
      model: undefined,
      scale: nothing,
      step: nothing,
      promise: 0,
      trial: start,
      damping: settings.damping,
      growth: 2,
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
        return aim({ ...state, scale: scaled(nothing, now) }, now);
      }
      const ratio = sound ? (state.model.half - now.half) / state.promise : -Infinity;
      if (!sound || !(ratio > 0)) {
        const damping = state.damping * state.growth;
        return aim({ ...state, damping, growth: 2 * state.growth }, state.model);
      }
      // λ · max(1/3, 1 − (2ρ − 1)³)
      const c = 2 * ratio - 1;
      const damping = Math.max(state.damping * Math.max(1 / 3, 1 - c * c * c), LEAST_DAMPING);
      return aim(
        { ...state, scale: scaled(state.scale, now), damping, growth: 2, iterations: state.iterations + 1 },
        now,
      );
    },
    recommend: ({ model, trial }) => model?.x ?? trial,
    metrics: ({ model, damping, iterations }) => ({
      gradientNorm: model === undefined ? 0 : Math.min(norm(model.gradient), Number.MAX_VALUE),
      damping,
      iterations,
    }),
  };
}

/**
 * Levenberg–Marquardt for objectives that answer the kind "residuals": f grows with Σ r². With damping near zero its steps
 * are those of Gauss and Newton. Coordinates are measured by how much the residuals depend on them. Bounds:
 * coordinates at a bound whose slope points outward are held, and steps are projected; a failure raises the damping.
 * It solves n equations a step, so up to 1000 dimensions.
 */
export const levenbergMarquardt = defineOptimizer({
  name: "levenberg-marquardt",
  family: "gradient-descent",
  summary: "Gauss–Newton steps for sums of squares, damped as far as they fail.",
  references: [
    "Marquardt, An Algorithm for Least-Squares Estimation of Nonlinear Parameters, J. SIAM 11 (2), 1963",
    "Moré, The Levenberg–Marquardt Algorithm: Implementation and Theory, Lecture Notes in Mathematics 630, 1978",
    "Nielsen, Damping Parameter in Marquardt's Method, IMM-REP-1999-05, Technical University of Denmark, 1999",
  ],
  needs: ["residuals"],
  requires: { dimension: [1, 1000] },
  hyperparameters: z.object({
    damping: z
      .number()
      .positive()
      .default(1e-3)
      .meta({
        label: "First damping",
        help: "How strongly the first steps are damped, in units of the residuals' dependence on each coordinate.",
        scale: "log",
        range: [1e-6, 100],
      }),
    tolerance,
  }),
  create: searchOf,
});
