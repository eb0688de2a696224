// The trace against a plain recount of every answer: what stands on the grid, and when each target was met.
import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { createRun, runToEnd, type RunResult } from "@basin/runner";
import { bowl, meanSquares, noisyBowl, overheard, resultNow, slide, wander } from "./support.ts";

const start = Float64Array.of(3, -2, 1);

/** Answers with the cost at which each was complete. */
function recount(heard: ReturnType<typeof overheard>["heard"], price: number) {
  let n = 0;
  return heard.flatMap(({ outcomes }) =>
    outcomes.map((outcome) => {
      n++;
      const loss = outcome.failed === undefined ? outcome.value : Infinity;
      return { cost: n * price, loss };
    }),
  );
}

const settings = fc.record({
  size: fc.integer({ min: 1, max: 30 }),
  prefix: fc.boolean(),
  budget: fc.double({ min: 1, max: 300, noNaN: true }),
  price: fc.constantFrom(1, 0.1, 2.75),
});

describe("the grid", () => {
  test("is 10^(i/40) below the budget, then the budget", () => {
    const { cost } = resultNow({ objective: bowl(3), optimizer: slide, start, budget: 1000 }).trace;
    expect(cost.length).toBe(121);
    for (const [i, c] of cost.entries()) expect(c).toBeCloseTo(10 ** (i / 40), 10);
    expect([cost[0], cost[40], cost[80], cost[120]]).toEqual([1, 10, 100, 1000]);
    const few = resultNow({ objective: bowl(3), optimizer: wander, start, budget: 0.5 });
    expect([...few.trace.cost]).toEqual([0.5]);
  });
});

describe("the trace", () => {
  test("holds at each cost the best of the answers up to it, within batches too", () => {
    fc.assert(
      fc.property(settings, ({ size, prefix, budget, price }) => {
        const { objective, heard } = overheard({ ...bowl(3), answers: { value: price } });
        const { trace, tally } = resultNow({
          objective,
          optimizer: wander,
          hyperparameters: { size, prefix },
          start,
          budget,
        });
        const answers = recount(heard, price);
        expect(tally.queries.value ?? 0).toBe(answers.length);
        for (const [i, grid] of trace.cost.entries()) {
          // the last point is the budget, which the sum of prices may pass by a rounding
          const upTo = answers.filter(
            ({ cost }) => cost <= grid * (i === trace.cost.length - 1 ? 1 + 1e-12 : 1),
          );
          expect(trace.queries[i]).toBe(upTo.length);
          expect(trace.examples[i]).toBe(upTo.length);
          expect(trace.loss[i]).toBe(
            upTo.length === 0 ? Number.NaN : Math.min(...upTo.map(({ loss }) => loss)),
          );
        }
      }),
    );
  });

  test("begins at f(start) at the price of one value, whatever the size of the first batch", () => {
    for (const size of [1, 7, 50]) {
      const { trace } = resultNow({
        objective: bowl(3),
        optimizer: wander,
        hyperparameters: { size },
        start,
        budget: 100,
      });
      expect(trace.loss[0]).toBe(9 + 4 + 1);
    }
  });

  test("has the exact cost of each target", () => {
    const { objective, heard } = overheard(bowl(3, 2));
    const { trace, start: at } = resultNow({ objective, optimizer: slide, start, budget: 200 });
    const answers = recount(heard, 2);
    const { k, cost, above } = trace.hits;
    expect(above).toBe(0);
    expect(10 ** (k[0]! / 20)).toBeGreaterThanOrEqual(at.loss);
    expect(10 ** ((k[0]! - 1) / 20)).toBeLessThan(at.loss);
    expect(k.length).toBeGreaterThan(300);
    for (const [i, target] of k.entries()) {
      expect(target).toBe(k[0]! - i);
      const first = answers.find(({ loss }) => loss <= 10 ** (target / 20) * (1 + 1e-14));
      expect(cost[i]).toBe(first?.cost);
    }
    // and the next one was not met, or is beyond the last
    const next = k.at(-1)! - 1;
    expect(next < -320 || Math.min(...answers.map(({ loss }) => loss)) > 10 ** (next / 20)).toBe(true);
  });

  test("counts targets from the known minimum", () => {
    const shifted = { ...bowl(2), minimum: { value: -5, at: [] } };
    const lowered = {
      ...shifted,
      evaluate: (ask: Parameters<typeof shifted.evaluate>[0], rng: Parameters<typeof shifted.evaluate>[1]) =>
        (shifted.evaluate(ask, rng) as unknown as { value: number }[]).map((o) => ({
          ...o,
          value: o.value - 5,
        })) as never,
    };
    const options = { optimizer: slide, start: [1, 2], budget: 100 };
    const [a, b] = [bowl(2), lowered].map((objective) => resultNow({ objective, ...options }).trace.hits);
    expect(b!.above).toBe(-5);
    expect(b!.k[0]).toBe(a!.k[0]);
    // f − 5 keeps 53 bits of f to 2⁻⁵¹ only: the targets that can be told apart are met at the same costs
    expect([...b!.cost].slice(0, 200)).toEqual([...a!.cost].slice(0, 200));
  });

  test("stays where it is when a search stops early", () => {
    const quits = {
      ...slide,
      create: ((h, domain, horizon) => {
        const search = slide.create(h, domain, horizon);
        return { ...search, ask: (state) => (state.t === 3 ? { stop: "enough" } : search.ask(state)) };
      }) as typeof slide.create,
    };
    const { ending, reason, trace, tally } = resultNow({
      objective: bowl(3),
      optimizer: quits,
      start,
      budget: 500,
    });
    expect([ending, reason, tally.cost]).toEqual(["stopped", "enough", 6]);
    expect(trace.loss.at(-1)).toBe(trace.loss[trace.cost.findIndex((cost) => cost >= 6)]);
    expect(trace.queries.at(-1)).toBe(3);
  });

  test("has the metrics of the state, and what the objective reports at the incumbent", () => {
    const { trace, best } = resultNow({
      objective: meanSquares(),
      optimizer: slide,
      start: [9, 9],
      budget: 50,
    });
    expect(trace.metrics["t"]!.at(-1)).toBe(20);
    expect(trace.report["first"]!.at(-1)).toBe(best.x[0]);
    expect(trace.report["first"]![0]).toBe(Number.NaN);
    // one gradient costs 2.5: at 10 four were answered, and the row is that of the state before the fifth
    expect(trace.metrics["t"]![40]).toBe(4);
  });

  test("records points and a sample of what was asked, if it is asked to", () => {
    const { objective, heard } = overheard({ ...bowl(3), answers: { value: 1 } });
    const { trace } = resultNow({
      objective,
      optimizer: wander,
      hyperparameters: { size: 5 },
      start,
      budget: 40,
      record: { points: true, asked: 3 },
    });
    const m = trace.cost.length;
    expect(trace.points!.length).toBe(m * 3);
    expect([...trace.points!.subarray(0, 3)]).toEqual([...start]);
    const { interval, points } = trace.asked!;
    const asked = heard.flatMap(({ ask }) => ask.queries.map(({ x }) => [...x]));
    for (const [row, i] of interval.entries()) {
      const cost = asked.findIndex((x) => x.every((xi, j) => xi === points[3 * row + j])) + 1;
      expect(cost).toBeGreaterThan(i === 0 ? 0 : trace.cost[i - 1]!);
      expect(cost).toBeLessThanOrEqual(trace.cost[i]!);
    }
    const counts = trace.cost.map((_, i) => interval.filter((at) => at === i).length);
    for (const [i, count] of counts.entries()) {
      const [low, high] = [i === 0 ? 0 : trace.cost[i - 1]!, trace.cost[i]!];
      const there = asked.filter((_, k) => k + 1 > low && k + 1 <= high).length;
      expect(count).toBe(Math.min(3, there));
    }
  });
});

describe("where f is seen through mini-batches or noise", () => {
  const bySequence = {
    optimizer: slide,
    hyperparameters: { rate: 0.05, size: 3 },
    start: [9, -9],
    budget: 60,
  };

  test("the curve is the full f at the recommended point, probed and not charged", () => {
    const { objective, heard } = overheard(meanSquares());
    const result = resultNow({ objective, ...bySequence, record: { points: true } });
    const full = (x: ArrayLike<number>): number =>
      (
        meanSquares().evaluate(
          { queries: [{ kind: "value", x: Float64Array.from(x) }] },
          undefined as never,
        ) as never as [{ value: number }]
      )[0].value;
    const { trace, tally, start, best } = result;
    expect(start.loss).toBe(full([9, -9]));
    for (const [i, loss] of trace.loss.entries())
      expect(loss).toBe(trace.queries[i] === 0 ? Number.NaN : full(trace.points!.subarray(2 * i, 2 * i + 2)));
    expect(best.loss).toBe(full(best.x));
    const charged = heard.filter(({ ask }) => ask.examples !== undefined);
    expect(tally.steps).toBe(charged.length);
    expect(heard.length - charged.length).toBeLessThanOrEqual(trace.cost.length + 2);
    // 7 examples in batches of 3, 3 and 1
    const visited = charged.map((_, i) => [3, 3, 1][i % 3]!);
    expect(tally.examples).toBe(visited.reduce((a, b) => a + b, 0));
    expect(tally.cost).toBeCloseTo((2.5 * tally.examples) / 7, 12);
    expect(tally.cost).toBeLessThanOrEqual(60);
  });

  test("batches go on into the epochs that follow, each in an order of its own", () => {
    const { objective, heard } = overheard(meanSquares());
    resultNow({ objective, ...bySequence });
    const asked = heard.flatMap(({ ask }) => (ask.examples === undefined ? [] : [ask.examples]));
    for (const [t, examples] of asked.entries())
      expect(examples).toEqual({ size: 3, draw: "sequence", epoch: Math.floor(t / 3), index: t % 3 });
  });

  test("a batch of all examples is the full f: nothing is probed", () => {
    const { objective, heard } = overheard(meanSquares());
    const all = resultNow({
      objective,
      ...bySequence,
      hyperparameters: { rate: 0.05, size: 7 },
      probe: false,
    });
    expect(heard.every(({ ask }) => ask.examples === undefined)).toBe(true);
    expect(heard.length).toBe(all.tally.steps);
    expect(all.tally.cost).toBe(60);
  });

  test("a noisy objective is probed, too", () => {
    const { best, trace, tally } = resultNow({
      objective: noisyBowl(2),
      optimizer: slide,
      start: [2, 2],
      budget: 60,
    });
    expect(tally.queries.gradient).toBe(30);
    expect(best.loss).toBeGreaterThanOrEqual(0);
    expect(best.loss).toBeLessThan(0.2);
    expect(trace.loss.at(-1)).toBe(best.loss);
  });

  test("a target is met when a point on the grid meets it", () => {
    const { ending, best, trace, tally } = resultNow({
      objective: meanSquares(),
      ...bySequence,
      budget: 1000,
      target: 60,
    });
    expect(ending).toBe("target");
    expect(best.loss).toBeLessThanOrEqual(60);
    expect(tally.cost).toBeLessThan(1000);
    expect(trace.hits.cost[0]).toBe(0);
  });
});

describe("a run that diverges", () => {
  const run = (rate: number, budget = 4000): RunResult =>
    resultNow({ objective: bowl(2), optimizer: slide, hyperparameters: { rate }, start: [1, 1], budget });
  test("says so, and keeps its best point", () => {
    const { diverged, best, ending, reason } = run(1.5);
    expect([diverged, best.loss, ending, reason]).toEqual([true, 2, "stopped", "no slope"]);
  });
  test("is told by the point it recommends, at the end of the budget as well", () => {
    expect(run(1.5, 20).diverged).toBe(true);
    expect(run(0.5, 20).diverged).toBe(false);
  });
});

test("runToEnd gives the result itself where the objective answers at once", () => {
  const run = createRun({ objective: bowl(3), optimizer: slide, start, budget: 10 });
  expect(runToEnd(run)).not.toBeInstanceOf(Promise);
});
