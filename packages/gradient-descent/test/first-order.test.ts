// The machine that first-order methods share: batches, failures, bounds, clipping, decay; values derived by hand.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  exampleIndices,
  makeDomain,
  parseSettings,
  resolveExamples,
  type Outcome,
  type Vector,
} from "@basin/objective";
import { isStop, type AnyOptimizer, type Search } from "@basin/optimizer";
import { openStreams, rngOf, rootKey } from "@basin/random";
import {
  adam,
  clippedByNorm,
  clippedByValue,
  gradientDescent,
  lion,
  momentum,
  nesterov,
  noMemory,
  withDecoupledDecay,
  withPenalty,
  type FirstOrderState,
  type UpdateRule,
} from "@basin/gradient-descent";
import { rosenbrock, trajectory } from "./rosenbrock.ts";

type Machine = Search<FirstOrderState, "gradient">;
const rng = rngOf(rootKey(1));
const open = (n: number) => makeDomain({ dimension: n });

function machine(
  optimizer: AnyOptimizer,
  settings: Readonly<Record<string, unknown>>,
  domain = open(1),
): Machine {
  return optimizer.create(parseSettings(optimizer.hyperparameters, settings, "test"), domain, 100) as Machine;
}
function slope(state: FirstOrderState, gradient: readonly number[]): readonly Outcome<"gradient">[] {
  return [{ kind: "gradient", x: state.x, value: 0, gradient: Float64Array.from(gradient) }];
}
const failed: readonly Outcome<"gradient">[] = [{ failed: "not-finite", message: "value is NaN" }];

/** Records the gradient and point that a rule is given. */
const plain: UpdateRule = {
  memory: noMemory,
  step(x, g, _, __, rate, to) {
    for (let i = 0; i < to.length; i++) to[i] = x[i]! - rate * g[i]!;
  },
};
function oneStep(rule: UpdateRule, x: readonly number[], g: readonly number[], rate = 1): number[] {
  const to = new Float64Array(x.length);
  rule.step(
    Float64Array.from(x),
    Float64Array.from(g),
    new Float64Array(0),
    1,
    rate,
    to,
    new Float64Array(0),
  );
  return [...to];
}

describe("rules around rules", () => {
  test("clipping by value holds each coordinate", () => {
    expect(oneStep(clippedByValue(plain, 2), [0, 0, 0], [5, -7, 1])).toEqual([-2, 2, -1]);
  });
  test("clipping by norm keeps the direction", () => {
    expect(oneStep(clippedByNorm(plain, 1), [0, 0], [3, 4])).toEqual([-0.6, -0.8]);
    expect(oneStep(clippedByNorm(plain, 5), [0, 0], [3, 4])).toEqual([-3, -4]);
    // 3e200² overflows; the length is 5e200 all the same
    const [a, b] = oneStep(clippedByNorm(plain, 5), [0, 0], [3e200, 4e200]);
    expect(a).toBeCloseTo(-3, 12);
    expect(b).toBeCloseTo(-4, 12);
  });
  test("decay is part of the slope, or apart from it", () => {
    // x − rate (g + λ x) = 10 − 0.5 (2 + 0.1 · 10), and (1 − rate λ) x − rate g: for plain descent they are one
    expect(oneStep(withPenalty(plain, 0.1), [10], [2], 0.5)).toEqual([8.5]);
    expect(oneStep(withDecoupledDecay(plain, 0.1), [10], [2], 0.5)).toEqual([8.5]);
    // not so where the slope is clipped: a decay apart from it is not
    expect(oneStep(clippedByValue(withDecoupledDecay(plain, 0.1), 1), [10], [2], 0.5)).toEqual([9]);
    expect(oneStep(withPenalty(clippedByValue(plain, 1), 0.1), [10], [2], 0.5)).toEqual([9.5]);
  });
});

describe("mini-batches", () => {
  const data = [3, -1, 4, 1, -5, 9];
  // f(w) = mean over the batch of (w − aₖ)²/2, whose slope is w − mean(a)
  const gradientOn = (w: number, batch: readonly number[]): number =>
    batch.reduce((sum, k) => sum + (w - data[k]!), 0) / batch.length;
  const subsets = (size: number): number[][] =>
    Array.from({ length: 1 << data.length }, (_, bits) =>
      data.flatMap((__, k) => ((bits >> k) & 1 ? [k] : [])),
    ).filter((batch) => batch.length === size);

  test.each([gradientDescent, momentum, nesterov])(
    "doubling the batch does not change the expected step: $name",
    (optimizer) => {
      const expectedStep = (size: number): number => {
        const search = machine(optimizer, { batchSize: size, rate: 0.3 });
        const state = search.init(Float64Array.of(2), rng);
        const steps = subsets(size).map(
          (batch) => search.tell(state, slope(state, [gradientOn(2, batch)]), rng).x[0]! - 2,
        );
        return steps.reduce((a, b) => a + b, 0) / steps.length;
      };
      expect(expectedStep(2)).toBeCloseTo(expectedStep(1), 14);
      expect(expectedStep(4)).toBeCloseTo(expectedStep(2), 14);
      expect(expectedStep(6)).toBeCloseTo(expectedStep(1), 14);
    },
  );

  test("an epoch in sequence visits each example once, and its slopes average to the full one", () => {
    const search = machine(gradientDescent, { batchSize: 4, order: "sequence" });
    const streams = openStreams(rootKey(5));
    let state = search.init(Float64Array.of(2), rng);
    for (const epoch of [0, 1, 2]) {
      const seen: number[] = [];
      let weighted = 0;
      while (seen.length < data.length) {
        const ask = search.ask(state);
        if (isStop(ask)) throw new Error(ask.stop);
        const examples = resolveExamples(ask.examples, data.length)!;
        expect(examples).toMatchObject({ size: 4, draw: "sequence", epoch, index: seen.length / 4 });
        const batch = exampleIndices(examples, data.length, streams.rng("epoch", epoch));
        seen.push(...batch);
        weighted += batch.length * gradientOn(2, [...batch]);
        state = search.tell(state, slope(state, [1]), rng);
      }
      expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
      expect(weighted / data.length).toBeCloseTo(gradientOn(2, [0, 1, 2, 3, 4, 5]), 14);
    }
  });

  test("batches at random have an id each; the full batch names none", () => {
    const search = machine(adam, { batchSize: 3, order: "random" });
    let state = search.init(Float64Array.of(2), rng);
    for (const id of [0, 1, 2]) {
      expect(search.ask(state)).toMatchObject({ examples: { size: 3, draw: "random", id } });
      state = search.tell(state, id === 1 ? failed : slope(state, [1]), rng);
    }
    const full = machine(adam, {});
    expect(full.ask(full.init(Float64Array.of(2), rng))).not.toHaveProperty("examples");
  });
});

describe("failures", () => {
  test("the step is made again at half the rate, and the rate recovers over sixteen updates", () => {
    const search = machine(gradientDescent, { rate: 0.5 });
    let state = search.tell(
      search.init(Float64Array.of(8), rng),
      slope(search.init(Float64Array.of(8), rng), [4]),
      rng,
    );
    expect(state.x[0]).toBe(6);
    state = search.tell(state, failed, rng);
    expect(state.x[0]).toBe(7);
    state = search.tell(state, failed, rng);
    expect(state.x[0]).toBe(7.5);
    expect(state.caution).toBe(0.25);
    for (let i = 0; i < 32; i++) {
      expect(state.caution).toBeLessThan(1 - 1e-9);
      state = search.tell(state, slope(state, [1]), rng);
    }
    expect(state.caution).toBeCloseTo(1, 12);
  });

  test("momentum forgets the update that failed", () => {
    const search = machine(momentum, { rate: 1, momentum: 0.5 });
    const start = search.init(Float64Array.of(0), rng);
    const one = search.tell(start, slope(start, [1]), rng);
    const two = search.tell(one, slope(one, [1]), rng);
    // v = 1, then 1.5; made again at half the rate: −1 − 1.5 / 2
    expect(two.x[0]).toBe(-2.5);
    const again = search.tell(two, failed, rng);
    expect(again.x[0]).toBe(-1.75);
    expect(again.memory).toEqual(two.memory);
    expect(again.updates).toBe(2);
  });

  test("thirty-one in a row end the search, with a reason", () => {
    const search = machine(adam, {});
    let state = search.init(Float64Array.of(8), rng);
    state = search.tell(state, slope(state, [4]), rng);
    for (let i = 0; i < 30; i++) {
      expect(isStop(search.ask(state))).toBe(false);
      state = search.tell(state, failed, rng);
    }
    expect(search.ask(search.tell(state, failed, rng))).toEqual({
      stop: "diverged: 31 gradients in a row failed, at ever smaller steps: value is NaN",
    });
    expect(search.recommend(search.tell(state, failed, rng))).toEqual(Float64Array.of(8));
  });

  test("a start without a gradient ends it at once, but other examples may have one", () => {
    const full = machine(gradientDescent, {});
    expect(full.ask(full.tell(full.init(Float64Array.of(1), rng), failed, rng))).toEqual({
      stop: "there is no gradient at the start: value is NaN",
    });
    const batches = machine(gradientDescent, { batchSize: 1 });
    expect(batches.ask(batches.tell(batches.init(Float64Array.of(1), rng), failed, rng))).toMatchObject({
      queries: [{ x: Float64Array.of(1) }],
      examples: { index: 1 },
    });
  });

  test("a step that overflows is cut until it does not", () => {
    const search = machine(gradientDescent, { rate: 10 });
    const start = search.init(Float64Array.of(0), rng);
    // −10 · 1e308 overflows, −1.25 · 1e308 is the first half that does not
    expect(search.tell(start, slope(start, [1e308]), rng).x[0]).toBe(-1.25e308);
  });
});

test("lion takes the sign of a momentum, with decay apart from it", () => {
  const search = machine(lion, { rate: 0.1, beta1: 0.9, beta2: 0.5, weightDecay: 0.5 });
  const start = search.init(Float64Array.of(2), rng);
  // x = 2 (1 − 0.05) − 0.1 · sign(0.1 · 3), m = 0.5 · 3
  const one = search.tell(start, slope(start, [3]), rng);
  expect(one.x[0]).toBeCloseTo(1.8, 15);
  expect(one.memory[0]).toBe(1.5);
  // 0.9 · 1.5 + 0.1 · (−14) < 0: uphill of m
  expect(search.tell(one, slope(one, [-14]), rng).x[0]).toBeCloseTo(1.8 * 0.95 + 0.1, 15);
});

test("where the slope is zero, plain descent has converged; a ball still rolls", () => {
  const search = machine(gradientDescent, {});
  const start = search.init(Float64Array.of(1), rng);
  expect(search.ask(search.tell(start, slope(start, [0]), rng))).toEqual({
    stop: "converged: the gradient is zero",
  });
  const rolling = machine(momentum, {});
  const still = rolling.init(Float64Array.of(1), rng);
  const moving = rolling.tell(still, slope(still, [1]), rng);
  expect(isStop(rolling.ask(rolling.tell(moving, slope(moving, [0]), rng)))).toBe(false);
});

test("the bounds are kept by projection, coordinate by coordinate", () => {
  const domain = makeDomain({ dimension: 2, bounds: { lower: [-1, -Infinity], upper: [1, 1] } });
  const search = machine(gradientDescent, { rate: 1 }, domain);
  const start = search.init(Float64Array.of(0, 0), rng);
  expect(search.tell(start, slope(start, [5, 7]), rng).x).toEqual(Float64Array.of(-1, -7));
  expect(search.tell(start, slope(start, [-5, -7]), rng).x).toEqual(Float64Array.of(1, 1));
});

test("a small enough rate descends at every step on every convex quadratic", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.double({ min: 0.01, max: 100, noNaN: true }),
          fc.double({ min: -10, max: 10, noNaN: true }),
        ),
        { minLength: 1, maxLength: 6 },
      ),
      (terms) => {
        const f = (x: Vector) => ({
          value: terms.reduce((sum, [a], i) => sum + (a * x[i]! * x[i]!) / 2, 0),
          gradient: Float64Array.from(terms, ([a], i) => a * x[i]!),
        });
        // below 1 over the largest curvature
        const points = trajectory(
          gradientDescent,
          { rate: 0.01 },
          f,
          terms.map(([, x]) => x),
          30,
        );
        for (let t = 1; t < points.length; t++)
          expect(f(points[t]!).value).toBeLessThanOrEqual(f(points[t - 1]!).value);
      },
    ),
  );
});

test.each([
  // along the valley of Rosenbrock's function; the rates are the usual ones of its literature
  [gradientDescent, { rate: 0.001 }, 0.3],
  [momentum, { rate: 0.0005 }, 0.01],
  [nesterov, { rate: 0.0005 }, 0.01],
  [adam, {}, 0.1],
] as const)("$0.name descends in Rosenbrock's valley", (optimizer, settings, within) => {
  const points = trajectory(optimizer as unknown as AnyOptimizer, settings, rosenbrock, [-1.2, 1], 2000);
  expect(rosenbrock(points.at(-1)!).value).toBeLessThan(within);
});

test("moments go on in the memory of states that nobody looks at any more, and only in theirs", () => {
  /** How many arrays a hundred updates needed for what is remembered. */
  const arrays = (recycled: boolean): number => {
    const search = machine(adam, {}, open(1000));
    let state = search.init(new Float64Array(1000).fill(1), rng);
    const seen = new Set([state.memory]);
    for (let t = 0; t < 100; t++) {
      const next = search.tell(state, slope(state, Array.from(state.x)), rng);
      if (recycled) search.recycle!(state, next);
      state = next;
      seen.add(state.memory);
    }
    return seen.size;
  };
  // one before the update, one after it, one to write
  expect(arrays(true)).toBeLessThanOrEqual(3);
  expect(arrays(false)).toBe(101);
});
