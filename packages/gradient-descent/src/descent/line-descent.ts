// The machine of all methods that search along lines: choose a direction, search along it, learn from the step.
import {
  isEvaluation,
  isFiniteVector,
  z,
  type Ask,
  type Domain,
  type Evaluation,
  type Outcome,
  type Vector,
  freshVector,
} from "@basin/objective";
import { defineOptimizer, type Optimizer, type Plain, type Search, type Stop } from "@basin/optimizer";
import { norm } from "../first-order/clipping.ts";
import {
  DECREASE,
  beginWolfe,
  refused,
  told,
  type Verdict,
  type WolfeSearch,
} from "../line-search/wolfe-search.ts";
import { along, dot, freeGradient, keepInside, largest, longestStep } from "./box.ts";
import { downhill, type DirectionRule } from "./direction-rule.ts";
import { tolerance } from "./tolerance.ts";

type Kind = "value" | "gradient";

/** What the question is for. */
type Phase =
  /** The start. */
  | { readonly at: "start" }
  /** How far to go: the value at a step of some length, since a slope alone has no scale. */
  | { readonly at: "scale"; readonly step: number; readonly longest: number }
  /** A trial of a search along the line, on which no bound lies. */
  | { readonly at: "line"; readonly search: WolfeSearch; readonly best: Iterate | undefined }
  /** A trial of backtracking, along the line as it bends at the bounds. */
  | { readonly at: "arc"; readonly step: number; readonly tries: number }
  | { readonly at: "end"; readonly reason: string };

type Iterate = { readonly x: Vector; readonly loss: number; readonly gradient: Vector };

export type LineDescentState<M> = {
  readonly phase: Phase;
  readonly now: Iterate;
  /** The gradient at `now` without held coordinates; the direction from there, and their product. */
  readonly free: Vector;
  readonly direction: Vector;
  readonly slope: number;
  /** The point in question. */
  readonly trial: Vector;
  readonly memory: M;
  /** Whether nothing has been learnt since the last time that memory was cleared. */
  readonly fresh: boolean;
  /** The last step that was taken, times its first slope: it says how far to go first where directions have no length. */
  readonly progress: number;
  /** Whether the last step was taken under both Wolfe conditions, cut short by a bound, or for want of a better one. */
  readonly last: "none" | "wolfe" | "bound" | "armijo" | "best";
  readonly iterations: number;
};

const MOST_BACKTRACKS = 60;
/** A parabola is not believed further out than so many steps. */
const FARTHEST = 100;

function searchOf<M extends Plain>(
  rule: DirectionRule<M>,
  tolerance: number,
  { bounds }: Domain,
): Search<LineDescentState<M>, Kind> {
  type State = LineDescentState<M>;
  const { search } = rule;

  const ended = (state: State, reason: string): State => ({ ...state, phase: { at: "end", reason } });

  /** From an iterate: a direction, and the first trial along it. */
  function depart(state: State, now: Iterate, memory: M, fresh: boolean): State {
    const free = freeGradient(now.x, now.gradient, bounds);
    const here: State = { ...state, now, free, memory, fresh };
    if (largest(free) <= tolerance) return ended(here, `converged: the gradient is at most ${tolerance}`);
    const direction = fresh ? downhill(free) : rule.direction(memory, free);
    keepInside(direction, now.x, free, bounds);
    const slope = dot(direction, free);
    if (!(slope < 0 && slope > -Infinity)) {
      if (!fresh) return depart(state, now, rule.begin, true);
      return ended(here, "diverged: the slope is too steep to compute with");
    }
    const longest = longestStep(now.x, direction, bounds);
    const length = norm(direction);
    const foreseen = rule.scaled && !fresh ? 1 : (2 * here.progress) / slope;
    // nothing to go by, or rounding left nothing of it
    const first = foreseen > 0 && foreseen < Infinity ? foreseen : Math.min(1, 1 / length);
    const aimed: State = { ...here, direction, slope };
    if (search.kind === "wolfe" && !(foreseen > 0 && foreseen < Infinity)) {
      const trial = along(now.x, direction, first, bounds);
      if (first < longest && isFiniteVector(trial))
        return { ...aimed, phase: { at: "scale", step: first, longest }, trial };
    }
    return setOut(aimed, first, longest);
  }

  /** A parabola through f and the slope here and f at a step: its minimum is the first trial of the search. */
  function onScale(
    state: State,
    { step, longest }: Phase & { readonly at: "scale" },
    outcome: Evaluation<"value"> | undefined,
  ): State {
    const bend = outcome === undefined ? Infinity : outcome.value - state.now.loss - step * state.slope;
    const minimum = (-state.slope * step * step) / (2 * bend);
    const first = bend > 0 ? Math.min(Math.max(minimum, 0.01 * step), FARTHEST * step) : FARTHEST * step;
    return setOut(state, bend === Infinity ? 0.1 * step : first, longest);
  }

  function setOut(state: State, first: number, longest: number): State {
    const { now, slope } = state;
    // a whole step is not in the way of a bound: a search for a minimum along the line makes sense
    if (search.kind === "wolfe" && first < longest) {
      const line = beginWolfe(now.loss, slope, first, Math.min(longest, 1e10 * Math.max(1, first)));
      return onLine(state, line, undefined);
    }
    return onArc(state, first, 0);
  }

  function onLine(state: State, line: WolfeSearch, best: Iterate | undefined): State {
    const trial = along(state.now.x, state.direction, line.step, bounds);
    if (isFiniteVector(trial)) return { ...state, phase: { at: "line", search: line, best }, trial };
    return next(state, refused(line), best, line.step);
  }

  /** Goes on as the line search says, which has not accepted a step. */
  function next(state: State, verdict: Verdict, best: Iterate | undefined, step: number): State {
    if (typeof verdict !== "string") return onLine(state, verdict, best);
    return best === undefined ? stuck(state) : arrive(state, best, step, "best");
  }

  function onArc(state: State, step: number, tries: number): State {
    const trial = along(state.now.x, state.direction, step, bounds);
    if (!isFiniteVector(trial) && tries <= MOST_BACKTRACKS) return onArc(state, step / 16, tries + 1);
    if (tries > MOST_BACKTRACKS || same(trial, state.now.x)) return stuck(state);
    return { ...state, phase: { at: "arc", step, tries }, trial };
  }

  /** No lower point was found along this direction: the steepest is tried, and after that there is none. */
  function stuck(state: State): State {
    if (!state.fresh) return depart({ ...state, progress: 0 }, state.now, rule.begin, true);
    return ended(state, "converged: no lower point can be found along the steepest slope");
  }

  function arrive(state: State, next: Iterate, step: number, last: State["last"]): State {
    const { now, free, direction, slope } = state;
    const s = difference(next.x, now.x);
    const y = difference(next.gradient, now.gradient);
    const memory = rule.learn(state.memory, {
      s,
      y,
      direction,
      gradient: free,
      fall: now.loss - next.loss,
      end: dot(s, next.gradient),
    });
    return depart(
      { ...state, progress: step * slope, last, iterations: state.iterations + 1 },
      next,
      memory,
      state.fresh && memory === state.memory,
    );
  }

  function onSlope(
    state: State,
    { search: line, best }: Phase & { readonly at: "line" },
    outcome: Evaluation<"gradient"> | undefined,
  ): State {
    const { step } = line;
    if (outcome === undefined) return next(state, refused(line), best, step);
    const reached: Iterate = { x: outcome.x, loss: outcome.value, gradient: outcome.gradient };
    const slope = dot(reached.gradient, state.direction);
    if (!Number.isFinite(slope)) return next(state, refused(line), best, step);
    const verdict = told(line, reached.loss, slope, search.kind === "wolfe" ? search.curvature : 1);
    if (verdict === "accepted") return arrive(state, reached, step, "wolfe");
    if (verdict === "longest") return arrive(state, reached, step, "bound");
    return next(state, verdict, reached.loss < (best?.loss ?? state.now.loss) ? reached : best, step);
  }

  function onTrial(
    state: State,
    { step, tries }: Phase & { readonly at: "arc" },
    outcome: Evaluation<"gradient"> | undefined,
  ): State {
    const { now, free } = state;
    if (outcome === undefined) return onArc(state, step / 4, tries + 1);
    const { x, value: loss, gradient } = outcome;
    // f(x′) ≤ f(x) + c₁ ∇f(x)·(x′ − x): Bertsekas 1982, for steps that bend at bounds
    const predicted = dot(free, difference(x, now.x));
    if (predicted < 0 && loss <= now.loss + DECREASE * predicted)
      return arrive(state, { x, loss, gradient }, step, "armijo");
    // the parabola's minimum, kept between a tenth and a half
    const parabola = -predicted / (2 * (loss - now.loss - predicted));
    return onArc(state, step * Math.min(Math.max(parabola, 0.1), 0.5), tries + 1);
  }

  return {
    init: (start): State => ({
      phase: { at: "start" },
      now: { x: start, loss: Infinity, gradient: nothing },
      free: nothing,
      direction: nothing,
      slope: 0,
      trial: start,
      memory: rule.begin,
      fresh: true,
      progress: 0,
      last: "none",
      iterations: 0,
    }),
    ask: ({ phase, trial }): Ask<Kind> | Stop =>
      phase.at === "end"
        ? { stop: phase.reason }
        : { queries: [{ kind: phase.at === "scale" ? "value" : "gradient", x: trial }] },
    tell(state, [outcome]: readonly Outcome<Kind>[]): State {
      const { phase } = state;
      const answer = isEvaluation(outcome!) ? outcome : undefined;
      const answered = answer?.kind === "gradient" ? answer : undefined;
      switch (phase.at) {
        case "start": {
          if (answered === undefined)
            return ended(
              state,
              `there is no gradient at the start: ${(outcome as { message: string }).message}`,
            );
          const { x, value: loss, gradient } = answered;
          return depart(state, { x, loss, gradient }, rule.begin, true);
        }
        case "scale":
          return onScale(state, phase, answer?.kind === "value" ? answer : undefined);
        case "line":
          return onSlope(state, phase, answered);
        case "arc":
          return onTrial(state, phase, answered);
        case "end":
          return state;
      }
    },
    recommend: ({ now }) => now.x,
    metrics: ({ free, iterations }) => ({
      gradientNorm: Math.min(norm(free), Number.MAX_VALUE),
      iterations,
    }),
  };
}

const nothing = new Float64Array(0);

function difference(a: Vector, b: Vector): Float64Array {
  const d = freshVector(a.length);
  for (let i = 0; i < d.length; i++) d[i] = a[i]! - b[i]!;
  return d;
}

function same(a: Vector, b: Vector): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A method that searches along lines, as it is written down. */
export interface LineDescentDefinition<R extends z.ZodRawShape, M extends Plain> {
  readonly name: string;
  readonly summary: string;
  readonly references: readonly string[];
  readonly settings: R;
  /** Largest dimension. Default: any. */
  readonly largest?: number;
  rule(settings: z.output<z.ZodObject<R>>, dimension: number): DirectionRule<M>;
}

/**
 * An optimizer from a direction rule. Bounds: coordinates at a bound whose slope points outward are held; where a whole
 * step would leave the box, the step bends along its faces and is backtracked (Bertsekas 1982). Trials that fail halve
 * the step. Where a search finds nothing lower, what was learnt is forgotten and the steepest direction tried; the
 * search ends where that leads nowhere either.
 */
export function lineDescent<R extends z.ZodRawShape, M extends Plain>(
  definition: LineDescentDefinition<R, M>,
): Optimizer<z.ZodObject<R & { tolerance: typeof tolerance }>, LineDescentState<M>, Kind> {
  const { name, summary, references, settings } = definition;
  const hyperparameters = z.object({ ...settings, tolerance }) as unknown as z.ZodObject<
    R & { tolerance: typeof tolerance }
  >;
  return defineOptimizer({
    name,
    summary,
    family: "gradient-descent",
    references,
    needs: ["value", "gradient"],
    requires: { dimension: [1, definition.largest ?? Infinity] },
    hyperparameters,
    create: (given, domain) =>
      searchOf(
        definition.rule(given as unknown as z.output<z.ZodObject<R>>, domain.dimension),
        (given as unknown as { readonly tolerance: number }).tolerance,
        domain,
      ),
  });
}
