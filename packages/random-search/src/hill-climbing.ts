// Hill climbing with restarts: steps that follow what succeeded and shrink where nothing does; a minimum reached, it begins elsewhere.
//
// Solis & Wets, "Minimization by Random Search Techniques", Mathematics of Operations Research 6 (1), 1981 (algorithm 1).
import { lossOf, z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { LONGEST, mirror, uniformRows, unitsOf } from "./steps.ts";
import { firstStep } from "./settings.ts";

/** Where one climb stands. */
export type Climb = {
  readonly x: Vector;
  /** f(x); +Infinity while unknown. */
  readonly loss: number;
  /** Standard deviation of a step, in widths of the region. */
  readonly rho: number;
  /** Mean of a step, in those widths. Shape [n]. */
  readonly bias: Vector;
  /** Successes and failures in a row. */
  readonly successes: number;
  readonly failures: number;
};

type State = {
  readonly climb: Climb;
  /** The step in question, in widths of the region, shape [n]; it is tried forth, then back. */
  readonly step: Vector;
  readonly phase: "begin" | "forth" | "back";
  /** The question. */
  readonly trial: Vector;
  readonly restarts: number;
  /** The best point of all climbs before, and f there. */
  readonly before: { readonly x: Vector; readonly loss: number };
};

/** Factors of ρ, after how many successes in a row it grows (Solis & Wets: 2 and ½, after 5 and 3). */
const [GROWTH, SHRINKAGE, ENOUGH] = [2, 0.5, 5];

/** keep · b + lean · ξ. Shape [n]. */
function leaning(bias: Vector, keep: number, step: Vector, lean: number): Float64Array {
  const next = freshVector(bias.length);
  for (let j = 0; j < next.length; j++) next[j] = keep * bias[j]! + lean * step[j]!;
  return next;
}

/**
 * The climb after a step was tried: forth, with success (the bias turns towards the step); back, with success (away from it);
 * neither (the bias is halved). ρ is doubled after five successes in a row, halved after `patience` failures in a row.
 */
export function climbed(
  climb: Climb,
  step: Vector,
  found: { readonly x: Vector; readonly loss: number; readonly backwards: boolean } | undefined,
  patience: number,
): Climb {
  const { bias } = climb;
  if (found === undefined) {
    const tired = climb.failures + 1 >= patience;
    return {
      ...climb,
      bias: leaning(bias, 0.5, step, 0),
      rho: tired ? climb.rho * SHRINKAGE : climb.rho,
      successes: 0,
      failures: tired ? 0 : climb.failures + 1,
    };
  }
  const lively = climb.successes + 1 >= ENOUGH;
  return {
    x: found.x,
    loss: found.loss,
    bias: found.backwards ? leaning(bias, 1, step, -0.4) : leaning(bias, 0.2, step, 0.4),
    rho: lively ? Math.min(LONGEST, climb.rho * GROWTH) : climb.rho,
    successes: lively ? 0 : climb.successes + 1,
    failures: 0,
  };
}

/**
 * Solis & Wets' search, begun anew at a uniform point of the region whenever its steps have become too short to matter; the best point
 * of all climbs is the result.
 *
 * Asks of f only comparisons, so that any f that is ordered alike gives the same trace. Bounds: steps are reflected at them.
 */
export const hillClimbing = defineOptimizer({
  name: "hill-climbing",
  family: "random-search",
  summary:
    "Random steps that lean where steps succeeded, forth and back, shrink where none does, and begin again elsewhere.",
  references: [
    "Solis & Wets, Minimization by Random Search Techniques, Mathematics of Operations Research 6 (1), 1981",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    stepSize: firstStep(
      "First step size ρ",
      "Standard deviation of the first steps of a climb in each coordinate",
    ),
    patience: z
      .int()
      .min(1)
      .max(10_000)
      .default(3)
      .meta({
        label: "Patience",
        help: "Steps that fail, forth and back, in a row before the step size is halved.",
        scale: "linear",
        range: [1, 30],
      }),
    tolerance: z
      .number()
      .min(1e-300)
      .max(1)
      .default(1e-8)
      .meta({
        label: "Tolerance",
        help: "A climb ends when its step size is below this share of the region's width, and another begins.",
        scale: "log",
        range: [1e-12, 1e-2],
      }),
  }),
  create({ stepSize, patience, tolerance }, { dimension: n, region, bounds }) {
    const units = unitsOf(region);

    function trialOf(x: Vector, step: Vector, sign: number): Float64Array {
      const trial = freshVector(n);
      for (let j = 0; j < n; j++) trial[j] = x[j]! + sign * units[j]! * step[j]!;
      return mirror(trial, bounds);
    }
    const begun = (x: Vector): Climb => ({
      x,
      loss: Infinity,
      rho: stepSize,
      bias: freshVector(n),
      successes: 0,
      failures: 0,
    });
    const bestOf = ({ climb, before }: State): { readonly x: Vector; readonly loss: number } =>
      climb.loss <= before.loss ? climb : before;

    return {
      init: (start): State => ({
        climb: begun(start),
        step: freshVector(n),
        phase: "begin",
        trial: start,
        restarts: 0,
        before: { x: start, loss: Infinity },
      }),
      ask: ({ trial }) => ({ queries: [{ kind: "value", x: trial }] }),
      tell(state, outcomes, rng): State {
        const loss = lossOf(outcomes[0]!);
        const { step, phase, trial } = state;
        let { climb } = state;
        if (phase === "begin") climb = { ...climb, loss };
        else if (loss < climb.loss)
          climb = climbed(climb, step, { x: trial, loss, backwards: phase === "back" }, patience);
        else if (phase === "forth") return { ...state, phase: "back", trial: trialOf(climb.x, step, -1) };
        else climb = climbed(climb, step, undefined, patience);
        if (climb.rho < tolerance) {
          const x = uniformRows(1, region, rng);
          return {
            climb: begun(x),
            step: freshVector(n),
            phase: "begin",
            trial: x,
            restarts: state.restarts + 1,
            before: bestOf({ ...state, climb }),
          };
        }
        const next = rng.fillNormal(freshVector(n), 0, climb.rho);
        for (let j = 0; j < n; j++) next[j] = climb.bias[j]! + next[j]!;
        return { ...state, climb, step: next, phase: "forth", trial: trialOf(climb.x, next, 1) };
      },
      recommend: (state) => bestOf(state).x,
      metrics: ({ climb, restarts }) => ({ rho: climb.rho, restarts }),
    };
  },
});
