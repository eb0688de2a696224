// What a page needs to draw a fit without knowing any model: data, named links, and predictions for any inputs.
import { compile, type Program } from "@basin/autodiff";
import type { Objective, Vector } from "@basin/objective";
import { unpack, type Link, type Model } from "../models/model.ts";
import { scaled, type Prepared } from "./examples.ts";

/** Data as prepared, and the model's answers. */
export interface LearningView extends Prepared {
  /** The model's name: "logistic", "mlp" … */
  readonly model: string;
  /** The chain from inputs to loss, in words. */
  readonly links: readonly Link[];
  /** Standardises inputs as measured: shape [m, k], row-major, to the same shape. */
  standardise(raw: Readonly<Float64Array>): Float64Array;
  /**
   * What the model answers for standardised inputs x, shape [m, k]: one value an example in the target's own unit, the
   * probability of the second of two classes (both shape [m]), or one probability a class (shape [m, classes]).
   */
  predict(weights: Vector, x: Readonly<Float64Array>): Float64Array;
  /** Every link of the chain but the loss, by symbol, for standardised inputs. */
  intermediates(weights: Vector, x: Readonly<Float64Array>): Readonly<Record<string, Float64Array>>;
}

const views = new WeakMap<Objective, LearningView>();

/** The view of a learning problem's objective; undefined for objectives without data. */
export const learningView = (objective: Objective): LearningView | undefined => views.get(objective);

/** Pages ask for grids of a few sizes again and again. */
const kept = 4;

export function attachView(objective: Objective, model: Model, data: Prepared): void {
  const k = data.features.length;
  const programs = new Map<number, { program: Program; symbols: readonly string[] }>();
  const forward = (rows: number): { program: Program; symbols: readonly string[] } => {
    const known = programs.get(rows);
    if (known) return known;
    let symbols: readonly string[] = [];
    const program = compile(
      (weights, x) => {
        const links = model.forward(unpack(model, weights!), x!);
        symbols = Object.keys(links);
        return symbols.map((symbol) => links[symbol]!);
      },
      { shapes: [[objective.domain.dimension], [rows, k]] },
    );
    if (programs.size >= kept) {
      const [oldest] = programs.keys();
      programs.get(oldest!)!.program.dispose();
      programs.delete(oldest!);
    }
    programs.set(rows, { program, symbols });
    return { program, symbols };
  };
  const intermediates: LearningView["intermediates"] = (weights, x) => {
    const { program, symbols } = forward(x.length / k);
    const values = program.run([weights, x]);
    return Object.fromEntries(symbols.map((symbol, i) => [symbol, values[i]!]));
  };
  views.set(objective, {
    model: model.name,
    links: model.links,
    ...data,
    standardise: (raw) => scaled(raw, data.inputs),
    predict(weights, x) {
      const answer = intermediates(weights, x)[model.answer]!;
      const { mean, deviation } = data.output;
      return data.classes ? answer : answer.map((value) => value * deviation[0]! + mean[0]!);
    },
    intermediates,
  });
}
