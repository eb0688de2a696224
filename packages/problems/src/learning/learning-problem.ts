// A learning problem: data + model + loss, as a family of objectives over the model's weights.
import type { Dataset } from "@basin/datasets";
import {
  exampleCache,
  exampleIndices,
  makeDomain,
  resolveExamples,
  z,
  type Ask,
  type BoxLike,
  type Domain,
  type Objective,
  type Outcome,
  type Problem,
  type Settings,
  type SettingsSchema,
} from "@basin/objective";
import type { Rng } from "@basin/random";
import { answerAll } from "../answer.ts";
import { costsOf, tracedEvaluator, type Costs, type Shared, type TracedEvaluator } from "../evaluator.ts";
import { layoutOf, sizeOf, type Model } from "../models/model.ts";
import { createShelf } from "../shelf.ts";
import { prepare, type Examples, type Standardisation } from "./examples.ts";
import { lossOf, shapesFor, squaresOf, type LossSettings } from "./loss.ts";
import { reporter } from "./report.ts";
import { attachView } from "./view.ts";

/** Settings that every learning problem has. `l2`: the default penalty, above 0 where classes can be separated. */
export const learningSettings = (l2: number) => ({
  reduction: z.enum(["mean", "sum"]).default("mean").meta({
    label: "reduction",
    help: "Loss as the mean over the examples or as their sum: the same minimum, another scale.",
  }),
  l2: z
    .number()
    .min(0)
    .max(100)
    .default(l2)
    .meta({
      label: "L2 penalty",
      help: "λ of λ/2 · Σ W², added to the mean loss; biases go free. Classes that can be separated need some, or there is no minimum.",
      scale: "log",
      range: [1e-5, 1],
    }),
  testShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.25)
    .meta({ label: "test share", help: "Share of the examples kept apart to test on.", range: [0, 0.5] }),
});

export interface LearningDefinition<S extends SettingsSchema> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly references: readonly string[];
  /** Made with `learningSettings`. */
  readonly settings: S;
  readonly standardisation?: Standardisation;
  /** The data; chance, if any, comes from `rng`. */
  data(settings: Settings<S>, rng: Rng): Dataset;
  model(settings: Settings<S>, data: { readonly inputs: number; readonly classes: number }): Model;
  /** Where weights have units of their own: where starts are drawn from, and where global methods look. */
  boxes?(settings: Settings<S>): { readonly initial: BoxLike; readonly region: BoxLike };
  /** Where it is known. */
  minimum?(settings: Settings<S>): Objective["minimum"];
}

type Common = LossSettings & { readonly testShare: number };

/** Where global methods look, in half-widths of the usual start: good weights of the models here lie well inside. */
const regionFactor = 6;

function domainOf(
  model: Model,
  boxes: { readonly initial: BoxLike; readonly region: BoxLike } | undefined,
): Domain {
  // A bias must be able to shift as far as the weights can pull, so its region is that of the widest matrix.
  const widest = Math.max(...model.blocks.map(({ start }) => start));
  const layout = layoutOf(model);
  const last = layout.at(-1)!;
  const dimension = last.offset + sizeOf(last.shape);
  if (boxes !== undefined) return makeDomain({ dimension, layout, ...boxes });
  const [start, far] = [new Float64Array(dimension), new Float64Array(dimension)];
  model.blocks.forEach(({ start: half, shape, penalised }, b) => {
    const [from, to] = [layout[b]!.offset, layout[b]!.offset + sizeOf(shape)];
    start.fill(half, from, to);
    far.fill(regionFactor * (penalised ? half : widest), from, to);
  });
  const box = (half: Float64Array) => ({ lower: half.map((size) => -size), upper: half });
  return makeDomain({ dimension, initial: box(start), region: box(far), layout });
}

export function learningProblem<S extends SettingsSchema>(definition: LearningDefinition<S>): Problem<S> {
  const { data: load, model: build, standardisation = "columns", boxes, minimum, ...about } = definition;
  // Price and code depend on settings and shapes only.
  const costs = new Map<string, Costs>();
  const shelf = createShelf();
  return {
    ...about,
    create(settings, rng) {
      const common = settings as Settings<S> & Common;
      const dataset = load(settings, rng.fork("data"));
      const data = prepare(dataset, common.testShare, standardisation, rng.fork("split"));
      const { train } = data;
      const model = build(settings, { inputs: data.features.length, classes: data.classes?.length ?? 0 });
      const domain = domainOf(model, boxes?.(settings));
      const least = minimum?.(settings);
      const key = `${JSON.stringify(settings)} ${domain.dimension} ${data.features.length} ${train.rows}`;
      const shared = { shelf, key };
      const cost =
        costs.get(key) ??
        costsOf(
          lossOf(model, common, train.rows, train.rows),
          shapesFor(domain.dimension, train.rows, data.features.length),
          squaresOf(model, common, train.rows, train.rows),
        );
      costs.set(key, cost);
      const objective: Objective = {
        name: definition.name,
        domain,
        answers: { ...cost.prices },
        examples: train.rows,
        noisy: false,
        ...(least && { minimum: least }),
        evaluate: evaluation(model, common, domain.dimension, train, cost, shared),
        report: reporter(model, domain.dimension, data, shared),
      };
      attachView(objective, model, data);
      return objective;
    },
  };
}

interface Batch {
  readonly evaluator: TracedEvaluator;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Two sizes occur in an epoch (the last batch may be smaller); a few more are kept for whoever changes size. */
const keptBatches = 8;

function evaluation(
  model: Model,
  settings: LossSettings,
  dimension: number,
  train: Examples,
  { operations, shared }: Costs,
  { shelf, key }: Shared,
): (ask: Ask, rng: Rng) => readonly Outcome[] {
  const { rows } = train;
  const k = train.x.length / rows;
  const evaluator = (m: number): TracedEvaluator =>
    tracedEvaluator(lossOf(model, settings, m, rows), shapesFor(dimension, m, k), {
      shared: { shelf, key: `${key} ${m}` },
      squares: squaresOf(model, settings, m, rows),
      costs: { operations: (operations * m) / rows, shared },
    });
  const full = evaluator(rows);
  full.load([train.x, train.y]);
  const batches = new Map<number, Batch>();
  const batchOf = (m: number): Batch => {
    const known = batches.get(m);
    if (known) return known;
    if (batches.size >= keptBatches) batches.clear();
    const batch = { evaluator: evaluator(m), x: new Float64Array(m * k), y: new Float64Array(m) };
    batches.set(m, batch);
    return batch;
  };
  const cache = exampleCache();
  return (ask, rng) => {
    const examples = resolveExamples(ask.examples, rows);
    if (examples === undefined) return answerAll(ask, full);
    const at = exampleIndices(examples, rows, rng, cache);
    const { evaluator, x, y } = batchOf(at.length);
    for (let i = 0; i < at.length; i++) {
      const from = at[i]! * k;
      for (let j = 0; j < k; j++) x[i * k + j] = train.x[from + j]!;
      y[i] = train.y[at[i]!]!;
    }
    evaluator.load([x, y]);
    return answerAll(ask, evaluator);
  };
}
