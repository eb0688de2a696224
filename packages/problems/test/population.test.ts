// Populations: the bits of one kernel for many points are those of one call a point, for every model, size and mixture of queries.
import * as fc from "fast-check";
import { trace, type Traceable } from "@basin/autodiff";
import type { Ask, Outcome, Query } from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";
import { wagesLinear } from "@basin/problems";
import { describe, expect, test } from "vitest";
import { answerAll } from "../src/answer.ts";
import { tracedEvaluator, type EvaluatorOptions } from "../src/evaluator.ts";
import { lossOf, shapesFor, type LossSettings } from "../src/learning/loss.ts";
import { linear } from "../src/models/linear.ts";
import { logistic } from "../src/models/logistic.ts";
import { mlp } from "../src/models/mlp.ts";
import { layoutOf, sizeOf, type Model } from "../src/models/model.ts";
import { polynomial } from "../src/models/polynomial.ts";
import { sigmoid } from "../src/models/sigmoid.ts";
import { softmax } from "../src/models/softmax.ts";
import { sharedProducts } from "../src/population.ts";
import { make } from "./ask.ts";

const network = (hidden: readonly number[], classes: number, activation: "tanh" | "relu"): Model =>
  mlp({ inputs: 3, hidden, classes, activation });

/** With as many inputs as stated, and classes (0: the target is a number). */
const models: Readonly<Record<string, readonly [Model, inputs: number, classes: number]>> = {
  linear: [linear(5), 5, 0],
  "linear without bias": [linear(4, { bias: false }), 4, 0],
  polynomial: [polynomial(4), 1, 0],
  sigmoid: [sigmoid(3), 3, 2],
  logistic: [logistic(6), 6, 2],
  softmax: [softmax(3, 4), 3, 4],
  "tanh network": [network([4, 3], 3, "tanh"), 3, 3],
  "relu network of two classes": [network([5], 2, "relu"), 3, 2],
};

/** As if kernels had paid already, and always paid. */
const always: EvaluatorOptions = { costs: { operations: Infinity, shared: 1 } };

const bits = (outcomes: readonly Outcome[]): unknown[] =>
  outcomes.map((outcome) =>
    outcome.failed === undefined
      ? [outcome.kind, ...new BigUint64Array(Float64Array.of(outcome.value).buffer)]
      : outcome,
  );

describe.each(Object.entries(models))("%s", (name, [model, k, classes]) => {
  const last = layoutOf(model).at(-1)!;
  const n = last.offset + sizeOf(last.shape);
  test("together as one by one", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<LossSettings["reduction"]>("mean", "sum"),
        fc.constantFrom(0, 0.1),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 150 }),
        fc.constantFrom(0.1, 3, 1000),
        fc.integer(),
        (reduction, l2, rows, count, size, seed) => {
          const rng = rngOf(rootKey(`${name} ${seed}`));
          const loss = lossOf(model, { reduction, l2 }, rows, rows);
          const shapes = shapesFor(n, rows, k);
          const [together, alone] = [tracedEvaluator(loss, shapes, always), tracedEvaluator(loss, shapes)];
          const load = (): void => {
            const x = rng.fillNormal(new Float64Array(rows * k));
            const y = Float64Array.from({ length: rows }, () =>
              classes ? rng.integer(classes) : rng.normal(),
            );
            together.load([x, y]);
            alone.load([x, y]);
          };
          load();
          const points = Array.from({ length: count }, () =>
            rng.fillNormal(new Float64Array(n)).map((w) => size * w),
          );
          if (seed % 3 === 0) points[rng.integer(count)]!.fill(1e308);
          const ask: Ask = { queries: points.map((point) => ({ kind: "value", x: point })) };
          expect(together.population!.values(ask.queries, 0) === undefined).toBe(count < 8);
          expect(bits(answerAll(ask, together))).toEqual(bits(answerAll(ask, alone)));
          load();
          expect(bits(answerAll(ask, together))).toEqual(bits(answerAll(ask, alone)));
        },
      ),
      { numRuns: process.env["BASIN_LONG"] === undefined ? 12 : 400 },
    );
  });
});

describe("answers of an ask", () => {
  const objective = make(wagesLinear);
  const { dimension } = objective.domain;
  const rng = rngOf(rootKey("asks"));
  const point = (): Float64Array => rng.fillNormal(new Float64Array(dimension));
  const answer = (queries: readonly Query[], examples?: Ask["examples"]): Outcome[] =>
    objective.evaluate(
      examples === undefined ? { queries } : { queries, examples },
      rngOf(rootKey("examples")),
    ) as Outcome[];
  const alone = (queries: readonly Query[], examples?: Ask["examples"]): Outcome[] =>
    queries.flatMap((query) => answer([query], examples));

  test("do not depend on when kernels come, nor on what else is asked, nor on mini-batches", () => {
    // some 13 000 operations a value: kernels come after a dozen asks
    for (let round = 0; round < 40; round++) {
      const queries = Array.from({ length: 1 + rng.integer(140) }, (): Query => {
        const x = point();
        return rng.integer(30) === 0 ? { kind: "gradient", x } : { kind: "value", x };
      });
      const examples = round % 4 === 3 ? ({ size: 64, draw: "random", id: 3 } as const) : undefined;
      expect(answer(queries, examples)).toEqual(alone(queries, examples));
    }
  });

  test("a point of another length is a failure among values", () => {
    const queries = Array.from({ length: 20 }, (_, i): Query => ({
      kind: "value",
      x: point().subarray(i === 7 ? 1 : 0),
    }));
    const outcomes = answer(queries);
    expect(outcomes.map(({ failed }) => failed)).toEqual(
      Array.from({ length: 20 }, (_, i) => (i === 7 ? "threw" : undefined)),
    );
    expect(outcomes).toEqual(alone(queries));
  });
});

describe("the share of shared products, counted by hand", () => {
  const shareOf = (model: Model, k: number, rows: number): number => {
    const last = layoutOf(model).at(-1)!;
    const n = last.offset + sizeOf(last.shape);
    const loss = lossOf(model, { reduction: "mean", l2: 0 }, rows, rows);
    return sharedProducts(trace(loss as Traceable, shapesFor(n, rows, k)));
  };
  test("a linear model: X·w 2Nk of 2Nk + 4N + 1", () => {
    expect(shareOf(linear(16), 16, 100)).toBe(3200 / 3601);
  });
  test("logistic regression: X·w 2Nk of 2Nk + 26N + 1", () => {
    expect(shareOf(logistic(4), 4, 100)).toBe(800 / 3401);
  });
  test("layers of units are products of matrices already, and products of units with weights share nothing", () => {
    expect(shareOf(softmax(3, 4), 3, 100)).toBe(0);
    expect(shareOf(network([5], 2, "tanh"), 3, 100)).toBe(0);
  });
});
