import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import {
  UsageError,
  functionObjective,
  inBox,
  isEvaluation,
  withFiniteDifferences,
  type Evaluation,
  type Objective,
  type Outcome,
  type Query,
  type Vector,
} from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";

const rng = rngOf(rootKey(0));
const ask = (objective: Objective, ...queries: Query[]) => objective.evaluate({ queries }, rng);
const now = (objective: Objective, query: Query): Outcome => {
  const outcomes = ask(objective, query);
  expect(outcomes).not.toBeInstanceOf(Promise);
  return (outcomes as readonly Outcome[])[0]!;
};

describe("functionObjective", () => {
  const cube = (x: Vector): number => x[0]! * x[0]! * x[0]!;

  test("answers values, at once where the function does", () => {
    const x = Float64Array.of(2);
    expect(now(functionObjective(cube, { dimension: 1 }), { kind: "value", x })).toEqual({
      kind: "value",
      x,
      value: 8,
    });
  });

  test("answers by a promise where the function does, the whole batch at the same time", async () => {
    let [running, most] = [0, 0];
    const slow = async (x: Vector): Promise<number> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return cube(x);
    };
    const outcomes = await ask(
      functionObjective(slow, { dimension: 1 }),
      ...[1, 2, 3].map((x): Query => ({ kind: "value", x: Float64Array.of(x) })),
    );
    expect(outcomes.map((outcome) => (outcome as Evaluation).value)).toEqual([1, 8, 27]);
    expect(most).toBe(3);
  });

  test.each([
    [Number.NaN, { failed: "not-finite", message: "value is NaN" }],
    [-Infinity, { failed: "not-finite", message: "value is -Infinity" }],
  ])("takes %s for a failure", (value, failure) => {
    const x = Float64Array.of(1);
    expect(
      now(
        functionObjective(() => value, { dimension: 1 }),
        { kind: "value", x },
      ),
    ).toEqual(failure);
  });

  test("takes an exception, or a promise refused, for a failure", async () => {
    const x = Float64Array.of(1);
    const failure = { failed: "threw", message: "no" };
    const throws = (): number => {
      throw new Error("no");
    };
    expect(now(functionObjective(throws, { dimension: 1 }), { kind: "value", x })).toEqual(failure);
    const refuses = functionObjective(async () => throws(), { dimension: 1 });
    expect(await ask(refuses, { kind: "value", x })).toEqual([failure]);
  });

  test("takes a gradient of the wrong length for a failure that says so", () => {
    const f = functionObjective({ value: cube, gradient: () => [1, 2] }, { dimension: 1 });
    expect(now(f, { kind: "gradient", x: Float64Array.of(1) })).toEqual({
      failed: "threw",
      message: "gradient has 2 entries instead of 1",
    });
  });

  test("the function may write to its argument, and reuse its gradient", () => {
    const buffer = [0];
    const f = functionObjective(
      {
        value: (x) => (x[0] = x[0]! * 2),
        gradient: (x) => {
          buffer[0] = x[0]!;
          return buffer;
        },
      },
      { dimension: 1 },
    );
    const x = Float64Array.of(3);
    const first = now(f, { kind: "gradient", x });
    now(f, { kind: "gradient", x: Float64Array.of(5) });
    expect([...x]).toEqual([3]);
    expect(first).toMatchObject({ value: 6, gradient: Float64Array.of(3) });
  });

  test("prices a gradient as told, by default at 3", () => {
    const both = {
      value: cube,
      valueAndGradient: (x: Vector) => ({ value: cube(x), gradient: [3 * x[0]! * x[0]!] }),
    };
    expect(functionObjective(both, { dimension: 1 }).answers).toEqual({ value: 1, gradient: 3 });
    expect(functionObjective(both, { dimension: 1, gradientPrice: 1.5 }).answers.gradient).toBe(1.5);
    expect(() => functionObjective(both, { dimension: 1, gradientPrice: 0 })).toThrow(UsageError);
  });
});

describe("withFiniteDifferences", () => {
  /** A quadratic x'Ax/2 + bx with A = [[2, 1], [1, 3]]; the points it was asked about. */
  const quadratic = (bounds?: { lower: number | number[]; upper: number | number[] }) => {
    const points: Vector[] = [];
    const f = (x: Vector): number => {
      points.push(x);
      return x[0]! * x[0]! + x[0]! * x[1]! + 1.5 * x[1]! * x[1]! + x[0]! - x[1]!;
    };
    const slope = (x: Vector): number[] => [2 * x[0]! + x[1]! + 1, x[0]! + 3 * x[1]! - 1];
    return {
      points,
      slope,
      f: functionObjective(f, { dimension: 2, ...(bounds === undefined ? {} : { bounds }) }),
    };
  };
  const coordinate = fc.double({ min: -100, max: 100, noNaN: true });

  test.each([
    // errors: h·f''/2 and ε·f/h (forward, h ≈ 1.5e-8 x), rounding only (central: exact for a quadratic)
    ["forward", 3, 1e-4],
    ["central", 5, 1e-6],
  ] as const)("%s: the slope of a quadratic, at the price of %i values", (scheme, price, tolerance) => {
    fc.assert(
      fc.property(coordinate, coordinate, (a, b) => {
        const { f, slope, points } = quadratic();
        const objective = withFiniteDifferences(f, { scheme });
        expect(objective.answers.gradient).toBe(price);
        const x = Float64Array.of(a, b);
        const outcome = now(objective, { kind: "gradient", x });
        expect(isEvaluation(outcome)).toBe(true);
        const { gradient } = outcome as Evaluation<"gradient">;
        const size = 1 + Math.max(Math.abs(a), Math.abs(b));
        for (const [i, g] of slope(x).entries())
          expect(Math.abs(gradient[i]! - g)).toBeLessThan(tolerance * size);
        expect(points.length).toBe(price);
      }),
    );
  });

  test("asks within the bounds, at corners and in boxes narrower than a step", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("forward", "central"),
        coordinate,
        fc.constantFrom(0, 1e-12, 1e-9, 1e-6, 1),
        fc.constantFrom(0, 0.3, 0.5, 1),
        (scheme, low, width, where) => {
          const { f, points, slope } = quadratic({ lower: [low, -1], upper: [low + width, 1] });
          const x = Float64Array.of(Math.min(low + where * width, low + width), where * 2 - 1);
          const outcome = now(withFiniteDifferences(f, { scheme }), { kind: "gradient", x });
          for (const point of points) expect(inBox(point, f.domain.bounds)).toBe(true);
          const { gradient } = outcome as Evaluation<"gradient">;
          // the second coordinate has room enough on one side at least
          expect(Math.abs(gradient[1]! - slope(x)[1]!)).toBeLessThan(1e-2);
          // a coordinate that cannot move has no slope
          expect(width === 0 && gradient[0] !== 0).toBe(false);
        },
      ),
    );
  });

  test("central differences keep their order at a bound", () => {
    const f = functionObjective((x) => x[0]! * x[0]! * x[0]!, {
      dimension: 1,
      bounds: { lower: 1, upper: 2 },
    });
    for (const at of [1, 2]) {
      const x = Float64Array.of(at);
      const outcome = now(withFiniteDifferences(f, { scheme: "central" }), { kind: "gradient", x });
      // h²·f'''/3 with h = 2⁻¹⁷·x, and rounding ε·f/h
      expect((outcome as Evaluation<"gradient">).gradient[0]).toBeCloseTo(3 * at * at, 8);
    }
  });

  test("a batch of values and slopes is one batch of values, answered in order", () => {
    const { f, points } = quadratic();
    const objective = withFiniteDifferences(f);
    const queries: Query[] = [
      { kind: "value", x: Float64Array.of(1, 2) },
      { kind: "gradient", x: Float64Array.of(3, 4) },
      { kind: "value", x: Float64Array.of(5, 6) },
    ];
    const outcomes = ask(objective, ...queries) as readonly Evaluation[];
    expect(outcomes.map(({ kind, x }) => [kind, ...x])).toEqual([
      ["value", 1, 2],
      ["gradient", 3, 4],
      ["value", 5, 6],
    ]);
    expect(points.length).toBe(1 + 3 + 1);
  });

  test("a value that fails makes the slope fail", () => {
    const f = functionObjective((x) => (x[0]! > 1 ? Number.NaN : x[0]!), { dimension: 1 });
    expect(now(withFiniteDifferences(f), { kind: "gradient", x: Float64Array.of(1) })).toEqual({
      failed: "not-finite",
      message: "in a finite difference: value is NaN",
    });
  });

  test("adds curvature where gradients are given, and changes nothing else", () => {
    const f = functionObjective(
      { value: (x) => x[0]! ** 4, gradient: (x) => [4 * x[0]! ** 3] },
      { dimension: 1 },
    );
    const objective = withFiniteDifferences(f);
    expect(objective.answers).toEqual({ value: 1, gradient: 3, curvature: 9 });
    const x = Float64Array.of(2);
    const direction = Float64Array.of(0.5);
    const outcome = now(objective, { kind: "curvature", x, direction }) as Evaluation<"curvature">;
    expect(outcome).toMatchObject({ value: 16, gradient: Float64Array.of(32) });
    expect(outcome.product[0]).toBeCloseTo(12 * 4 * 0.5, 6);
    const none = now(objective, { kind: "curvature", x, direction: Float64Array.of(0) });
    expect((none as Evaluation<"curvature">).product[0]).toBe(0);
    expect(withFiniteDifferences(objective)).toBe(objective);
  });
});
