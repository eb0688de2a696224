// The same bits in Node and in Chromium; and a service that leaves a page its turn.
import { expect, test } from "vitest";
import { z, type Problem } from "@basin/objective";
import { createService, type Catalog, type RunOptions } from "@basin/runner";
import { bowl, meanSquares, noisyBowl, resultNow, slide, wander } from "./support.ts";

/** Recorded in Node: a change of any bit of any of these runs is a change of results, to be made knowingly. */
const fingerprints: readonly (readonly [string, string, RunOptions])[] = [
  [
    "a gradient method",
    "df51dad6113ce580",
    { objective: bowl(3), optimizer: slide, start: [3, -2, 1], budget: 500 },
  ],
  [
    "a population",
    "160c91ce44894c65",
    { objective: bowl(3), optimizer: wander, hyperparameters: { size: 7, prefix: true }, budget: 500 },
  ],
  [
    "mini-batches",
    "82c42e09a620fa2c",
    { objective: meanSquares(), optimizer: slide, hyperparameters: { size: 3, rate: 0.05 }, budget: 100 },
  ],
  ["noise", "7ff8571b3740c2e1", { objective: noisyBowl(2), optimizer: slide, budget: 100 }],
];

test.each(fingerprints)("the fingerprint of %s", (_, fingerprint, options) => {
  expect(resultNow(options).fingerprint).toBe(fingerprint);
});

test("timers run while the service computes", async () => {
  const problem: Problem = {
    name: "bowl",
    summary: "A test.",
    references: [],
    settings: z.object({}),
    create: () => bowl(10),
  };
  const catalog: Catalog = { optimizers: { slide }, problems: { bowl: problem } };
  let [ticks, running] = [0, true];
  const tick = (): void => {
    ticks++;
    if (running) setTimeout(tick, 0);
  };
  setTimeout(tick, 0);
  let t = 0;
  const { ending } = await createService({ catalog, clock: () => (t += 1) }).run({
    problem: { name: "bowl", settings: {} },
    optimizer: { name: "slide", settings: { rate: 1e-6 } },
    seed: 1,
    replicate: 0,
    budget: 4e5,
  });
  running = false;
  expect(ending).toBe("budget");
  expect(ticks).toBeGreaterThan(2);
});
