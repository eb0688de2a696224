// Fair accounting: what is charged, what is begun, what counts.
import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { UsageError, makeDomain, withFiniteDifferences, z, type Ask, type Objective } from "@basin/objective";
import { defineOptimizer, type Search } from "@basin/optimizer";
import { begin, createRun, question, step } from "@basin/runner";
import { bowl, meanSquares, overheard, resultNow, slide, wander } from "./support.ts";

const start = Float64Array.of(3, -2, 1);

/** Asks whatever it is told to, in turn. */
const reader = (asks: readonly ((x: Float64Array) => Ask)[]) =>
  defineOptimizer({
    name: "reader",
    family: "test",
    summary: "Asks what it is told to ask.",
    references: [],
    needs: ["value", "gradient"],
    hyperparameters: z.object({}),
    create: (): Search<{ x: Float64Array; t: number }> => ({
      init: (x) => ({ x: x as Float64Array, t: 0 }),
      ask: ({ x, t }) => asks[t]?.(x) ?? { stop: "read" },
      tell: ({ x, t }) => ({ x, t: t + 1 }),
      recommend: ({ x }) => x,
    }),
  });

const value = (x: Float64Array) => ({ kind: "value", x }) as const;
const gradient = (x: Float64Array) => ({ kind: "gradient", x }) as const;

describe("cost", () => {
  test("is each answer at its price, and raw counts are kept beside it", () => {
    const optimizer = reader([
      (x) => ({ queries: [value(x)] }),
      (x) => ({ queries: [gradient(x), value(x), value(x)] }),
      (x) => ({ queries: [gradient(x)] }),
    ]);
    const { tally, prices, ending } = resultNow({ objective: bowl(3, 3.5), optimizer, start, budget: 100 });
    expect(tally).toEqual({
      cost: 3 * 1 + 2 * 3.5,
      queries: { value: 3, gradient: 2 },
      examples: 5,
      failures: 0,
      steps: 3,
    });
    expect(prices).toEqual({ value: 1, gradient: 3.5 });
    expect(ending).toBe("stopped");
  });

  test("of a mini-batch of m among N is m / N of the price, for every query of the batch", () => {
    const examples = { size: 3, draw: "random", id: 0 } as const;
    const optimizer = reader([
      (x) => ({ queries: [value(x)] }),
      (x) => ({ queries: [gradient(x), value(x)], examples }),
    ]);
    const { tally } = resultNow({ objective: meanSquares(3), optimizer, start, budget: 100 });
    expect(tally.cost).toBeCloseTo(1 + (3 / 7) * (2.5 + 1), 14);
    expect(tally.examples).toBe(7 + 3 + 3);
  });

  test("does not drift: a thousand tenths are a hundred", () => {
    const { tally } = resultNow({
      objective: { ...bowl(1), answers: { gradient: 0.1 } },
      optimizer: slide,
      hyperparameters: { rate: 1e-9 },
      start: [1],
      budget: 100,
    });
    expect(tally.cost).toBe(100);
    expect(tally.queries.gradient).toBe(1000);
  });

  test("a budget of three prices holds three answers, although 3 × 1.1 > 3.3 in doubles", () => {
    const { tally } = resultNow({
      objective: { ...bowl(1), answers: { gradient: 1.1 } },
      optimizer: slide,
      start: [1],
      budget: 3.3,
    });
    expect([tally.queries.gradient, tally.cost]).toEqual([3, 3.3]);
  });

  test("of finite differences is n + 1, or 2n + 1", () => {
    for (const [scheme, price] of [
      ["forward", 4],
      ["central", 7],
    ] as const) {
      const values: Objective = { ...bowl(3), answers: { value: 1 } };
      const objective = withFiniteDifferences(values, { scheme });
      const { tally, prices } = resultNow({ objective, optimizer: slide, start, budget: 30 });
      expect(prices.gradient).toBe(price);
      expect(tally.cost).toBe(price * Math.floor(30 / price));
    }
  });
});

describe("the budget", () => {
  test("is never overdrawn, and no batch that fits is left out", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 1, max: 100, noNaN: true }),
        fc.constantFrom(1, 0.3, 2.7),
        (size, budget, price) => {
          const { tally, reason, ending } = resultNow({
            objective: { ...bowl(2), answers: { value: price } },
            optimizer: wander,
            hyperparameters: { size },
            start: [1, 1],
            budget,
          });
          expect(tally.cost).toBeLessThanOrEqual(budget);
          const next = (tally.steps === 0 ? 1 : size) * price;
          expect(tally.cost + next).toBeGreaterThan(budget);
          expect(ending).toBe("budget");
          expect(reason).toContain("budget of");
        },
      ),
    );
  });

  test("is used to the end by a batch that may be answered in part", () => {
    const { tally } = resultNow({
      objective: bowl(2),
      optimizer: wander,
      hyperparameters: { size: 10, prefix: true },
      start: [1, 1],
      budget: 37,
    });
    expect(tally.queries.value).toBe(37);
  });

  test("too small for the first question: nothing is begun", () => {
    const { tally, ending, best } = resultNow({
      objective: bowl(2),
      optimizer: slide,
      start: [1, 1],
      budget: 1,
    });
    expect([tally.steps, tally.cost, ending, best.loss]).toEqual([0, 0, "budget", Infinity]);
  });
});

describe("a failed evaluation", () => {
  /** Fails in the ways that there are, in turn, except at every fourth answer. */
  const failing = (): Objective => {
    let n = 0;
    return {
      ...bowl(3),
      answers: { value: 1 },
      evaluate: ({ queries }) =>
        queries.map(({ x }) => {
          n++;
          if (n % 4 === 1) return { kind: "value", x, value: Number.NaN };
          if (n % 4 === 2) return { kind: "value", x, value: -Infinity };
          if (n % 4 === 3) return { failed: "threw", message: "out of memory" };
          return { kind: "value", x, value: 5 };
        }),
    };
  };

  test("costs as much as any other, improves nothing, and stays in the record", () => {
    const { objective, heard } = overheard(failing());
    const { tally, best, start: at, trace } = resultNow({ objective, optimizer: wander, start, budget: 41 });
    expect(tally).toMatchObject({ cost: 41, failures: 31, queries: { value: 41 } });
    expect(best.loss).toBe(5);
    expect(at.loss).toBe(Infinity);
    expect([trace.loss[0], trace.loss.at(-1)]).toEqual([Infinity, 5]);
    expect(heard.length).toBe(11);
  });

  test("reaches the search as a failure, whatever the objective called it", () => {
    const run = createRun({ objective: failing(), optimizer: wander, start, budget: 41 });
    const first = begin(run);
    const second = step(run, first, [{ kind: "value", x: start, value: Number.NaN }]);
    expect(second.failures).toBe(1);
    expect((second.state as { loss: number }).loss).toBe(Infinity);
  });

  test("an exception fails the whole batch", () => {
    let calls = 0;
    const objective: Objective = {
      ...bowl(3),
      evaluate: (ask, rng) => {
        if (++calls === 2) throw new Error("no route to host");
        return bowl(3).evaluate(ask, rng);
      },
    };
    const { tally, ending } = resultNow({ objective, optimizer: wander, start, budget: 13 });
    expect(tally).toMatchObject({ cost: 13, failures: 4 });
    expect(ending).toBe("budget");
  });

  test("where all fail, so does the run", () => {
    const objective: Objective = {
      ...bowl(3),
      evaluate: () => {
        throw new Error("no licence");
      },
    };
    const { ending, reason, diverged } = resultNow({ objective, optimizer: wander, start, budget: 20 });
    expect([ending, reason, diverged]).toEqual(["failed", "no evaluation succeeded: no licence", true]);
  });
});

describe("a target", () => {
  test("ends the run at the step that meets it", () => {
    const { ending, reason, best, tally } = resultNow({
      objective: bowl(3),
      optimizer: slide,
      start,
      budget: 1000,
      target: 1,
    });
    expect([ending, reason]).toEqual(["target", "target of 1 reached"]);
    // x shrinks by 0.8 a step, f by 0.64: 14 · 0.64⁶ < 1 < 14 · 0.64⁵
    expect(tally.steps).toBe(7);
    expect(best.loss).toBeLessThanOrEqual(1);
  });
});

describe("step", () => {
  test("is refused once the run is over, and for too few answers", () => {
    const run = createRun({ objective: bowl(3), optimizer: wander, start, budget: 1 });
    const first = begin(run);
    expect(() => step(run, first, [])).toThrow("0 answers to 1 queries");
    const last = step(run, first, [{ kind: "value", x: start, value: 1 }]);
    expect(question(run, last)).toBe(undefined);
    expect(() => step(run, last, [])).toThrow("the run is over");
  });
  test("names an objective that leaves a part of its answer out", () => {
    const run = createRun({ objective: bowl(3), optimizer: slide, start, budget: 10 });
    const answer = { kind: "gradient", x: start, value: 1 } as never;
    expect(() => step(run, begin(run), [answer])).toThrow("gradient is missing");
  });
  test.each([
    ["asks nothing", () => ({ queries: [] })],
    [
      "which it does not declare",
      (x: Float64Array) => ({ queries: [{ kind: "curvature", x, direction: x }] }),
    ],
    ["not in the bounds", (x: Float64Array) => ({ queries: [value(x.map(() => 1e9))] })],
    ["not in the bounds", (x: Float64Array) => ({ queries: [value(x.map(() => Number.NaN))] })],
    ["not in the bounds", () => ({ queries: [value(new Float64Array(1))] })],
    [
      "size is 0",
      (x: Float64Array) => ({ queries: [value(x)], examples: { size: 0, draw: "random", id: 0 } }),
    ],
    [
      "id is -1",
      (x: Float64Array) => ({ queries: [value(x)], examples: { size: 1, draw: "random", id: -1 } }),
    ],
  ] as [string, (x: Float64Array) => Ask][])(
    "refuses a search that breaks its contract: %s",
    (found, ask) => {
      const domain = makeDomain({ dimension: 3, bounds: { lower: -10, upper: 10 } });
      const objective = { ...meanSquares(3), domain, answers: { value: 1, gradient: 1, curvature: 1 } };
      const run = () => resultNow({ objective, optimizer: reader([ask]), start, budget: 10 });
      expect(run).toThrow(UsageError);
      expect(run).toThrow(found);
    },
  );
});

describe("createRun", () => {
  const options = { objective: bowl(3), optimizer: slide, start, budget: 10 };
  test.each([
    ["which bowl does not answer", { objective: { ...bowl(3), answers: { value: 1 } } }],
    ["wrap it in withFiniteDifferences", { objective: { ...bowl(3), answers: { value: 1 } } }],
    [
      "it has no residuals: use bfgs or l-bfgs",
      { optimizer: { ...slide, needs: ["residuals"] as const } as never },
    ],
    ["the price of gradient is 0", { objective: bowl(3, 0) }],
    ["the budget is 0", { budget: 0 }],
    ["the budget is Infinity", { budget: Infinity }],
    ["the target is NaN", { target: Number.NaN }],
    ["the start has 2 entries", { start: [1, 2] }],
    ["the start is not finite", { start: [1, 2, Infinity] }],
    [
      "entry 2 is 3, outside [-1, 1]",
      {
        objective: { ...bowl(3), domain: makeDomain({ dimension: 3, bounds: { lower: -1, upper: 1 } }) },
        start: [1, -1, 3],
      },
    ],
    ["did you mean rate", { hyperparameters: { raet: 1 } }],
    [
      "searches real, but the domain is bits",
      {
        objective: {
          ...bowl(3),
          domain: makeDomain({ dimension: 3, encoding: "bits", bounds: { lower: 0, upper: 1 } }),
        },
      },
    ],
    [
      // not how to have the slopes that it lacks, too
      "searches real, but the domain is bits",
      {
        objective: {
          ...bowl(3),
          answers: { value: 1 },
          domain: makeDomain({ dimension: 3, encoding: "bits", bounds: { lower: 0, upper: 1 } }),
        },
      },
    ],
    [
      "searches 1 to 2 dimensions, but the domain has 3",
      { optimizer: { ...slide, requires: { ...slide.requires, dimension: [1, 2] as const } } },
    ],
  ])("refuses: %s", (found, change) => {
    const create = () => createRun({ ...options, ...change });
    expect(create).toThrow(UsageError);
    expect(create).toThrow(found);
  });

  test("draws a start from the initial box where none is given", () => {
    const domain = makeDomain({ dimension: 3, initial: { lower: 2, upper: 3 } });
    const { start: drawn } = createRun({ objective: { ...bowl(3), domain }, optimizer: slide, budget: 10 });
    for (const x of drawn) expect(x).toBeGreaterThanOrEqual(2);
    for (const x of drawn) expect(x).toBeLessThan(3);
  });
});
