// What fitted models say about their data: regions of classes over two features, a curve over one, or answers against truth.
import { contoursOf, type Field } from "@basin/charts";
import { learningView, type LearningView } from "@basin/problems";
import { objectiveOf, type Catalog } from "@basin/runner";
import type { Candidate, FitAnswer, FitPicture, FitQuestion, NoAnswer } from "./survey.ts";

type Vector = Readonly<Float64Array>;
type Range = readonly [number, number];

/** Cells of a region's field along each axis: boundaries of the models here are smooth. */
const cells = 48;
/** More points than this only hide each other. */
const shown = 260;
/** With more features than this, two of them say nothing. */
const tellable = 30;

const column = (view: LearningView, j: number): Float64Array => {
  const k = view.features.length;
  return Float64Array.from({ length: view.train.rows }, (_, i) => view.train.raw[i * k + j]!);
};

function rangeOf(values: Vector): Range {
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const margin = (high - low || 1) * 0.06;
  return [low - margin, high + margin];
}

const mean = (values: Vector): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Share of a feature's variance that lies between the classes (the correlation ratio, η²). */
function telling(values: Vector, groups: Vector): number {
  const all = mean(values);
  const [total, count] = [new Map<number, number>(), new Map<number, number>()];
  values.forEach((value, i) => {
    total.set(groups[i]!, (total.get(groups[i]!) ?? 0) + value);
    count.set(groups[i]!, (count.get(groups[i]!) ?? 0) + 1);
  });
  let between = 0;
  for (const [group, sum] of total) {
    const n = count.get(group)!;
    between += n * (sum / n - all) * (sum / n - all);
  }
  const within = values.reduce((sum, value) => sum + (value - all) * (value - all), 0);
  return within > 0 ? between / within : 0;
}

/** The two features that tell the classes apart best, in their own order. */
function bestTwo(view: LearningView): [number, number] {
  const order = view.features
    .map((_, j) => ({ j, score: telling(column(view, j), view.train.y) }))
    .sort((a, b) => b.score - a.score || a.j - b.j);
  const [a, b] = [order[0]!.j, order[1]!.j];
  return a < b ? [a, b] : [b, a];
}

const title = ({ name, unit }: { readonly name: string; readonly unit?: string | undefined }): string =>
  unit === undefined || unit === "" ? name : `${name} (${unit})`;

/** For each class its probability minus the best other's, at every standardised input. */
function margins(view: LearningView, weights: Vector, x: Vector, rows: number): Float64Array[] {
  const classes = view.classes!.length;
  const answers = view.predict(weights, x);
  if (answers.length === rows) {
    const second = answers.map((p) => 2 * p - 1);
    return [second.map((margin) => -margin), second];
  }
  return Array.from({ length: classes }, (_, c) =>
    Float64Array.from({ length: rows }, (_, i) => {
      let other = -Infinity;
      for (let d = 0; d < classes; d++) if (d !== c) other = Math.max(other, answers[i * classes + d]!);
      return answers[i * classes + c]! - other;
    }),
  );
}

type Pictures = (candidate: Candidate) => Omit<FitPicture, "label" | "report">;
type Frame = Omit<FitAnswer, "kind" | "pictures">;

/** Regions over two features; the other features stay at their mean. */
function regions(view: LearningView): [Frame, Pictures] {
  const k = view.features.length;
  const [a, b] = bestTwo(view);
  const [xs, ys] = [column(view, a), column(view, b)];
  const [xRange, yRange] = [rangeOf(xs), rangeOf(ys)];
  const at = ([low, high]: Range, i: number): number => low + (i / (cells - 1)) * (high - low);
  const raw = new Float64Array(cells * cells * k);
  for (let j = 0; j < cells; j++)
    for (let i = 0; i < cells; i++) {
      const from = (j * cells + i) * k;
      raw.set(view.inputs.mean, from);
      raw[from + a] = at(xRange, i);
      raw[from + b] = at(yRange, j);
    }
  const x = view.standardise(raw);
  const field = (values: Float64Array): Field => {
    const bare = { nx: cells, ny: cells, x: xRange, y: yRange, values };
    return { ...bare, contours: contoursOf(bare, [0]) };
  };
  const stride = Math.ceil(view.train.rows / shown);
  return [
    {
      xLabel: title(view.features[a]!),
      yLabel: title(view.features[b]!),
      xRange,
      yRange,
      groups: view.classes!,
      points: Array.from(xs, (value, i) => ({ x: value, y: ys[i]!, group: view.train.y[i]! })).filter(
        (_, i) => i % stride === 0,
      ),
      ...(k > 2 ? { note: `Two of ${k} measures; the others are held at their mean.` } : {}),
    },
    ({ x: weights }) => ({ regions: margins(view, weights, x, cells * cells).map(field) }),
  ];
}

const measured = (view: LearningView): Float64Array => {
  const { mean: centre, deviation } = view.output;
  return view.train.y.map((value) => value * deviation[0]! + centre[0]!);
};

/** A curve through points, where there is one input. */
function curve(view: LearningView): [Frame, Pictures] {
  const xs = column(view, 0);
  const ys = view.classes === undefined ? measured(view) : Float64Array.from(view.train.y);
  const xRange = rangeOf(xs);
  const steps = 80;
  const raw = Float64Array.from(
    { length: steps },
    (_, i) => xRange[0] + (i / (steps - 1)) * (xRange[1] - xRange[0]),
  );
  const x = view.standardise(raw);
  return [
    {
      xLabel: title(view.features[0]!),
      yLabel: title(view.target),
      xRange,
      yRange: rangeOf(ys),
      points: Array.from(xs, (value, i) => ({ x: value, y: ys[i]!, group: 0 })),
    },
    ({ x: weights }) => ({ line: Array.from(view.predict(weights, x), (y, i) => ({ x: raw[i]!, y })) }),
  ];
}

/** Answers against truth, where there are several inputs: a perfect model's points lie on the diagonal. */
function agreement(view: LearningView): [Frame, Pictures] {
  const truth = measured(view);
  const range = rangeOf(truth);
  const stride = Math.ceil(truth.length / shown);
  return [
    {
      xLabel: `${title(view.target)}, measured`,
      yLabel: "answered",
      xRange: range,
      yRange: range,
      points: [],
      note: "Each point is an example: what was measured against what the model answers. The line is agreement.",
    },
    ({ x: weights }) => {
      const answers = view.predict(weights, view.train.x);
      return {
        points: Array.from(truth, (x, i) => ({ x, y: answers[i]!, group: 0 })).filter(
          (_, i) => i % stride === 0,
        ),
        line: [
          { x: range[0], y: range[0] },
          { x: range[1], y: range[1] },
        ],
      };
    },
  ];
}

export function fitAnswer(question: FitQuestion, catalog: Catalog): FitAnswer | NoAnswer {
  const objective = objectiveOf(question.spec, catalog);
  const view = learningView(objective);
  if (view === undefined)
    return { kind: "none", reason: "This problem is a function: there is no data to fit." };
  const k = view.features.length;
  if (k > tellable)
    return {
      kind: "none",
      reason: `Each example has ${k} numbers: a picture of two of them would not show the fit.`,
    };
  const [frame, picture] =
    k === 1 ? curve(view) : view.classes === undefined ? agreement(view) : regions(view);
  return {
    kind: "fit",
    ...frame,
    pictures: question.candidates.map((candidate) => ({
      label: candidate.label,
      report: objective.report?.(candidate.x) ?? {},
      ...picture(candidate),
    })),
  };
}
