// L-SHADE: JADE's mutation with a memory of successful parameters and a population that shrinks with the budget.
//
// Tanabe & Fukunaga, "Improving the Search Performance of SHADE Using Linear Population Size Reduction", CEC 2014.
import type { Vector } from "@basin/objective";
import { z, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { archived, currentToPbest, drawCrossover, drawWeight } from "./current-to-pbest.ts";
import {
  askAbout,
  bestOf,
  collapsed,
  firstPopulation,
  ranking,
  select,
  spread,
  stopCollapsed,
  type Generation,
} from "./generation.ts";
import { populationSize } from "./settings.ts";

/** A mean of crossover rates that has become terminal (⊥): all later draws are 0 (algorithm 1, line 4). */
const terminal = -1;
const smallest = 4;
/** The paper goes to 30 dimensions; beyond 55 a population of 18 n would cost more memory than it gives. */
const largest = 1000;
const none = new Float64Array(0);

export type Memory = {
  /** M_F and M_CR, shape [H]. */
  readonly weights: Vector;
  readonly crossovers: Vector;
  /** The entry that is written next. */
  readonly next: number;
};

type State = Generation & {
  readonly weights: Vector;
  readonly crossovers: Vector;
  readonly memory: Memory;
  /** Shape [≤ 2.6 size × n]. */
  readonly archive: Vector;
  /** Values asked for so far. */
  readonly spent: number;
};

/** Σ w s² / Σ w s: the weighted Lehmer mean (eq. 7 of the paper). */
function lehmer(of: Vector, gain: Vector): number {
  let [squares, sum] = [0, 0];
  for (let i = 0; i < gain.length; i++) {
    const w = gain[i]!;
    if (!(w > 0)) continue;
    squares += w * of[i]! * of[i]!;
    sum += w * of[i]!;
  }
  return sum > 0 ? squares / sum : 0;
}

/** Gains as weights: an improvement on a failure (+Infinity) counts as the largest finite one, or 1 where there is none. */
export function finite(gain: Vector): Float64Array {
  let largest = 0;
  for (const g of gain) if (Number.isFinite(g) && g > largest) largest = g;
  return gain.map((g) => (Number.isFinite(g) ? g : largest > 0 ? largest : 1));
}

/** The memory after a generation: one entry takes the weighted Lehmer means of what succeeded (algorithm 1). */
export function remember(memory: Memory, weights: Vector, crossovers: Vector, gain: Vector): Memory {
  if (!gain.some((g) => g > 0)) return memory;
  const usable = finite(gain);
  const k = memory.next;
  const mean = lehmer(crossovers, usable);
  const nextWeights = memory.weights.slice();
  const nextCrossovers = memory.crossovers.slice();
  nextWeights[k] = lehmer(weights, usable);
  nextCrossovers[k] = memory.crossovers[k] === terminal || mean === 0 ? terminal : mean;
  return { weights: nextWeights, crossovers: nextCrossovers, next: (k + 1) % memory.weights.length };
}

/** N = round((N_min − N_init) · spent / budget + N_init) (eq. 10). */
export function sizeAt(spent: number, budget: number, initial: number): number {
  return Math.max(smallest, Math.round(((smallest - initial) * Math.min(spent, budget)) / budget + initial));
}

/** The best `size` rows, in their old order. */
function shrink(
  rows: Vector,
  values: Vector,
  size: number,
  n: number,
): { readonly rows: Float64Array; readonly values: Float64Array } {
  const kept = ranking(values).slice(0, size).sort();
  const out = freshVector(size * n);
  kept.forEach((from, to) => out.set(rows.subarray(from * n, (from + 1) * n), to * n));
  return { rows: out, values: Float64Array.from(kept, (i) => values[i]!) };
}

/**
 * L-SHADE. Its population shrinks linearly from its first size to 4 at the end of the budget, so its trace depends on the budget.
 *
 * Population: 18 n at first (the paper's), at most 1,000, unless set. Bounds: half way between parent and bound. The first population is the start
 * and uniform draws from the region.
 */
export const lShade = defineOptimizer({
  name: "l-shade",
  summary:
    "Adaptive differential evolution that remembers which parameters succeeded and shrinks its population with the budget.",
  family: "differential-evolution",
  references: [
    "Tanabe & Fukunaga, Improving the Search Performance of SHADE Using Linear Population Size Reduction, CEC 2014",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: true },
  hyperparameters: z.object({
    memorySize: z
      .int()
      .min(1)
      .max(1000)
      .default(6)
      .meta({
        label: "Memory H",
        help: "How many means of successful parameters are remembered.",
        range: [2, 20],
        scale: "linear",
      }),
    eliteFraction: z
      .number()
      .gt(0)
      .max(1)
      .default(0.11)
      .meta({
        label: "Elite share p",
        help: "Trials are drawn towards one of this share of the best members.",
        range: [0.02, 0.3],
        scale: "log",
      }),
    archiveRate: z
      .number()
      .min(0)
      .max(10)
      .default(2.6)
      .meta({
        label: "Archive rate",
        help: "Size of the archive of replaced parents, in populations.",
        range: [0, 4],
        scale: "linear",
      }),
    populationSize: populationSize(
      "Members of the first population, at least 4; 0 means 18 for each dimension, at most 1,000.",
    ),
  }),
  create(settings, domain, horizon) {
    const n = domain.dimension;
    const initial =
      settings.populationSize === 0 ? Math.min(18 * n, largest) : Math.max(smallest, settings.populationSize);
    return {
      init: (start, rng): State => ({
        size: initial,
        parents: none,
        values: none,
        trials: firstPopulation(start, initial, domain, rng),
        weights: none,
        crossovers: none,
        archive: none,
        spent: 0,
        memory: {
          weights: freshVector(settings.memorySize).fill(0.5),
          crossovers: freshVector(settings.memorySize).fill(0.5),
          next: 0,
        },
      }),
      ask: (state) => (collapsed(state, n) ? stopCollapsed : askAbout(state.trials, n)),
      tell(state, outcomes, rng): State {
        const selected = select(state, outcomes, n);
        const memory = remember(state.memory, state.weights, state.crossovers, selected.gain);
        const spent = state.spent + outcomes.length;
        const size = Math.min(state.size, sizeAt(spent, horizon, initial));
        const archive = archived(
          state.archive,
          state.parents,
          selected.gain,
          Math.round(settings.archiveRate * size),
          n,
          rng,
        );
        const { rows: parents, values } =
          size < state.size
            ? shrink(selected.parents, selected.values, size, n)
            : { rows: selected.parents, values: selected.values };
        const [weights, crossovers] = [freshVector(size), freshVector(size)];
        for (let i = 0; i < size; i++) {
          const entry = rng.integer(settings.memorySize);
          const mean = memory.crossovers[entry]!;
          crossovers[i] = mean === terminal ? 0 : drawCrossover(mean, rng);
          weights[i] = drawWeight(memory.weights[entry]!, rng);
        }
        const elite = Math.max(2, Math.round(settings.eliteFraction * size));
        const trials = currentToPbest(
          { rows: parents, values, archive },
          n,
          elite,
          weights,
          crossovers,
          domain.bounds,
          rng,
        );
        return { size, parents, values, trials, weights, crossovers, archive, spent, memory };
      },
      recommend: (state) => bestOf(state, n),
      metrics: (state) => ({ spread: spread(state, domain), size: state.size }),
    };
  },
});
