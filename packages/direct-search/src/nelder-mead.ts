// The simplex method of Nelder and Mead, with parameters that adapt to the dimension, and restarts.
//
// Nelder & Mead, "A Simplex Method for Function Minimization", The Computer Journal 7, 1965; Gao & Han, "Implementing the
// Nelder–Mead Simplex Algorithm with Adaptive Parameters", Computational Optimization and Applications 51, 2012.
import { clampToBox, lossOf, z, type Outcome, type Query, type Vector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import {
  axisSimplex,
  centroidOfBest,
  isSpent,
  longestEdge,
  onLine,
  replaceWorst,
  rowsOf,
  shrunken,
  sorted,
  type Simplex,
} from "./simplex.ts";
import { unitsOf } from "./units.ts";

/** What is being asked, and what the answer will be compared with. `rows` are of one matrix; `centre` is that of all vertices but the worst. */
type Phase =
  | { readonly kind: "build"; readonly rows: Vector }
  | { readonly kind: "reflect"; readonly x: Vector; readonly centre: Vector }
  | { readonly kind: "expand"; readonly x: Vector; readonly reflected: Vector; readonly value: number }
  | { readonly kind: "contract"; readonly x: Vector; readonly limit: number }
  | { readonly kind: "shrink"; readonly rows: Vector }
  | { readonly kind: "done" };

type State = {
  /** Sorted, best first; of no rows until the first simplex is answered. */
  readonly simplex: Simplex;
  readonly phase: Phase;
  readonly restarts: number;
  /** f of the best vertex when the present simplex was built. */
  readonly since: number;
};

interface Coefficients {
  readonly reflection: number;
  readonly expansion: number;
  readonly contraction: number;
  readonly shrinkage: number;
}

/** Gao & Han's α = 1, β = 1 + 2/n, γ = 3/4 − 1/(2n), δ = 1 − 1/n; Nelder & Mead's 1, 2, 1/2, 1/2 at n = 1, where δ would be 0. */
export function coefficients(n: number, adaptive: boolean): Coefficients {
  if (!adaptive || n === 1) return { reflection: 1, expansion: 2, contraction: 0.5, shrinkage: 0.5 };
  return { reflection: 1, expansion: 1 + 2 / n, contraction: 0.75 - 1 / (2 * n), shrinkage: 1 - 1 / n };
}

const empty: Simplex = { rows: [], values: new Float64Array(0) };

/**
 * Nelder–Mead. One question at a time, but for the first simplex and for shrinkage, which are batches.
 *
 * Bounds: points outside are projected onto them. When the simplex has become small or flat, a new one is built around the best
 * vertex, with the opposite orientation and a smaller step; the search ends when that no longer helps.
 */
export const nelderMead = defineOptimizer({
  name: "nelder-mead",
  summary: "A simplex of n + 1 points that reflects, expands, contracts and shrinks downhill.",
  family: "direct-search",
  references: [
    "Nelder & Mead, A Simplex Method for Function Minimization, The Computer Journal 7, 1965",
    "Gao & Han, Implementing the Nelder–Mead Simplex Algorithm with Adaptive Parameters, Comput. Optim. Appl. 51, 2012",
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
        help: "Edge of the first simplex, as a share of the region's width.",
        range: [0.01, 0.5],
        scale: "log",
      }),
    adaptive: z
      .boolean()
      .default(true)
      .meta({ label: "Adaptive", help: "Parameters after Gao & Han that suit higher dimensions." }),
    restarts: z
      .int()
      .min(0)
      .max(1000)
      .default(10)
      .meta({
        label: "Restarts",
        help: "How often a new simplex may be built around the best vertex.",
        range: [0, 20],
        scale: "linear",
      }),
    tolerance: z
      .number()
      .min(0)
      .max(1)
      .default(1e-13)
      .meta({
        label: "Tolerance",
        help: "The simplex is small when its edges are below this share of the region's width.",
        range: [1e-14, 1e-3],
        scale: "log",
      }),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const units = unitsOf(domain);
    const c = coefficients(n, settings.adaptive);
    const projected = (x: Float64Array): Vector => clampToBox(x, domain.bounds);

    /** Reflection of the worst vertex: where every iteration begins. */
    function next(simplex: Simplex, restarts: number, since: number): State {
      if (!isSpent(simplex, settings.tolerance, units)) {
        const centre = centroidOfBest(simplex);
        const x = projected(onLine(centre, simplex.rows[n]!, -c.reflection));
        return { simplex, phase: { kind: "reflect", x, centre }, restarts, since };
      }
      const best = simplex.values[0]!;
      if (restarts >= settings.restarts || (restarts > 0 && !(best < since)))
        return { simplex, phase: { kind: "done" }, restarts, since };
      // Each restart turns the simplex around; its step shrinks so that what was found is refined.
      const step =
        settings.step * (restarts % 2 === 0 ? -1 : 1) * (1 / (1 << Math.min(30, 2 * (restarts + 1))));
      const rows = axisSimplex(simplex.rows[0]!, step, units, domain.bounds);
      return { simplex, phase: { kind: "build", rows }, restarts: restarts + 1, since: best };
    }

    function tell(state: State, outcomes: readonly Outcome<"value">[]): State {
      const { simplex, phase, restarts, since } = state;
      const value = outcomes.length > 0 ? lossOf(outcomes[0]!) : Infinity;
      const values = (): Float64Array => Float64Array.from(outcomes, lossOf);
      switch (phase.kind) {
        case "build": {
          const answered = values();
          const rows = rowsOf(phase.rows, n).slice(0, answered.length);
          const first = sorted({ rows, values: answered });
          // A last batch answered in part leaves the simplex before, or what was answered of the first.
          if (answered.length <= n)
            return {
              simplex: simplex.values.length > 0 ? simplex : first,
              phase: { kind: "done" },
              restarts,
              since,
            };
          return next(first, restarts, restarts === 0 ? Infinity : since);
        }
        case "reflect": {
          const { values: f, rows } = simplex;
          const worst = rows[n]!;
          if (value < f[0]!) {
            const x = projected(onLine(phase.centre, worst, -c.reflection * c.expansion));
            return { ...state, phase: { kind: "expand", x, reflected: phase.x, value } };
          }
          if (value < f[n - 1]! || (n === 1 && value < f[1]!))
            return next(replaceWorst(simplex, phase.x, value), restarts, since);
          // Outside where the reflection at least beat the worst, inside otherwise.
          const outside = value < f[n]!;
          const x = projected(
            onLine(phase.centre, worst, outside ? -c.reflection * c.contraction : c.contraction),
          );
          return { ...state, phase: { kind: "contract", x, limit: outside ? value : f[n]! } };
        }
        case "expand": {
          const taken = value < phase.value;
          return next(
            replaceWorst(simplex, taken ? phase.x : phase.reflected, taken ? value : phase.value),
            restarts,
            since,
          );
        }
        case "contract":
          if (value <= phase.limit && value < simplex.values[n]!)
            return next(replaceWorst(simplex, phase.x, value), restarts, since);
          return { ...state, phase: { kind: "shrink", rows: shrunken(simplex, c.shrinkage) } };
        case "shrink": {
          const all = simplex.values.slice();
          const answered = values();
          all.set(answered, 1);
          const drawn = rowsOf(phase.rows, n);
          const rows = simplex.rows.map((row, i) => (i > 0 && i <= answered.length ? drawn[i - 1]! : row));
          return next(sorted({ rows, values: all }), restarts, since);
        }
        case "done":
          return state;
      }
    }

    return {
      init: (start): State => ({
        simplex: empty,
        phase: { kind: "build", rows: axisSimplex(start, settings.step, units, domain.bounds) },
        restarts: 0,
        since: Infinity,
      }),
      ask({ phase }) {
        if (phase.kind === "done")
          return { stop: "converged: the simplex is small, and restarts no longer help" };
        if ("x" in phase) return { queries: [{ kind: "value", x: phase.x }] };
        return {
          queries: rowsOf(phase.rows, n).map((x): Query<"value"> => ({ kind: "value", x })),
          prefix: true,
        };
      },
      tell,
      recommend: ({ simplex, phase }) =>
        // before the first answer, its first question
        phase.kind === "build" && simplex.rows.length === 0 ? phase.rows.slice(0, n) : simplex.rows[0]!,
      metrics: ({ simplex, restarts }) =>
        simplex.values.length > n ? { size: longestEdge(simplex, units), restarts } : { restarts },
    };
  },
});
