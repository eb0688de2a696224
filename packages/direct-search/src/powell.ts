// Powell's method: minima along n directions in turn, which become conjugate as their net displacement replaces one of them.
//
// Powell, "An Efficient Method for Finding the Minimum of a Function of Several Variables without Calculating Derivatives", The
// Computer Journal 7, 1964, with his test for when a direction is replaced, and the curvature along each direction remembered from one
// line minimum to the next; line minima after Brent 1973.
import { clampToBox, lossOf, z, type Vector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { unitsOf } from "./units.ts";
import { advanceLine, beginLine, reach, type LineMinimum } from "./line-minimum.ts";

type State = {
  /** Where the present line begins, and f there; +Infinity while unknown. */
  readonly x: Vector;
  readonly value: number;
  /** Row i is direction i, in units of the region's width. Shape [n × n]. */
  readonly directions: Vector;
  /** How far the last line search along each direction went: the first step of the next. Shape [n]. */
  readonly steps: Vector;
  /** Second derivative of f along each direction, as the last line search there found it; 0 while unknown. Shape [n]. */
  readonly curvatures: Vector;
  /** Where this round began. */
  readonly from: Vector;
  readonly fromValue: number;
  /** The largest decrease along one direction in this round, and that direction. */
  readonly decrease: number;
  readonly steepest: number;
  readonly task: Task;
};

/** What is being asked: f at the start; along direction i (n: the net displacement of the round); at the extrapolated point 2 x − from. */
type Task =
  | { readonly kind: "start" }
  | { readonly kind: "line"; readonly direction: number; readonly along: Vector; readonly line: LineMinimum }
  | { readonly kind: "extrapolate"; readonly x: Vector }
  | { readonly kind: "done" };

/** Lines are resolved to this share of the tolerance where little movement is found: 1 % of 1 % of the step. */
const FINE = 0.01;
/** The search ends when no step is longer, in units of the region's width. */
const SMALLEST = 1e-10;

const pointOn = (x: Vector, along: Vector, t: number): Float64Array =>
  Float64Array.from(x, (value, j) => value + t * along[j]!);

/**
 * Powell's method, one question at a time.
 *
 * Bounds: lines end at the bounds. Stops when a whole round along the axes gains less than the tolerance, relative to |f|, and moves less
 * than the smallest step; other directions give way to the axes first.
 */
export const powell = defineOptimizer({
  name: "powell",
  summary: "Line minima along directions that become conjugate, without any slope.",
  family: "direct-search",
  references: [
    "Powell, An Efficient Method for Finding the Minimum of a Function of Several Variables without Calculating Derivatives, The Computer Journal 7, 1964",
    "Brent, Algorithms for Minimization without Derivatives, Prentice–Hall 1973",
  ],
  stateVersion: 2,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 10_000], horizon: false },
  hyperparameters: z.object({
    step: z
      .number()
      .gt(0)
      .max(1)
      .default(0.1)
      .meta({
        label: "First step",
        help: "First step along each direction, as a share of the region's width.",
        range: [0.01, 0.5],
        scale: "log",
      }),
    lineTolerance: z
      .number()
      .gt(0)
      .max(1)
      .default(0.01)
      .meta({
        label: "Line tolerance",
        help: "How exactly a line minimum is found, relative to the step that led there.",
        range: [1e-4, 0.3],
        scale: "log",
      }),
    tolerance: z
      .number()
      .min(0)
      .max(1)
      .default(1e-15)
      .meta({
        label: "Tolerance",
        help: "The search ends when a round gains less than this share of |f|.",
        range: [1e-15, 1e-3],
        scale: "log",
      }),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const { lower, upper } = domain.bounds;
    const units = unitsOf(domain);
    const axes = new Float64Array(n * n);
    for (let i = 0; i < n; i++) axes[i * n + i] = 1;
    const isAxes = (directions: Vector): boolean => directions.every((entry, at) => entry === axes[at]);

    /** The search along direction i from x; a direction without room is passed over. */
    function startLine(state: State, i: number): State {
      for (; i < n; i++) {
        const along = Float64Array.from(units, (unit, j) => unit * state.directions[i * n + j]!);
        const step = state.steps[i]!;
        const line = beginLine(
          state.value,
          step,
          settings.lineTolerance * FINE * Math.max(Math.abs(step), 1e-12),
          settings.lineTolerance,
          reach(state.x, along, lower, upper),
          state.curvatures[i]!,
        );
        if (line.next !== undefined) return { ...state, task: { kind: "line", direction: i, along, line } };
      }
      return endRound(state);
    }

    /** After the last direction: done, or f at the extrapolated point decides whether the round's displacement becomes a direction. */
    function endRound(state: State): State {
      const { x, value, from, fromValue } = state;
      const moved = x.some((y, j) => Math.abs(y - from[j]!) > 1e-15 * units[j]!);
      const gained = fromValue - value > settings.tolerance * Math.abs(value);
      if (!gained && state.steps.every((s) => Math.abs(s) <= SMALLEST))
        return isAxes(state.directions) ? { ...state, task: { kind: "done" } } : beginAnew(state);
      // Nothing found at this scale: the minimum is nearer than the steps are long.
      if (!moved) return beginRound({ ...state, steps: state.steps.map((s) => s / 8) });
      if (n === 1) return beginRound(state);
      const beyond = clampToBox(
        Float64Array.from(x, (y, j) => 2 * y - from[j]!),
        domain.bounds,
      );
      return { ...state, task: { kind: "extrapolate", x: beyond } };
    }

    const beginRound = (state: State): State =>
      startLine({ ...state, from: state.x, fromValue: state.value, decrease: 0, steepest: 0 }, 0);

    /** Directions may have become dependent, so that some is never searched (Powell 1964, section 3): only axes have the last word. */
    const beginAnew = (state: State): State =>
      beginRound({
        ...state,
        directions: axes,
        steps: new Float64Array(n).fill(settings.step / 100),
        curvatures: new Float64Array(n),
      });

    /** A finished line: x moves there; the next direction, or the next round after the net displacement. */
    function endLine(state: State, direction: number, along: Vector, line: LineMinimum): State {
      const gain = state.value - line.value;
      const x = line.at === 0 ? state.x : clampToBox(pointOn(state.x, along, line.at), domain.bounds);
      const [steps, curvatures] = [state.steps.slice(), state.curvatures.slice()];
      // The next search along here begins with a step like this one; where nothing moved, with a smaller one.
      const slot = direction === n ? n - 1 : direction;
      steps[slot] = line.at !== 0 ? line.at : state.steps[slot]! / 8;
      curvatures[slot] = line.curvature;
      const next: State = { ...state, x, value: line.value, steps, curvatures };
      if (direction === n) return beginRound(next);
      return startLine(
        gain > state.decrease ? { ...next, decrease: gain, steepest: direction } : next,
        direction + 1,
      );
    }

    /** Powell's test (1964, eq. 20): the direction of largest decrease gives way to the net displacement unless that would not help. */
    function extrapolated(state: State, beyond: number): State {
      const { x, value, from, fromValue, decrease, steepest } = state;
      const [first, second] = [fromValue - value - decrease, fromValue - beyond];
      const replace =
        beyond < fromValue &&
        2 * (fromValue - 2 * value + beyond) * first * first < decrease * second * second;
      if (!replace) return beginRound(state);
      const displacement = Float64Array.from(x, (y, j) => (y - from[j]!) / units[j]!);
      const directions = state.directions.slice();
      directions.copyWithin(steepest * n, (n - 1) * n);
      directions.set(displacement, (n - 1) * n);
      const [steps, curvatures] = [state.steps.slice(), state.curvatures.slice()];
      steps[steepest] = steps[n - 1]!;
      steps[n - 1] = 1;
      curvatures[steepest] = curvatures[n - 1]!;
      curvatures[n - 1] = 0;
      const along = Float64Array.from(units, (unit, j) => unit * displacement[j]!);
      const next: State = { ...state, directions, steps, curvatures };
      const line = beginLine(
        value,
        1,
        settings.lineTolerance * FINE,
        settings.lineTolerance,
        reach(x, along, lower, upper),
      );
      return line.next === undefined
        ? beginRound(next)
        : { ...next, task: { kind: "line", direction: n, along, line } };
    }

    return {
      init(start): State {
        const x = start.slice();
        return {
          x,
          value: Infinity,
          directions: axes,
          steps: new Float64Array(n).fill(settings.step),
          curvatures: new Float64Array(n),
          from: x,
          fromValue: Infinity,
          decrease: 0,
          steepest: 0,
          task: { kind: "start" },
        };
      },
      ask({ x, task }) {
        switch (task.kind) {
          case "start":
            return { queries: [{ kind: "value", x }] };
          case "line":
            return {
              queries: [
                { kind: "value", x: clampToBox(pointOn(x, task.along, task.line.next!), domain.bounds) },
              ],
            };
          case "extrapolate":
            return { queries: [{ kind: "value", x: task.x }] };
          case "done":
            return { stop: "converged: a round of line minima gained nothing" };
        }
      },
      tell(state, outcomes): State {
        const value = lossOf(outcomes[0]!);
        const { task } = state;
        switch (task.kind) {
          case "start":
            return beginRound({ ...state, value });
          case "line": {
            const line = advanceLine(task.line, value);
            return line.next === undefined
              ? endLine(state, task.direction, task.along, line)
              : { ...state, task: { ...task, line } };
          }
          case "extrapolate":
            return extrapolated(state, value);
          case "done":
            return state;
        }
      },
      recommend: ({ x, task }) =>
        task.kind === "line" && task.line.at !== 0
          ? clampToBox(pointOn(x, task.along, task.line.at), domain.bounds)
          : x.slice(),
      metrics: ({ steps }) => ({ step: steps.reduce((a, s) => Math.max(a, Math.abs(s)), 0) }),
    };
  },
});
