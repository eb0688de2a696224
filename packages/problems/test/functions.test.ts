// The test functions at points whose values are plain to compute by hand, or are published.
import type { AnyProblem, Failure } from "@basin/objective";
import {
  ackley,
  beale,
  branin,
  ellipsoid,
  griewank,
  himmelblau,
  plateau,
  rastrigin,
  rosenbrock,
  schwefel,
  sphere,
  styblinskiTang,
} from "@basin/problems";
import { describe, expect, test } from "vitest";
import { gradientAt, make, outcomeAt, valueAt } from "./ask.ts";

const t = 1 / (8 * Math.PI);

const known: readonly (readonly [AnyProblem, readonly number[], number, string])[] = [
  [sphere, [1, 2, 3], 14, "1 + 4 + 9"],
  [ellipsoid, [1, 1, 1], 1_001_001, "1 + 10³ + 10⁶"],
  [rosenbrock, [-1.2, 1], 24.2, "Rosenbrock's own start"],
  [rosenbrock, [0, 0, 0], 2, "two terms of 1"],
  [rastrigin, [0.5, 1, 0], 0.25 + 20 + 1, "cos π = −1, cos 2π = 1"],
  [ackley, [1, 1], 20 * (1 - Math.exp(-0.2)), "cos 2π = 1, so the second half vanishes"],
  [griewank, [Math.PI], 2 + (Math.PI * Math.PI) / 4000, "cos π = −1"],
  [schwefel, [0, 0], 2 * 418.9828872724337, "nothing is taken off the constant"],
  [himmelblau, [0, 0], 170, "11² + 7²"],
  [beale, [0, 0], 14.203125, "1.5² + 2.25² + 2.625²"],
  [styblinskiTang, [1, 1], -10, "½(1 − 16 + 5) twice"],
  [branin, [0, 0], 36 + 10 * (1 - t) + 10, "6² + 10(1 − t) + 10"],
  [plateau, [0.49, 1.2, -2.5], 0 + 1 + 9, "0², 1², 3²"],
];

test.each(
  known.map(
    ([problem, x, value, why]) => [`${problem.name}(${x.join(", ")})`, why, problem, x, value] as const,
  ),
)("%s: %s", (_, __, problem, x, value) => {
  const settings = "dimension" in problem.settings.shape ? { dimension: x.length } : {};
  expect(valueAt(make(problem, settings), x)).toBeCloseTo(value, 10);
});

describe("minima", () => {
  test("Styblinski–Tang: −39.16617 a coordinate, as published", () =>
    expect(make(styblinskiTang, { dimension: 3 }).minimum!.value).toBeCloseTo(-3 * 39.16617, 4));
  test("Branin: 0.397887, as published", () => expect(make(branin).minimum!.value).toBeCloseTo(0.397887, 6));
  test("Himmelblau has four, Branin three", () => {
    expect(make(himmelblau).minimum!.at.length).toBe(4);
    expect(make(branin).minimum!.at.length).toBe(3);
  });
});

test("on the plateau the slope is 0 everywhere, and costs no more than a look", () => {
  const objective = make(plateau);
  expect(gradientAt(objective, [3.3, -2.2, 0, 9, 1]).gradient).toEqual(new Float64Array(5));
  expect(objective.answers.gradient).toBe(1);
});

test("a sphere's prices, counted by hand", () => {
  // f: n squares and a sum of n. ∇f besides: 2x, n products (the cotangent 1 is not multiplied with).
  const { gradient } = make(sphere, { dimension: 6 }).answers;
  expect(gradient).toBe((2 * 6 + 6) / (2 * 6));
});

test("what is not finite is a failure, and the next question is answered", () => {
  const objective = make(sphere, { dimension: 2 });
  expect(outcomeAt(objective, [1e200, 0])).toEqual({ failed: "not-finite", message: "value is Infinity" });
  expect((outcomeAt(objective, [NaN, 0]) as Failure).failed).toBe("not-finite");
  expect(valueAt(objective, [1, 1])).toBe(2);
});

test("a point of another length fails by name instead of giving a number", () =>
  expect((outcomeAt(make(sphere), [1]) as Failure).failed).toBe("threw"));
