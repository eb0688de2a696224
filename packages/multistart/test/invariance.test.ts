// What a multistart of a method that only compares promises to stay the same.
import { expect, test } from "vitest";
import { compassSearch } from "@basin/direct-search";
import { multistart } from "@basin/multistart";
import { makeDomain, parseSettings, type Vector } from "@basin/objective";
import { isStop } from "@basin/optimizer";
import { openStreams, rootKey } from "@basin/random";

test("of compass searches, it gives the same trace on f and on 4 f", () => {
  const domain = makeDomain({ dimension: 2, bounds: { lower: -5, upper: 5 } });
  const himmelblau = (x: Vector): number =>
    (x[0]! * x[0]! + x[1]! - 11) ** 2 + (x[0]! + x[1]! * x[1]! - 7) ** 2;
  const optimizer = multistart(compassSearch);
  const trace = (factor: number): Vector[] => {
    const search = optimizer.create(
      parseSettings(optimizer.hyperparameters, { samples: 8, tolerance: 1e-6 }, "test"),
      domain,
      4000,
    );
    const streams = openStreams(rootKey(1));
    let state = search.init(Float64Array.of(0, 0), streams.rng("init"));
    const points: Vector[] = [];
    for (let t = 0; t < 4000; t++) {
      const ask = search.ask(state);
      if (isStop(ask)) break;
      points.push(...ask.queries.map(({ x }) => x));
      const outcomes = ask.queries.map(
        ({ x }) => ({ kind: "value", x, value: factor * himmelblau(x) }) as const,
      );
      state = search.tell(state, outcomes, streams.rng("tell", t));
    }
    return points;
  };
  const one = trace(1);
  expect(one.length).toBeGreaterThan(1000);
  expect(trace(4)).toEqual(one);
});
