// The models against closed forms and against torch's autograd.
import { readFileSync } from "node:fs";
import { rngOf, rootKey } from "@basin/random";
import { himmelblau, outliersLinear, penguinsLogistic } from "@basin/problems";
import { describe, expect, test } from "vitest";
import { costsOf, tracedEvaluator } from "../src/evaluator.ts";
import { lossOf, shapesFor, type LossSettings } from "../src/learning/loss.ts";
import { linear } from "../src/models/linear.ts";
import { logistic } from "../src/models/logistic.ts";
import { mlp } from "../src/models/mlp.ts";
import { layoutOf, type Model } from "../src/models/model.ts";
import { polynomial } from "../src/models/polynomial.ts";
import { sigmoid } from "../src/models/sigmoid.ts";
import { softmax } from "../src/models/softmax.ts";
import { gradientAt, make } from "./ask.ts";

const sumOf: LossSettings = { reduction: "sum", l2: 0 };
const meanOf: LossSettings = { reduction: "mean", l2: 0 };

const dimensionOf = (model: Model): number =>
  layoutOf(model).reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);

/** Loss and gradient of a model on all of the given rows. */
function lossAt(
  model: Model,
  settings: LossSettings,
  x: readonly (readonly number[])[],
  y: readonly number[],
  weights: readonly number[],
  total = y.length,
): { value: number; gradient: Float64Array } {
  const n = dimensionOf(model);
  const evaluator = tracedEvaluator(
    lossOf(model, settings, y.length, total),
    shapesFor(n, y.length, x[0]!.length),
  );
  evaluator.load([x.flat(), y]);
  const gradient = new Float64Array(n);
  return { value: evaluator.gradient(Float64Array.from(weights), gradient), gradient };
}

const rng = rngOf(rootKey("models"));
const rows = (m: number, k: number): number[][] =>
  Array.from({ length: m }, () => Array.from({ length: k }, () => rng.normal()));
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, ai, i) => sum + ai * b[i]!, 0);
const check = (got: ArrayLike<number>, want: readonly number[], tolerance = 1e-12): void => {
  expect(got.length).toBe(want.length);
  const scale = Math.max(1, ...want.map(Math.abs));
  want.forEach((value, i) => expect(Math.abs(got[i]! - value), `entry ${i}`).toBeLessThan(tolerance * scale));
};

describe("the worked examples", () => {
  const x = rows(12, 3);
  const w = [0.3, -0.7, 1.1];
  test("linear, squared loss, sum: −2Σδᵢxᵢⱼ", () => {
    const y = x.map(() => rng.normal());
    const { value, gradient } = lossAt(linear(3, { bias: false }), sumOf, x, y, w);
    const deltas = x.map((xi, i) => y[i]! - dot(xi, w));
    expect(value).toBeCloseTo(
      deltas.reduce((sum, delta) => sum + delta * delta, 0),
      12,
    );
    check(
      gradient,
      [0, 1, 2].map((j) => -2 * deltas.reduce((sum, delta, i) => sum + delta * x[i]![j]!, 0)),
    );
  });
  test("sigmoid, squared loss, sum: −2Σδᵢσ(dᵢ)(1 − σ(dᵢ))xᵢⱼ", () => {
    const y = x.map((_, i) => i % 2);
    const { value, gradient } = lossAt(sigmoid(3, { bias: false }), sumOf, x, y, w);
    const s = x.map((xi) => 1 / (1 + Math.exp(-dot(xi, w))));
    const deltas = s.map((si, i) => y[i]! - si);
    expect(value).toBeCloseTo(
      deltas.reduce((sum, delta) => sum + delta * delta, 0),
      12,
    );
    check(
      gradient,
      [0, 1, 2].map(
        (j) => -2 * deltas.reduce((sum, delta, i) => sum + delta * s[i]! * (1 - s[i]!) * x[i]![j]!, 0),
      ),
    );
  });
});

describe("closed forms", () => {
  test("logistic regression: Σ(p − y)x, and its mean", () => {
    const [x, y, w] = [rows(10, 2), [0, 1, 1, 0, 1, 0, 0, 1, 1, 0], [0.5, -1, 0.2]];
    const p = x.map((xi) => 1 / (1 + Math.exp(-(dot(xi, w) + w[2]!))));
    const sums = [0, 1, 2].map((j) => p.reduce((sum, pi, i) => sum + (pi - y[i]!) * (x[i]![j] ?? 1), 0));
    check(lossAt(logistic(2), sumOf, x, y, w).gradient, sums);
    check(
      lossAt(logistic(2), meanOf, x, y, w).gradient,
      sums.map((sum) => sum / 10),
    );
    const surprise = -p.reduce((sum, pi, i) => sum + Math.log(y[i] === 1 ? pi : 1 - pi), 0);
    expect(lossAt(logistic(2), sumOf, x, y, w).value).toBeCloseTo(surprise, 12);
  });
  test("softmax regression: Σ(p − [class])x for each class", () => {
    const [x, y] = [rows(9, 2), [0, 1, 2, 0, 1, 2, 0, 1, 2]];
    const w = Array.from({ length: 9 }, () => rng.normal());
    const p = x.map((xi) => {
      const e = [0, 1, 2].map((c) => Math.exp(dot(xi, w.slice(2 * c)) + w[6 + c]!));
      return e.map((one) => one / (e[0]! + e[1]! + e[2]!));
    });
    const slope = (c: number, of: (xi: readonly number[]) => number): number =>
      p.reduce((sum, pi, i) => sum + (pi[c]! - (y[i] === c ? 1 : 0)) * of(x[i]!), 0);
    const expected = [0, 1, 2].flatMap((c) => [0, 1].map((j) => slope(c, (xi) => xi[j]!)));
    check(lossAt(softmax(2, 3), sumOf, x, y, w).gradient, [
      ...expected,
      ...[0, 1, 2].map((c) => slope(c, () => 1)),
    ]);
  });
  test("a network without hidden layers is logistic or softmax regression", () => {
    const [x, w] = [rows(9, 2), Array.from({ length: 9 }, () => rng.normal())];
    const two = [0, 1, 1, 0, 1, 0, 0, 1, 1];
    const flat = (classes: number) => mlp({ inputs: 2, hidden: [], classes, activation: "tanh" });
    expect(lossAt(flat(2), meanOf, x, two, w.slice(0, 3))).toEqual(
      lossAt(logistic(2), meanOf, x, two, w.slice(0, 3)),
    );
    const three = [0, 1, 2, 0, 1, 2, 0, 1, 2];
    expect(lossAt(flat(3), meanOf, x, three, w)).toEqual(lossAt(softmax(2, 3), meanOf, x, three, w));
  });
  test("a network of one tanh unit: chain rule by hand", () => {
    const [x, y, [w1, b1, w2, b2]] = [[[0.7]], [1], [0.4, -0.2, 1.5, 0.3]] as const;
    const h = Math.tanh(w1 * 0.7 + b1);
    const p = 1 / (1 + Math.exp(-(w2 * h + b2)));
    const back = (p - 1) * w2 * (1 - h * h);
    const model = mlp({ inputs: 1, hidden: [1], classes: 2, activation: "tanh" });
    check(lossAt(model, sumOf, x, y, [w1, b1, w2, b2]).gradient, [back * 0.7, back, (p - 1) * h, p - 1]);
  });
  test("a polynomial of degree 3: −2Σδ·xʲ", () => {
    const [x, y, a] = [
      [[0.5], [-1], [2]],
      [1, 2, 3],
      [0.1, 0.2, 0.3, 0.4],
    ] as const;
    const deltas = x.map(([xi], i) => y[i]! - (a[0] + a[1] * xi! + a[2] * xi! ** 2 + a[3] * xi! ** 3));
    check(
      lossAt(polynomial(3), sumOf, x, y, a).gradient,
      [0, 1, 2, 3].map((j) => -2 * deltas.reduce((sum, delta, i) => sum + delta * x[i]![0]! ** j, 0)),
    );
  });
  test("an L2 penalty adds λ/2·Σw² to a mean, N times that to a sum, and leaves biases alone", () => {
    const [x, y, w] = [rows(6, 2), [0, 1, 0, 1, 0, 1], [2, -1, 5]];
    const plain = lossAt(logistic(2), meanOf, x, y, w);
    const held = lossAt(logistic(2), { reduction: "mean", l2: 0.1 }, x, y, w);
    expect(held.value - plain.value).toBeCloseTo(0.05 * (4 + 1), 12);
    check(
      held.gradient.map((g, i) => g - plain.gradient[i]!),
      [0.2, -0.1, 0],
    );
    const summed = lossAt(logistic(2), { reduction: "sum", l2: 0.1 }, x, y, w);
    expect(summed.value).toBeCloseTo(6 * held.value, 12);
  });
  test("logistic and softmax stay finite where probabilities round to 0 and 1", () => {
    const far = lossAt(logistic(1), sumOf, [[1], [-1]], [0, 1], [1e4, 0]);
    expect(far.value).toBe(2e4);
    expect([...far.gradient]).toEqual([2, 0]);
    const softly = lossAt(softmax(1, 3), sumOf, [[1]], [0], [-1e4, 0, 1e4, 0, 0, 0]);
    expect(softly.value).toBe(2e4);
    expect(softly.gradient.every(Number.isFinite)).toBe(true);
  });
});

describe("torch's autograd (fixtures/derivative-values.json)", () => {
  interface Case {
    name: string;
    inputs: Record<string, number[] & number>;
    constants: { X: number[][]; y: number[] };
    value: number;
    gradient: number[];
  }
  const { cases } = JSON.parse(
    readFileSync(new URL("./fixtures/derivative-values.json", import.meta.url), "utf8"),
  ) as { cases: Case[] };
  const caseOf = (name: string): Case => cases.find((one) => one.name === name)!;
  // The file advises relative 1e-10: a few ulps lie between math libraries.
  test("linear model: torch's loss is half of ours", () => {
    const { inputs, constants, value, gradient } = caseOf("linear model, squared loss");
    const ours = lossAt(linear(4), meanOf, constants.X, constants.y, [...inputs["w"]!, inputs["b"]!]);
    expect(ours.value / 2).toBeCloseTo(value, 10);
    check(
      ours.gradient.map((g) => g / 2),
      gradient,
      1e-10,
    );
  });
  test("logistic regression, far out", () => {
    const { inputs, constants, value, gradient } = caseOf("logistic regression NLL, saturated");
    const ours = lossAt(logistic(4), sumOf, constants.X, constants.y, [...inputs["w"]!, 0]);
    expect(ours.value).toBeCloseTo(value, 10);
    check(ours.gradient.subarray(0, 4), gradient, 1e-10);
  });
  test("Himmelblau", () => {
    const { inputs, value, gradient } = caseOf("himmelblau");
    const ours = gradientAt(make(himmelblau), inputs["x"]!);
    expect(Math.abs(ours.value - value)).toBeLessThan(1e-10 * value);
    check(ours.gradient, gradient, 1e-10);
  });
});

describe("batches", () => {
  const subsets = (n: number, m: number): number[][] =>
    m === 0
      ? [[]]
      : Array.from({ length: n }, (_, last) => subsets(last, m - 1).map((rest) => [...rest, last])).flat();
  test.each(["mean", "sum"] as const)(
    "%s: the gradient of a random batch of 2, of 4 and of 8 has one expectation, the full gradient",
    (reduction) => {
      // Over all subsets of 8 examples, so that the expectation is exact.
      const [x, y, w] = [rows(8, 2), [0, 1, 0, 1, 1, 0, 1, 0], [1, -2, 0.5]];
      const settings = { reduction, l2: 0.01 };
      const expectation = (m: number): number[] => {
        const all = subsets(8, m).map((at) =>
          lossAt(
            logistic(2),
            settings,
            at.map((i) => x[i]!),
            at.map((i) => y[i]!),
            w,
            8,
          ),
        );
        return [0, 1, 2].map((j) => all.reduce((sum, { gradient }) => sum + gradient[j]! / all.length, 0));
      };
      check(expectation(2), expectation(8), 1e-12);
      check(expectation(4), expectation(8), 1e-12);
    },
  );
});

describe("prices, counted by hand for N examples of k inputs", () => {
  // Weights: + − × and comparisons 1, softplus 22, σ 15, a product in a contraction 2; moving data is free.
  const [N, k] = [10, 3];
  test("linear model", () => {
    // f: X·w 2Nk, + b N, y − f N, square N, sum N, · 1/N 1.
    const value = 2 * N * k + 4 * N + 1;
    // ∇f besides: 1/N 1, 2δ N, · cotangent N, negated N, Σ for b N, Xᵀ· 2Nk, the two blocks joined k + 1.
    const more = 2 * N * k + 4 * N + 1 + (k + 1);
    const { prices } = costsOf(lossOf(linear(k), meanOf, N, N), shapesFor(k + 1, N, k));
    expect(prices.gradient).toBe((value + more) / value);
  });
  test("logistic regression", () => {
    // f: X·w 2Nk, + b N, softplus 22N, y·u N, − N, sum N, · 1/N 1.
    const value = 2 * N * k + 26 * N + 1;
    // ∇f besides: 1/N 1, negated N, · y N, σ 15N, · cotangent N, both added N, Σ for b N, Xᵀ· 2Nk, blocks joined k + 1.
    const more = 2 * N * k + 20 * N + 1 + (k + 1);
    const { prices } = costsOf(lossOf(logistic(k), meanOf, N, N), shapesFor(k + 1, N, k));
    expect(prices.gradient).toBe((value + more) / value);
  });
  test("a problem charges what its model costs, and models differ", () => {
    const { answers, examples: n } = make(penguinsLogistic, { l2: 0 });
    expect(answers.gradient).toBe((4 * n * 4 + 46 * n + 2 + 5) / (2 * n * 4 + 26 * n + 1));
    expect(make(outliersLinear).answers.gradient).not.toBe(answers.gradient);
  });
});
