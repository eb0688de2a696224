// JADE: differential evolution whose parameters follow their own successes (Zhang & Sanderson 2009).
import type { Vector } from "@basin/objective";
import { z, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { archived, currentToPbest, drawCrossover, drawWeight } from "./current-to-pbest.ts";
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
import { populationSize } from "./settings.ts";

type State = Generation & {
  /** Drawn for the trials in question, shape [size]. */
  readonly weights: Vector;
  readonly crossovers: Vector;
  readonly meanWeight: number;
  readonly meanCrossover: number;
  /** Shape [≤ size × n]. */
  readonly archive: Vector;
};

const none = new Float64Array(0);

/** One step of the means towards the successful parameters: μCR by their mean, μF by their Lehmer mean ΣF²/ΣF (eqs. 8, 11, 12). */
function adapt(
  state: State,
  gain: Vector,
  rate: number,
): { readonly meanWeight: number; readonly meanCrossover: number } {
  let [count, sum, squares, crossovers] = [0, 0, 0, 0];
  for (let i = 0; i < gain.length; i++) {
    if (!(gain[i]! > 0)) continue;
    const weight = state.weights[i]!;
    count++;
    sum += weight;
    squares += weight * weight;
    crossovers += state.crossovers[i]!;
  }
  if (count === 0) return state;
  return {
    meanWeight: (1 - rate) * state.meanWeight + rate * (squares / sum),
    meanCrossover: (1 - rate) * state.meanCrossover + rate * (crossovers / count),
  };
}

/**
 * JADE with archive.
 *
 * Population: 30 up to n = 10, 100 up to n = 30, else 400 (the paper's), unless set. Bounds: half way between parent and bound. The
 * first population is the start and uniform draws from the region.
 */
export const jade = defineOptimizer({
  name: "jade",
  summary:
    "Differential evolution towards the best few, with an archive of replaced parents and parameters that adapt.",
  family: "differential-evolution",
  references: [
    "Zhang & Sanderson, JADE: Adaptive Differential Evolution With Optional External Archive, IEEE Trans. Evolutionary Computation 13 (5), 2009",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    eliteFraction: z
      .number()
      .gt(0)
      .max(1)
      .default(0.05)
      .meta({
        label: "Elite share p",
        help: "Trials are drawn towards one of this share of the best members.",
        range: [0.02, 0.3],
        scale: "log",
      }),
    adaptationRate: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .meta({
        label: "Adaptation rate c",
        help: "How fast the means of F and CR follow what succeeded.",
        range: [0.01, 0.5],
        scale: "log",
      }),
    populationSize: populationSize(
      "Members of the population, at least 4; 0 means 30, 100 or 400 with the dimension.",
    ),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const size =
      settings.populationSize === 0
        ? n <= 10
          ? 30
          : n <= 30
            ? 100
            : 400
        : Math.max(4, settings.populationSize);
    const elite = Math.max(1, Math.round(settings.eliteFraction * size));
    const draw = (mean: number, one: (mean: number, rng: Rng) => number, rng: Rng): Float64Array => {
      const out = freshVector(size);
      for (let i = 0; i < size; i++) out[i] = one(mean, rng);
      return out;
    };
    return {
      init: (start, rng): State => ({
        size,
        parents: none,
        values: none,
        trials: firstPopulation(start, size, domain, rng),
        weights: none,
        crossovers: none,
        meanWeight: 0.5,
        meanCrossover: 0.5,
        archive: none,
      }),
      ask: (state) => (collapsed(state, n) ? stopCollapsed : askAbout(state.trials, n)),
      tell(state, outcomes, rng): State {
        const { parents, values, gain } = select(state, outcomes, n);
        const archive = archived(state.archive, state.parents, gain, size, n, rng);
        const means = adapt(state, gain, settings.adaptationRate);
        const crossovers = draw(means.meanCrossover, drawCrossover, rng);
        const weights = draw(means.meanWeight, drawWeight, rng);
        const trials = currentToPbest(
          { rows: parents, values, archive },
          n,
          elite,
          weights,
          crossovers,
          domain.bounds,
          rng,
        );
        return {
          size,
          parents,
          values,
          trials,
          weights,
          crossovers,
          meanWeight: means.meanWeight,
          meanCrossover: means.meanCrossover,
          archive,
        };
      },
      recommend: (state) => bestOf(state, n),
      metrics: (state) => ({
        spread: spread(state, domain),
        weight: state.meanWeight,
        crossover: state.meanCrossover,
      }),
    };
  },
});
