// A problem that is a formula: traced once, with derivatives by autodiff and prices from its graph.
import type { Tensor } from "@basin/autodiff";
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
import { pricesOf, tracedEvaluator, type Prices } from "../evaluator.ts";

/** A formula with fixed settings. */
export interface Formula {
  readonly dimension: number;
  /** x ↦ f(x): shape [n] to a scalar. */
  readonly f: (x: Tensor) => Tensor;
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
  const prices = new Map<string, Prices>();
  const shelf = createShelf();
  return {
    ...about,
    create(settings) {
      const { dimension, f, region, bounds, minimum } = formula(settings);
      const shapes = [[dimension]];
      const key = JSON.stringify(settings);
      const price = prices.get(key) ?? pricesOf(f, shapes);
      prices.set(key, price);
      const evaluator = tracedEvaluator(f, shapes, { shelf, key });
      return {
        name: definition.name,
        domain: makeDomain({ dimension, region, initial: region, ...(bounds && { bounds }) }),
        answers: { ...price },
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
