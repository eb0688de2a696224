// A problem that is a formula: traced once, with derivatives by autodiff and prices from its graph.
import { jacobian, type Tensor, type Traceable } from "@basin/autodiff";
import {
  makeDomain,
  z,
  type BoxLike,
  type Objective,
  type Problem,
  type Settings,
  type SettingsSchema,
  type Vector,
} from "@basin/objective";
import { answerAll } from "../answer.ts";
import { createShelf } from "../shelf.ts";
import { costsOf, tracedEvaluator, type Costs, type Squares } from "../evaluator.ts";

/** A formula with fixed settings. */
export interface Formula {
  readonly dimension: number;
  /** x ↦ f(x): shape [n] to a scalar. */
  readonly f: (x: Tensor) => Tensor;
  /** Where f is a sum of squares: what is squared, shape [n] to [m]. */
  readonly residuals?: (x: Tensor) => Tensor;
  /** Where starts are drawn from, and where global methods look. */
  readonly region: BoxLike;
  readonly bounds?: BoxLike;
  readonly minimum: { readonly value: number; readonly at: readonly Vector[] };
}

export interface AnalyticDefinition<S extends SettingsSchema> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly references: readonly string[];
  readonly settings: S;
  formula(settings: Settings<S>): Formula;
}

export function analyticProblem<S extends SettingsSchema>(definition: AnalyticDefinition<S>): Problem<S> {
  const { formula, ...about } = definition;
  // A formula's price depends on its settings only; counting it takes longer than many runs' first evaluation.
  const costs = new Map<string, Costs>();
  const shelf = createShelf();
  return {
    ...about,
    create(settings) {
      const { dimension, f, residuals, region, bounds, minimum } = formula(settings);
      const squares: Squares | undefined =
        residuals && ((x) => [f(x), residuals(x), jacobian(residuals as Traceable)(x)]);
      const shapes = [[dimension]];
      const key = JSON.stringify(settings);
      const cost = costs.get(key) ?? costsOf(f, shapes, squares);
      costs.set(key, cost);
      const evaluator = tracedEvaluator(f, shapes, { shared: { shelf, key }, squares });
      return {
        name: definition.name,
        domain: makeDomain({ dimension, region, initial: region, ...(bounds && { bounds }) }),
        answers: { ...cost.prices },
        examples: 1,
        noisy: false,
        minimum,
        evaluate: (ask) => answerAll(ask, evaluator),
      } satisfies Objective;
    },
  };
}

/** The setting that most formulas have. */
export const dimensionSetting = (least: number, usual: number, help = "Number of coordinates.") =>
  z
    .int()
    .min(least)
    .max(1000)
    .default(usual)
    .meta({ label: "dimension", help, scale: "log", range: [least, 100] });

/** The vector of n equal entries. */
export const all = (n: number, entry: number): Float64Array => new Float64Array(n).fill(entry);
