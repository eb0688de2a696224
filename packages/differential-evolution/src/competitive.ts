// Differential evolution with competing strategies, b6e6rl: twelve settings compete, and what succeeds is drawn more often.
//
// Tvrdík, "Competitive Differential Evolution", MENDEL 2006; "Adaptation in Differential Evolution: A Numerical Comparison",
// Applied Soft Computing 9, 2009 (b6e6rl: six binomial, six exponential, base vector by a tournament of three after Kaelo & Ali 2006).
import type { Box, Vector } from "@basin/objective";
import { z, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { reflect } from "./bounds.ts";
import {
  askAbout,
  bestOf,
  collapsed,
  firstPopulation,
  select,
  spread,
  stopCollapsed,
  type Generation,
} from "./generation.ts";
import { another } from "./picks.ts";
import { populationSize } from "./settings.ts";

interface Strategy {
  readonly crossing: "binomial" | "exponential";
  readonly weight: number;
  readonly crossover: number;
}

type State = Generation & {
  /** Which strategy made each trial, shape [size]. */
  readonly by: Readonly<Int32Array>;
  /** Successes of each strategy since the last reset, shape [12]. */
  readonly successes: Readonly<Int32Array>;
};

/** Added to every count of successes, so that none starts at zero (n₀). */
const head = 2;

/**
 * CR of the exponential crossover at which a coordinate is taken from the mutant with probability p on average:
 * CRⁿ − n p CR + n p − 1 = 0 (Zaharie 2007), its root in [0, 1), by bisection. At n = 1 the one coordinate is always taken.
 */
export function exponentialRate(p: number, n: number): number {
  if (n === 1) return 0;
  const f = (rate: number): number => {
    let power = 1;
    for (let i = 0; i < n; i++) power *= rate;
    return power - n * p * rate + n * p - 1;
  };
  // f(0) = n p − 1 > 0; f falls through its root to a minimum below 0 and meets 0 again at the trivial root 1.
  let [low, high] = [0, 1 - 1e-12];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}

/** The twelve: F of 0.5 and 0.8, with three binomial and three exponential rates each (2009, section 3). */
function strategies(n: number): readonly Strategy[] {
  const shares = [1, 2, 3].map((k) => 1 / n + (k / 4) * (1 - 1 / n));
  return [0.5, 0.8].flatMap((weight) => [
    ...[0, 0.5, 1].map((crossover): Strategy => ({ crossing: "binomial", weight, crossover })),
    ...shares.map((p): Strategy => ({ crossing: "exponential", weight, crossover: exponentialRate(p, n) })),
  ]);
}

/** A strategy, with probability proportional to its successes plus n₀. */
function drawStrategy(successes: Readonly<Int32Array>, rng: Rng): number {
  let total = 0;
  for (const count of successes) total += count + head;
  let at = rng.integer(total);
  for (let h = 0; h < successes.length; h++) {
    at -= successes[h]! + head;
    if (at < 0) return h;
  }
  return successes.length - 1;
}

/** Successes counted; all forgotten when one strategy's probability falls below δ = 1 / (5 · 12), so that none dies out. */
export function count(successes: Readonly<Int32Array>, by: Readonly<Int32Array>, gain: Vector): Int32Array {
  const next = successes.slice();
  for (let i = 0; i < by.length; i++) if (gain[i]! > 0) next[by[i]!]! += 1;
  let total = 0;
  for (const c of next) total += c + head;
  return next.some((c) => (c + head) * 5 * next.length < total) ? next.fill(0) : next;
}

/** The best of three different parents as base, the other two as difference (randrl/1). Writes row i of `trials`. */
function mutate(
  trials: Float64Array,
  parents: Vector,
  values: Vector,
  i: number,
  n: number,
  { crossing, weight, crossover }: Strategy,
  rng: Rng,
): void {
  const size = values.length;
  let base = another(rng, size, i);
  let plus = another(rng, size, i, base);
  let minus = another(rng, size, i, base, plus);
  if (values[plus]! < values[base]!) [base, plus] = [plus, base];
  if (values[minus]! < values[base]!) [base, minus] = [minus, base];
  const [row, a, b, c] = [i * n, base * n, plus * n, minus * n];
  for (let j = 0; j < n; j++) trials[row + j] = parents[row + j]!;
  const first = rng.integer(n);
  for (let k = 0; k < n; k++) {
    const j = (first + k) % n;
    if (k > 0) {
      const taken = rng.uniform() < crossover;
      if (!taken && crossing === "exponential") break;
      if (!taken) continue;
    }
    trials[row + j] = parents[a + j]! + weight * (parents[b + j]! - parents[c + j]!);
  }
}

function trialsOf(
  parents: Vector,
  values: Vector,
  by: Readonly<Int32Array>,
  all: readonly Strategy[],
  n: number,
  bounds: Box,
  rng: Rng,
): Float64Array {
  const trials = freshVector(parents.length);
  for (let i = 0; i < values.length; i++) {
    mutate(trials, parents, values, i, n, all[by[i]!]!, rng);
    reflect(trials, i * n, n, bounds);
  }
  return trials;
}

/**
 * Competitive differential evolution, b6e6rl. Nothing to tune but the population.
 *
 * Population: 5 n, at least 20 and at most 100, unless set. Bounds: reflection. The first population is the start and uniform draws
 * from the region.
 */
export const competitiveDifferentialEvolution = defineOptimizer({
  name: "competitive-differential-evolution",
  summary:
    "Differential evolution in which twelve strategies compete and the successful ones are drawn more often.",
  family: "differential-evolution",
  references: [
    "Tvrdík, Adaptation in Differential Evolution: A Numerical Comparison, Applied Soft Computing 9, 2009",
    "Kaelo & Ali, A Numerical Study of Some Modified Differential Evolution Algorithms, European J. Operational Research 169, 2006",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    populationSize: populationSize(
      "Members of the population, at least 4; 0 means five for each dimension, from 20 to 100.",
    ),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const size =
      settings.populationSize === 0
        ? Math.min(100, Math.max(20, 5 * n))
        : Math.max(4, settings.populationSize);
    const all = strategies(n);
    return {
      init: (start, rng): State => ({
        size,
        parents: new Float64Array(0),
        values: new Float64Array(0),
        trials: firstPopulation(start, size, domain, rng),
        by: new Int32Array(0),
        successes: new Int32Array(all.length),
      }),
      ask: (state) => (collapsed(state, n) ? stopCollapsed : askAbout(state.trials, n)),
      tell(state, outcomes, rng): State {
        const { parents, values, gain } = select(state, outcomes, n);
        const successes = count(state.successes, state.by, gain);
        const by = new Int32Array(size);
        for (let i = 0; i < size; i++) by[i] = drawStrategy(successes, rng);
        return {
          size,
          parents,
          values,
          by,
          successes,
          trials: trialsOf(parents, values, by, all, n, domain.bounds, rng),
        };
      },
      recommend: (state) => bestOf(state, n),
      metrics: (state) => ({ spread: spread(state, domain) }),
    };
  },
});
