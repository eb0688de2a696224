// Searches on their way to a worse minimum are given up.
import { compassSearch } from "@basin/direct-search";
import { makeDomain, type Vector } from "@basin/objective";
import { isStop } from "@basin/optimizer";
import { rngOf, rootKey } from "@basin/random";
import { expect, test } from "vitest";
import { multistart } from "@basin/multistart";

/** Two bowls: the lowest point is 0 at 0, where the first search begins; the other's is 1 at 4. */
const bowls = ([x]: Vector): number => Math.min(x! * x!, (x! - 4) * (x! - 4) + 1);

const box = { lower: [-2], upper: [6] };

/** Of 2,000 evaluations, those within 1e-3 of the worse minimum: next to none unless somebody goes down to it. */
function atTheWorse(patience: number): number {
  const optimizer = multistart(compassSearch);
  const settings = optimizer.hyperparameters.parse({ patience });
  const domain = makeDomain({ dimension: 1, bounds: box });
  const search = optimizer.create(settings, domain, 2000);
  const rng = rngOf(rootKey(1));
  let state = search.init(Float64Array.of(0), rng.fork("init"));
  let close = 0;
  for (let spent = 0; spent < 2000;) {
    const ask = search.ask(state);
    if (isStop(ask)) break;
    close += ask.queries.filter(({ x }) => Math.abs(x[0]! - 4) < 1e-3).length;
    spent += ask.queries.length;
    const outcomes = ask.queries.map((query) => ({ ...query, value: bowls(query.x) }));
    state = search.tell(state, outcomes as never, rng.fork(String(spent)));
  }
  return close;
}

test("a search that would end higher than the best known is not followed to its end", () => {
  expect(atTheWorse(0)).toBeGreaterThan(100);
  expect(atTheWorse(10)).toBeLessThan(20);
});
