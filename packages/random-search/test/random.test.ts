// Where points are drawn from, against what the distributions promise.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isStop, type AnyOptimizer, type Search } from "@basin/optimizer";
import { inBox, makeDomain, parseSettings, type Domain, type Outcome, type Vector } from "@basin/objective";
import { openStreams, rootKey } from "@basin/random";
import { randomSearch, randomWalk } from "@basin/random-search";

/** The first `count` points asked about f. */
function asked(
  optimizer: AnyOptimizer,
  domain: Domain,
  f: (x: Vector) => number,
  count: number,
  settings = {},
  seed = 1,
): Vector[] {
  const search = optimizer.create(
    parseSettings(optimizer.hyperparameters, settings, "test"),
    domain,
    count,
  ) as Search<unknown, "value">;
  const streams = openStreams(rootKey(seed));
  const start = domain.initial.lower.map((l, i) => (l + domain.initial.upper[i]!) / 2);
  let state = search.init(start, streams.rng("init"));
  const points: Vector[] = [];
  for (let t = 0; points.length < count; t++) {
    const ask = search.ask(state);
    if (isStop(ask)) throw new Error(ask.stop);
    points.push(...ask.queries.map(({ x }) => x));
    const outcomes: Outcome<"value">[] = ask.queries.map(({ x }) => ({ kind: "value", x, value: f(x) }));
    state = search.tell(state, outcomes, streams.rng("tell", t));
  }
  return points.slice(0, count);
}

const domain = makeDomain({
  dimension: 2,
  bounds: { lower: -10, upper: 10 },
  region: { lower: [-4, 2], upper: [4, 6] },
  initial: { lower: [-1, 2], upper: [0, 3] },
});

describe("random search", () => {
  test.each(["region", "initial"] as const)("is uniform over the %s", (box) => {
    const points = asked(randomSearch, domain, () => 0, 4001, { box }).slice(1);
    for (const x of points) expect(inBox(x, domain[box])).toBe(true);
    for (const j of [0, 1]) {
      const [low, high] = [domain[box].lower[j]!, domain[box].upper[j]!];
      // 16 bins of 250 each: χ² with 15 degrees of freedom is below 37.7 in all but 1 of 1000 draws
      const bins = new Float64Array(16);
      for (const x of points) bins[Math.min(15, Math.floor((16 * (x[j]! - low)) / (high - low)))]!++;
      expect(bins.reduce((sum, count) => sum + ((count - 250) * (count - 250)) / 250, 0)).toBeLessThan(37.7);
    }
  });

  test("recommends the lowest point of all, wherever in a batch it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer(), (count, seed) => {
        const f = (x: Vector): number => (x[0]! - 1) * (x[0]! - 1) + x[1]!;
        const search = randomSearch.create({ box: "region" }, domain, count);
        const streams = openStreams(rootKey(seed));
        let state = search.init(Float64Array.of(0, 5), streams.rng("init"));
        let lowest = Infinity;
        for (let t = 0, left = count; left > 0; t++) {
          const ask = search.ask(state);
          if (isStop(ask)) throw new Error(ask.stop);
          const outcomes = ask.queries.slice(0, left).map((query) => ({ ...query, value: f(query.x) }));
          left -= outcomes.length;
          lowest = Math.min(lowest, ...outcomes.map(({ value }) => value));
          state = search.tell(state, outcomes, streams.rng("tell", t));
        }
        expect(f(search.recommend(state))).toBe(lowest);
      }),
      { numRuns: 50 },
    );
  });
});

describe("random walk", () => {
  test("takes normal steps, as long as it says in each coordinate", () => {
    // every step but the first is refused: all are from the start, which is (−0.5, 2.5)
    let first = true;
    const f = (): number => {
      if (!first) return 1;
      first = false;
      return 0;
    };
    const steps = asked(randomWalk, domain, f, 2001, { stepSize: 0.1 }).slice(1);
    for (const [j, centre, deviation] of [
      [0, -0.5, 0.8],
      [1, 2.5, 0.4],
    ] as const) {
      const mean = steps.reduce((sum, x) => sum + x[j]!, 0) / steps.length;
      const variance = steps.reduce((sum, x) => sum + (x[j]! - centre) * (x[j]! - centre), 0) / steps.length;
      // standard errors: σ/√2000 of the mean, σ²√(2/2000) of the variance; four of them
      expect(Math.abs(mean - centre)).toBeLessThan((4 * deviation) / Math.sqrt(2000));
      expect(Math.abs(variance / (deviation * deviation) - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000));
    }
  });

  test("reflects at the bounds instead of clumping there", () => {
    const corner = makeDomain({
      dimension: 1,
      bounds: { lower: 0, upper: 10 },
      initial: { lower: 0, upper: 0 },
    });
    const points = asked(randomWalk, corner, (x) => x[0]!, 500, { stepSize: 0.1 }).slice(1);
    for (const [x] of points) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThanOrEqual(10);
    }
  });

  test("never goes uphill", () => {
    const f = (x: Vector): number => x[0]! * x[0]! + 3 * x[1]!;
    const search = randomWalk.create({ stepSize: 0.1 }, domain, 100);
    const streams = openStreams(rootKey(3));
    let state = search.init(Float64Array.of(-1, 5), streams.rng("init"));
    let before = Infinity;
    for (let t = 0; t < 300; t++) {
      state = search.tell(state, [{ kind: "value", x: state.x, value: f(state.x) }], streams.rng("tell", t));
      expect(f(search.recommend(state))).toBeLessThanOrEqual(before);
      before = f(search.recommend(state));
    }
    expect(before).toBeLessThan(f(Float64Array.of(-1, 5)) - 10);
  });
});
