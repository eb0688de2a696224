// Data made ready, reports, the view for pages, and mini-batches as an objective answers them.
import type { Evaluation, Outcome } from "@basin/objective";
import { foldIn, openStreams, rootKey, rngOf } from "@basin/random";
import {
  anscombeLinear,
  irisMlp,
  moonsMlp,
  penguinsLogistic,
  penguinsSoftmax,
  sphere,
  wagesLinear,
  xorMlp,
} from "@basin/problems";
import { learningView } from "@basin/problems";
import { penguins } from "@basin/datasets";
import { describe, expect, test } from "vitest";
import { prepare } from "../src/learning/examples.ts";
import { accuracy } from "../src/learning/report.ts";
import { gradientAt, make, valueAt } from "./ask.ts";

const column = (x: Readonly<Float64Array>, k: number, j: number): number[] =>
  Array.from({ length: x.length / k }, (_, i) => x[i * k + j]!);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe("prepare", () => {
  const data = prepare(penguins(), 0.25, "columns", rngOf(rootKey(1)));
  test("splits every row into training or test", () => {
    expect([data.train.rows, data.test.rows]).toEqual([256, 86]);
    const whole = penguins();
    const rowsOf = (x: Readonly<Float64Array>): string[] =>
      Array.from({ length: x.length / 4 }, (_, i) => x.subarray(4 * i, 4 * i + 4).join());
    expect([...rowsOf(data.train.raw), ...rowsOf(data.test.raw)].sort()).toEqual(rowsOf(whole.x).sort());
  });
  test("standardises both parts with the training statistics", () => {
    for (let j = 0; j < 4; j++) {
      expect(mean(column(data.train.x, 4, j))).toBeCloseTo(0, 12);
      expect(deviation(column(data.train.x, 4, j))).toBeCloseTo(1, 12);
      const raw = column(data.train.raw, 4, j);
      expect(data.test.x[j]).toBeCloseTo((data.test.raw[j]! - mean(raw)) / deviation(raw), 12);
    }
  });
  test("another seed splits otherwise, the same alike", () => {
    const again = (seed: number) => prepare(penguins(), 0.25, "columns", rngOf(rootKey(seed))).train.raw;
    expect(again(1)).toEqual(data.train.raw);
    expect(again(2)).not.toEqual(data.train.raw);
  });
  test("a column that never changes becomes 0, not NaN", () => {
    const flat = { ...penguins(), x: penguins().x.map((x, p) => (p % 4 === 2 ? 7 : x)) };
    expect(new Set(column(prepare(flat, 0, "columns", rngOf(rootKey(1))).train.x, 4, 2))).toEqual(
      new Set([0]),
    );
  });
});

test("accuracy: the share of likelier classes", () => {
  expect(accuracy(Float64Array.of(0.2, 0.6, 0.9, 0.4), Float64Array.of(0, 1, 0, 1))).toBe(0.5);
  expect(accuracy(Float64Array.of(0.2, 0.5, 0.3, 0.1, 0.1, 0.8), Float64Array.of(1, 0))).toBe(0.5);
});

/** Plain gradient descent, long enough for a small convex model. */
function descend(objective: ReturnType<typeof make>, rate: number, steps: number): Float64Array {
  const x = new Float64Array(objective.domain.dimension);
  for (let t = 0; t < steps; t++) gradientAt(objective, x).gradient.forEach((g, i) => (x[i]! -= rate * g));
  return x;
}

describe("a fitted model", () => {
  test("penguins-logistic tells the species apart, and reports it", () => {
    const objective = make(penguinsLogistic);
    const report = objective.report!(descend(objective, 1, 400));
    expect(Object.keys(report)).toEqual(["test loss", "train accuracy", "test accuracy"]);
    expect(report["test accuracy"]).toBeGreaterThan(0.9);
    expect(report["train accuracy"]).toBeGreaterThan(0.95);
    expect(report["test loss"]).toBeLessThan(0.3);
  });
  test("anscombe-linear finds Anscombe's line y = 3 + 0.5x, whichever the set", () => {
    for (const set of ["1", "2", "3", "4"] as const) {
      const objective = make(anscombeLinear, { set });
      const view = learningView(objective)!;
      const weights = descend(objective, 0.3, 200);
      const [at0, at10] = view.predict(weights, view.standardise(Float64Array.of(0, 10)));
      expect(at0).toBeCloseTo(3, 1);
      expect(at10).toBeCloseTo(8, 1);
    }
  });
  test("wages-linear: the training loss at the minimum is 1 − R², about two thirds, as the literature has it", () => {
    // Berndt (1991), chapter 5: such regressions of the log wage explain about a third of its variance.
    const objective = make(wagesLinear, { testShare: 0 });
    expect(valueAt(objective, descend(objective, 0.1, 3000))).toBeCloseTo(0.66, 1);
  });
});

describe("learningView", () => {
  test("is there for learning problems only", () => {
    expect(learningView(make(sphere))).toBeUndefined();
    expect(learningView(make(irisMlp))?.model).toBe("mlp");
  });
  test("predicts one probability a class, which add up to 1", () => {
    const objective = make(penguinsSoftmax);
    const view = learningView(objective)!;
    const p = view.predict(objective.domain.initial.upper, view.test.x);
    expect(p.length).toBe(3 * view.test.rows);
    for (let i = 0; i < view.test.rows; i++)
      expect(p[3 * i]! + p[3 * i + 1]! + p[3 * i + 2]!).toBeCloseTo(1, 12);
  });
  test("names the links of the chain, and their values follow from each other", () => {
    const objective = make(penguinsLogistic);
    const view = learningView(objective)!;
    expect(view.links.map(({ symbol }) => symbol)).toEqual(["u", "p", "L"]);
    const { u, p } = view.intermediates(objective.domain.initial.upper, view.train.x);
    u!.forEach((ui, i) => expect(p![i]).toBeCloseTo(1 / (1 + Math.exp(-ui)), 12));
    const standardised = view.standardise(view.train.raw);
    expect(standardised).toEqual(view.train.x);
  });
  test("an answer stays what it was when the next one is asked", () => {
    const objective = make(moonsMlp);
    const view = learningView(objective)!;
    const first = view.predict(objective.domain.initial.upper, view.train.x);
    const copy = first.slice();
    view.predict(objective.domain.initial.lower, view.train.x);
    expect(first).toEqual(copy);
  });
  test("serves grids of many sizes", () => {
    const view = learningView(make(xorMlp))!;
    const weights = make(xorMlp).domain.initial.upper;
    for (const m of [1, 2, 3, 4, 5, 6, 1, 3])
      expect(view.predict(weights, new Float64Array(2 * m)).length).toBe(m);
  });
});

describe("layout and boxes", () => {
  test("an MLP has its matrices and biases as blocks, started as Glorot & Bengio say", () => {
    const { layout, initial, region } = make(irisMlp, { hidden: 5 }).domain;
    expect(layout).toEqual([
      { name: "W1", offset: 0, shape: [5, 4] },
      { name: "b1", offset: 20, shape: [5] },
      { name: "W2", offset: 25, shape: [3, 5] },
      { name: "b2", offset: 40, shape: [3] },
    ]);
    expect(initial.upper[0]).toBe(Math.sqrt(6 / 9));
    expect(initial.lower[25]).toBe(-Math.sqrt(6 / 8));
    expect(region.upper[0]).toBeGreaterThan(initial.upper[0]!);
  });
});

describe("mini-batches", () => {
  const objective = make(penguinsLogistic);
  const streams = openStreams(foldIn(rootKey(1), "batches"));
  const x = objective.domain.initial.upper;
  const ask = (examples: object, name: string, index: number): Evaluation<"gradient"> =>
    (
      objective.evaluate(
        { queries: [{ kind: "gradient", x }], examples: examples as never },
        streams.rng(name, index),
      ) as Outcome[]
    )[0] as Evaluation<"gradient">;
  test("the same id gives the same examples, another id others", () => {
    const [a, b, c] = [4, 4, 5].map((id) => ask({ size: 16, draw: "random", id }, "examples", id));
    expect(a).toEqual(b);
    expect(a!.value).not.toBe(c!.value);
  });
  test("a batch of all examples or more is the full loss", () => {
    const full = gradientAt(objective, x);
    expect(ask({ size: 1000, draw: "random", id: 1 }, "examples", 1)).toEqual(full);
  });
  test("many sizes after each other do not mix up", () => {
    const sizes = [3, 5, 7, 9, 11, 13, 15, 17, 19, 3];
    const values = sizes.map((size) => ask({ size, draw: "random", id: 2 }, "examples", 2).value);
    expect(values.at(-1)).toBe(values[0]);
    expect(new Set(values).size).toBe(9);
  });
});

test("synthetic data and splits come from the seed alone", () => {
  const points = (seed: number) => learningView(make(moonsMlp, {}, seed))!.train.raw;
  expect(points(3)).toEqual(points(3));
  expect(points(3)).not.toEqual(points(4));
});
