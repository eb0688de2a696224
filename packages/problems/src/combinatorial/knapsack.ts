// Knapsack: which items to take so that their value is largest and their weight within a limit (Martello & Toth 1990, Knapsack problems).
import { makeDomain, z, type Problem } from "@basin/objective";
import type { Rng } from "@basin/random";
import { answerAll } from "../answer.ts";

const settings = z.object({
  items: z
    .int()
    .min(2)
    .max(200)
    .default(40)
    .meta({ label: "items", help: "How many there are to choose from.", scale: "log", range: [10, 200] }),
  share: z
    .number()
    .min(0.05)
    .max(0.95)
    .default(0.5)
    .meta({ label: "limit", help: "What may be carried, as a share of the weight of all items." }),
});

interface Items {
  /** Whole numbers 1 … 100, shapes [n]. */
  readonly weights: Float64Array;
  readonly values: Float64Array;
  readonly limit: number;
}

/** Weights and values are independent of each other: "uncorrelated" in Martello & Toth's terms. */
function drawItems(n: number, share: number, rng: Rng): Items {
  const draw = (): Float64Array => new Float64Array(n).map(() => 1 + rng.integer(100));
  const [weights, values] = [draw(), draw()];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { weights, values, limit: Math.floor(share * total) };
}

/** The best choice, by dynamic programming over the limit (Bellman 1957): n · limit steps. */
function bestChoice({ weights, values, limit }: Items): Float64Array {
  const n = weights.length;
  const best = new Float64Array(limit + 1);
  const taken = new Uint8Array(n * (limit + 1));
  for (let i = 0; i < n; i++)
    for (let room = limit; room >= weights[i]!; room--) {
      const value = best[room - weights[i]!]! + values[i]!;
      if (value <= best[room]!) continue;
      best[room] = value;
      taken[i * (limit + 1) + room] = 1;
    }
  const choice = new Float64Array(n);
  for (let i = n - 1, room = limit; i >= 0; i--) {
    if (taken[i * (limit + 1) + room] === 0) continue;
    choice[i] = 1;
    room -= weights[i]!;
  }
  return choice;
}

export const knapsack: Problem<typeof settings> = {
  name: "knapsack",
  summary:
    "Which items to carry: bits with a limit on their weight; too much weight is worse than taking nothing.",
  references: ["S. Martello & P. Toth (1990), Knapsack problems: algorithms and computer implementations"],
  settings,
  create({ items: n, share }, rng) {
    const items = drawItems(n, share, rng.fork("items"));
    const { weights, values, limit } = items;
    // −value within the limit; beyond it the weight that is too much, so that a search is led back.
    const value = (x: Readonly<Float64Array>): number => {
      let [carried, worth] = [0, 0];
      for (let i = 0; i < n; i++) {
        carried += x[i]! * weights[i]!;
        worth += x[i]! * values[i]!;
      }
      return carried > limit ? carried - limit : 0 - worth;
    };
    const best = bestChoice(items);
    return {
      name: "knapsack",
      domain: makeDomain({ dimension: n, encoding: "bits", bounds: { lower: 0, upper: 1 } }),
      answers: { value: 1 },
      examples: 1,
      noisy: false,
      minimum: { value: value(best), at: [best] },
      evaluate: (ask) => answerAll(ask, { value }),
    };
  },
};
