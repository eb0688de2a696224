// Classic differential evolution: rand/1/bin and best/1/bin (Storn & Price 1997).
import type { Box, Vector } from "@basin/objective";
import { z, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { reflect } from "./bounds.ts";
import {
  askAbout,
  bestIndex,
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

interface Settings {
  readonly strategy: "rand/1/bin" | "best/1/bin";
  readonly weight: number;
  readonly crossover: number;
}

/**
 * A trial for every parent: v = a + F (b − c), where a is a random parent (rand/1) or the best one (best/1), crossed with the
 * parent coordinate by coordinate: v's with probability CR, and always at one random coordinate (bin). Shape [size × n].
 */
function trialsOf(
  parents: Vector,
  values: Vector,
  n: number,
  settings: Settings,
  bounds: Box,
  rng: Rng,
): Float64Array {
  const { strategy, weight, crossover } = settings;
  const size = values.length;
  const trials = rng.fillUniform(freshVector(size * n));
  const best = strategy === "best/1/bin" ? bestIndex(values) : -1;
  for (let i = 0; i < size; i++) {
    const base = best >= 0 ? best : another(rng, size, i);
    const plus = another(rng, size, i, base);
    const minus = another(rng, size, i, base, plus);
    const [row, a, b, c] = [i * n, base * n, plus * n, minus * n];
    const certain = rng.integer(n);
    for (let j = 0; j < n; j++) {
      const fromMutant = trials[row + j]! < crossover || j === certain;
      trials[row + j] = fromMutant
        ? parents[a + j]! + weight * (parents[b + j]! - parents[c + j]!)
        : parents[row + j]!;
    }
    reflect(trials, row, n, bounds);
  }
  return trials;
}

/**
 * Differential evolution with a fixed strategy.
 *
 * Population: 10 n, at least 10 and at most 100, unless set. Bounds: reflection. The first population is the start and uniform
 * draws from the region.
 */
export const differentialEvolution = defineOptimizer({
  name: "differential-evolution",
  summary:
    "Trials are parents plus scaled differences of other parents; each replaces its own parent if it is no worse.",
  family: "differential-evolution",
  references: [
    "Storn & Price, Differential Evolution – A Simple and Efficient Heuristic for Global Optimization over Continuous Spaces, J. Global Optimization 11, 1997",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    strategy: z.enum(["rand/1/bin", "best/1/bin"]).default("rand/1/bin").meta({
      label: "Strategy",
      help: "What a difference is added to: a random member (robust) or the best one (greedy).",
    }),
    weight: z
      .number()
      .gt(0)
      .max(2)
      .default(0.5)
      .meta({
        label: "Weight F",
        help: "How much of the difference of two members is added.",
        range: [0.3, 1],
        scale: "linear",
      }),
    crossover: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .meta({
        label: "Crossover CR",
        help: "How many coordinates a trial takes from the mutant: low for separable functions, high for others.",
        range: [0, 1],
        scale: "linear",
      }),
    populationSize: populationSize(
      "Members of the population, at least 4; 0 means ten for each dimension, from 10 to 100.",
    ),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const size =
      settings.populationSize === 0
        ? Math.min(100, Math.max(10, 10 * n))
        : Math.max(4, settings.populationSize);
    return {
      init: (start, rng): Generation => ({
        size,
        parents: new Float64Array(0),
        values: new Float64Array(0),
        trials: firstPopulation(start, size, domain, rng),
      }),
      ask: (state) => (collapsed(state, n) ? stopCollapsed : askAbout(state.trials, n)),
      tell(state, outcomes, rng): Generation {
        const { parents, values } = select(state, outcomes, n);
        return { size, parents, values, trials: trialsOf(parents, values, n, settings, domain.bounds, rng) };
      },
      recommend: (state) => bestOf(state, n),
      metrics: (state) => ({ spread: spread(state, domain) }),
    };
  },
});
