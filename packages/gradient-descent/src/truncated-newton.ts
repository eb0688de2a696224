// Truncated Newton with a trust region: conjugate gradients on the model of f, from Hessian–vector products (Steihaug 1983).
import {
  isEvaluation,
  isFiniteVector,
  z,
  type Ask,
  type Domain,
  type Evaluation,
  type Outcome,
  type Query,
  type Vector,
  freshVector,
} from "@basin/objective";
import { defineOptimizer, type Search, type Stop } from "@basin/optimizer";
import { along, dot, freeGradient, largest, longestStep } from "./descent/box.ts";
import { downhill } from "./descent/direction-rule.ts";
import { tolerance } from "./descent/tolerance.ts";
import { norm } from "./first-order/clipping.ts";

type Kind = "gradient" | "curvature";

/** What the question is for. With g and H at `x`, a step s promises the fall −g·s − ½ s·H s. */
type Phase =
  /** The start. */
  | { readonly at: "start" }
  /** H p, for the next step of conjugate gradients: z so far, H z, the residual r = H z + g, all of shape [n]. */
  | {
      readonly at: "model";
      readonly z: Vector;
      readonly hz: Vector;
      readonly r: Vector;
      readonly p: Vector;
      readonly steps: number;
    }
  /** H s, where the bounds bent the step to s, so that its promise is not known. */
  | { readonly at: "bent"; readonly s: Vector }
  /** f and g at x + s. */
  | { readonly at: "trial"; readonly s: Vector; readonly promise: number }
  | { readonly at: "end"; readonly reason: string };

type State = {
  readonly phase: Phase;
  readonly x: Vector;
  readonly loss: number;
  readonly gradient: Vector;
  /** The gradient without coordinates held at a bound. */
  readonly free: Vector;
  /** The point in question. */
  readonly trial: Vector;
  readonly radius: number;
  readonly iterations: number;
};

/** A step is taken where f falls by this share of the promise; the region grows and shrinks at the other two (Nocedal & Wright 2006, algorithm 4.1). */
const [TAKE, SHRINK, GROW] = [1e-4, 0.25, 0.75];
const WIDEST = 1e10;
const nothing = new Float64Array(0);

/** a + t b. Shape [n]. */
function plus(a: Vector, t: number, b: Vector): Float64Array {
  const out = freshVector(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + t * b[i]!;
  return out;
}

/** The t ≥ 0 with ‖z + t p‖ = radius, where ‖z‖ ≤ radius. */
function toTheEdge(z: Vector, p: Vector, radius: number): number {
  const [a, b, c] = [dot(p, p), dot(z, p), dot(z, z) - radius * radius];
  // of the two forms of the root, the one without cancellation
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return b > 0 ? -c / (b + root) : (root - b) / a;
}

function searchOf(
  settings: { readonly radius: number; readonly tolerance: number; readonly most: number },
  { bounds, dimension }: Domain,
): Search<State, Kind> {
  const most = settings.most === 0 ? 2 * dimension : settings.most;
  const ended = (state: State, reason: string): State => ({ ...state, phase: { at: "end", reason } });

  /** At an iterate: what coordinates are free, and whether this is the end. */
  function arrive(state: State, now: Evaluation<"gradient">): State {
    const free = freeGradient(now.x, now.gradient, bounds);
    const here = { ...state, x: now.x, loss: now.value, gradient: now.gradient, free };
    if (largest(free) <= settings.tolerance)
      return ended(here, `converged: the gradient is at most ${settings.tolerance}`);
    if (!(dot(free, free) < Infinity)) return ended(here, "diverged: the slope is too steep to compute with");
    return model(here);
  }

  /** Begins conjugate gradients at z = 0. */
  function model(state: State): State {
    const { free, x, radius } = state;
    if (radius <= 1e-16 * Math.max(1e-280, largest(x)) || radius < 1e-290)
      return ended(state, "converged: no lower point can be found within rounding");
    const zero = freshVector(x.length);
    const phase: Phase = { at: "model", z: zero, hz: zero, r: free, p: downhill(free), steps: 0 };
    return { ...state, phase, trial: x };
  }

  /** Without rows and columns of held coordinates. */
  function masked(product: Vector, { free, x }: State): Float64Array {
    const out = freshVector(product.length);
    for (let i = 0; i < out.length; i++) {
      const held = free[i] === 0 && (x[i]! <= bounds.lower[i]! || x[i]! >= bounds.upper[i]!);
      out[i] = held ? 0 : product[i]!;
    }
    return out;
  }

  function onModel(
    state: State,
    phase: Phase & { readonly at: "model" },
    product: Vector | undefined,
  ): State {
    const { z, hz, r, p, steps } = phase;
    const { radius, free } = state;
    // without a Hessian, the model is a plane
    const hp = product === undefined ? freshVector(p.length) : masked(product, state);
    const curvature = dot(p, hp);
    if (Math.abs(curvature) === Infinity)
      return ended(state, "diverged: the slope is too steep to compute with");
    const square = dot(r, r);
    const step = square / curvature;
    const further = curvature > 0 && step < Infinity ? plus(z, step, p) : undefined;
    if (further === undefined || norm(further) >= radius) {
      // negative curvature, or beyond the region: to its edge
      const t = toTheEdge(z, p, radius);
      return propose(state, plus(z, t, p), plus(hz, t, hp));
    }
    const residual = plus(r, step, hp);
    const next = plus(hz, step, hp);
    const size = norm(free);
    // the forcing sequence min(½, √‖g‖): superlinear at the end (Nocedal & Wright 2006, section 7.1)
    const enough = Math.min(0.5, Math.sqrt(size)) * size;
    if (norm(residual) <= enough || steps + 1 >= most) return propose(state, further, next);
    const direction = plus(downhill(residual), dot(residual, residual) / square, p);
    return {
      ...state,
      phase: { at: "model", z: further, hz: next, r: residual, p: direction, steps: steps + 1 },
    };
  }

  /** A step s with H s, unless the bounds bend it. */
  function propose(state: State, s: Vector, hs: Vector): State {
    const { x, free } = state;
    if (longestStep(x, s, bounds) < 1) {
      const end = along(x, s, 1, bounds);
      return { ...state, phase: { at: "bent", s: plus(end, -1, x) }, trial: x };
    }
    return attempt(state, s, -dot(free, s) - 0.5 * dot(s, hs));
  }

  function attempt(state: State, s: Vector, promise: number): State {
    const trial = along(state.x, s, 1, bounds);
    if (!(promise > 0) || !isFiniteVector(trial)) return retreat(state, s);
    return { ...state, phase: { at: "trial", s, promise }, trial };
  }

  /** The model was not to be trusted so far out: it is asked again nearer. */
  function retreat(state: State, s: Vector): State {
    return model({ ...state, radius: SHRINK * Math.min(norm(s), state.radius) });
  }

  function onBent(state: State, s: Vector, product: Vector | undefined): State {
    const { gradient, radius } = state;
    const promise = -dot(gradient, s) - (product === undefined ? 0 : 0.5 * dot(s, product));
    if (promise > 0) return attempt(state, s, promise);
    // the bent step leads uphill: the steepest one, bent, does not, once it is short enough
    const length = norm(state.free);
    const short = SHRINK * radius;
    const end = along(state.x, downhill(state.free), short / length, bounds);
    return attempt(
      { ...state, radius: short },
      plus(end, -1, state.x),
      -dot(gradient, plus(end, -1, state.x)),
    );
  }

  function onTrial(
    state: State,
    { s, promise }: Phase & { readonly at: "trial" },
    outcome: Evaluation<"gradient"> | undefined,
  ): State {
    const fall = outcome === undefined ? -Infinity : state.loss - outcome.value;
    // where both are rounding, a fall that is none is as good as promised
    const noise = 1e-14 * Math.abs(state.loss);
    const ratio = promise <= noise && Math.abs(fall) <= noise ? 1 : fall / promise;
    const length = norm(s);
    let { radius } = state;
    if (!(ratio >= SHRINK)) radius = SHRINK * Math.min(length, radius);
    else if (ratio > GROW && length >= 0.99 * radius) radius = Math.min(2 * radius, WIDEST);
    const next = { ...state, radius };
    if (outcome === undefined || !(ratio > TAKE)) return model(next);
    return arrive({ ...next, iterations: state.iterations + 1 }, outcome);
  }

  return {
    init: (start): State => ({
      phase: { at: "start" },
      x: start,
      loss: Infinity,
      gradient: nothing,
      free: nothing,
      trial: start,
      radius: settings.radius,
      iterations: 0,
    }),
    ask({ phase, trial, x }): Ask<Kind> | Stop {
      if (phase.at === "end") return { stop: phase.reason };
      const query: Query<Kind> =
        phase.at === "model"
          ? { kind: "curvature", x, direction: phase.p }
          : phase.at === "bent"
            ? { kind: "curvature", x, direction: phase.s }
            : { kind: "gradient", x: trial };
      return { queries: [query] };
    },
    tell(state, [outcome]: readonly Outcome<Kind>[]): State {
      const { phase } = state;
      const answer = isEvaluation(outcome!) ? outcome : undefined;
      const product = answer?.kind === "curvature" ? answer.product : undefined;
      const gradient = answer?.kind === "gradient" ? answer : undefined;
      switch (phase.at) {
        case "start":
          if (gradient !== undefined) return arrive(state, gradient);
          return ended(
            state,
            `there is no gradient at the start: ${(outcome as { message: string }).message}`,
          );
        case "model":
          return onModel(state, phase, product);
        case "bent":
          return onBent(state, phase.s, product);
        case "trial":
          return onTrial(state, phase, gradient);
        case "end":
          return state;
      }
    },
    recommend: ({ x }) => x,
    metrics: ({ free, radius, iterations }) => ({
      gradientNorm: Math.min(norm(free), Number.MAX_VALUE),
      radius,
      iterations,
    }),
  };
}

/**
 * Newton's method without a matrix: conjugate gradients on the quadratic model, each step of which asks for one
 * Hessian–vector product, within a region whose radius follows how well the model foretold the last step. Follows
 * negative curvature to the edge. Bounds: coordinates at a bound whose slope points outward are held; a step that
 * leaves the box is bent along its faces. A trial that fails shrinks the region.
 */
export const truncatedNewton = defineOptimizer({
  name: "truncated-newton",
  family: "gradient-descent",
  summary: "Newton steps from Hessian–vector products, within a region in which the model can be trusted.",
  references: [
    "Steihaug, The Conjugate Gradient Method and Trust Regions in Large Scale Optimization, SIAM J. Numer. Anal. 20 (3), 1983",
    "Nocedal & Wright, Numerical Optimization, 2nd edition, Springer 2006, chapters 4 and 7",
  ],
  needs: ["gradient", "curvature"],
  hyperparameters: z.object({
    radius: z
      .number()
      .positive()
      .default(1)
      .meta({
        label: "First radius",
        help: "How far the model is trusted at first.",
        scale: "log",
        range: [0.01, 100],
      }),
    most: z
      .int()
      .min(0)
      .default(0)
      .meta({
        label: "Products a step",
        help: "Most Hessian–vector products for one step; 0 for twice the dimension.",
        range: [0, 200],
      }),
    tolerance,
  }),
  create: searchOf,
});
