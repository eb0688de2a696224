// Swarm after swarm: first a small hasty one, then larger and more patient ones, by differences and by the standard's sphere in turn.
//
// Of this package. Restarts with growing populations: Auger & Hansen, CEC 2005; two kinds in turn: Hansen, GECCO workshop 2009 (both of
// CMA-ES). What flies is standard PSO 2011 (Clerc 2012) with other settings, and the differences of Das, Konar & Chakraborty, GECCO 2005.
import { freshVector, z, type Domain, type Vector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { fly, type Flight } from "./flight.ts";
import { firstSwarm, leaderOf, questions, speed, type Swarm } from "./swarm.ts";

interface Settings {
  readonly swarmSize: number;
  readonly growth: number;
  readonly patience: number;
}

type State = {
  readonly swarm: Swarm;
  /** How many swarms ended before this one. */
  readonly round: number;
  /** Moves since the best or the median of the memories last got better, and what they were then. */
  readonly idle: number;
  readonly best: number;
  readonly median: number;
  /** The best point of all swarms, shape [n], and f there. */
  readonly incumbent: Vector;
  readonly value: number;
};

/** What a swarm is like. `tolerance`: extent of its memories, in widths of the region, at which it has converged. */
type Kind = Flight & { readonly size: number; readonly tolerance: number };

/** No swarm is larger: who informs whom takes the square of that. */
const most = 1000;
/** An improvement counts that is more than this share of the distance from the best to the median memory. */
const worthwhile = 0.01;

// The settings were chosen on BBOB functions outside the table of bench/search (f3, 7, 9, 11 to 14, 16, 17, 22 to 24; instances 21 to 26).
const standard = { inertia: 0.721_347_520_444_481_7, attraction: 1.193_147_180_559_945, informants: 3 };
const hasty = {
  inertia: 0.6,
  attraction: 1.4,
  informants: 6,
  spread: "sphere",
  share: 0,
  tolerance: 1e-3,
} as const;
const rugged = { ...standard, spread: "sphere", share: 0, tolerance: 1e-9 } as const;
const narrow = {
  ...standard,
  inertia: 0.6,
  informants: 10,
  spread: "differences",
  share: 0.9,
  tolerance: 1e-9,
} as const;

/** The swarm of a round: 0 hasty, then 1, 3, 5 … narrow and 2, 4, 6 … rugged, each `growth` times as large as the last of its kind. */
function kindOf(round: number, { swarmSize, growth }: Settings, n: number): Kind {
  if (round === 0) return { ...hasty, size: swarmSize };
  const kind = round % 2 === 1 ? narrow : rugged;
  // Differences lose directions in swarms of fewer than four particles a dimension; the standard has 40.
  let size = Math.min(most, Math.max(swarmSize, round % 2 === 1 ? 4 * n : 40));
  for (let before = round - 2; before > 0 && size < most; before -= 2) size = Math.min(most, size * growth);
  return { ...kind, size: Math.round(size) };
}

function medianOf(values: Vector): number {
  return values.slice().sort()[values.length >> 1]!;
}

/** Whether all memories lie within `tolerance` of the region's width in every coordinate. */
function converged({ size, memories }: Swarm, tolerance: number, { dimension: n, region }: Domain): boolean {
  for (let j = 0; j < n; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < size; i++) {
      const x = memories[i * n + j]!;
      if (x < low) low = x;
      if (x > high) high = x;
    }
    if (high - low > tolerance * (region.upper[j]! - region.lower[j]!)) return false;
  }
  return true;
}

/**
 * Swarms of standard PSO 2011 one after another. The first is small and hasty: good after some hundred evaluations a dimension, at rest soon
 * after. Each later one begins anew, uniformly in the region, and knows nothing of those before: in turn one spread by differences, for
 * narrow valleys, and one of the standard's, for rugged ground; each of twice the size of the last of its kind.
 *
 * A swarm has ended when its memories have converged (within 10⁻³ of the region's width for the first, 10⁻⁹ for the others), or when
 * neither the best of them nor their median got better by a hundredth of the distance between these two in `patience` moves. The search
 * has no end of its own; its answer is the best point of all swarms.
 *
 * The bounds, and a single swarm: particle-swarm.
 */
export const restartingParticleSwarm = defineOptimizer({
  name: "restarting-particle-swarm",
  summary:
    "A small hasty swarm, then larger and more patient ones, begun anew whenever the last has come to rest.",
  family: "particle-swarm",
  references: [
    "Clerc, Standard Particle Swarm Optimisation, HAL hal-00764996, 2012",
    "Das, Konar & Chakraborty, Improving Particle Swarm Optimization with Differentially Perturbed Velocity, GECCO 2005 (every second swarm)",
    "Auger & Hansen, A restart CMA evolution strategy with increasing population size, CEC 2005 (restarts with growth)",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    swarmSize: z
      .int()
      .min(2)
      .max(most)
      .default(12)
      .meta({
        label: "First swarm",
        help: "How many particles the first, hasty swarm has.",
        range: [8, 40],
        scale: "linear",
      }),
    growth: z
      .number()
      .min(1)
      .max(10)
      .default(2)
      .meta({
        label: "Growth",
        help: "How many times as large a swarm is as the last of its kind; at most a thousand particles fly.",
        range: [1, 4],
        scale: "linear",
      }),
    patience: z
      .int()
      .min(1)
      .max(100_000)
      .default(40)
      .meta({
        label: "Patience",
        help: "Moves without progress after which a swarm gives way to the next.",
        range: [10, 200],
        scale: "log",
      }),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const begin = (start: Vector, round: number, rng: Parameters<typeof firstSwarm>[4]): Swarm => {
      const { size, informants } = kindOf(round, settings, n);
      return firstSwarm(start, size, informants, domain, rng);
    };
    return {
      init: (start, rng): State => ({
        swarm: begin(start, 0, rng),
        round: 0,
        idle: 0,
        best: Infinity,
        median: Infinity,
        incumbent: start.slice(),
        value: Infinity,
      }),
      ask: ({ swarm }) => ({ queries: questions(swarm), prefix: true }),
      tell(state, outcomes, rng): State {
        const kind = kindOf(state.round, settings, n);
        const swarm = fly(state.swarm, outcomes, kind, domain.bounds, rng);
        const leader = leaderOf(swarm.values);
        const [best, median] = [swarm.values[leader]!, medianOf(swarm.values)];
        const better = best < state.value;
        const incumbent = better ? swarm.memories.slice(leader * n, (leader + 1) * n) : state.incumbent;
        const value = better ? best : state.value;
        // Where half of the swarm has found nothing that can be evaluated, any improvement counts.
        const least = median < Infinity ? worthwhile * (median - best) : 0;
        const [bestMoved, medianMoved] = [state.best - best > least, state.median - median > least];
        const idle = bestMoved || medianMoved ? 0 : state.idle + 1;
        if (idle < settings.patience && !converged(swarm, kind.tolerance, domain))
          return {
            swarm,
            round: state.round,
            idle,
            best: bestMoved ? best : state.best,
            median: medianMoved ? median : state.median,
            incumbent,
            value,
          };
        const { lower, upper } = domain.region;
        const start = rng.fillUniform(freshVector(n)).map((u, j) => lower[j]! + u * (upper[j]! - lower[j]!));
        const round = state.round + 1;
        return {
          swarm: begin(start, round, rng),
          round,
          idle: 0,
          best: Infinity,
          median: Infinity,
          incumbent,
          value,
        };
      },
      recommend: ({ incumbent }) => incumbent.slice(),
      metrics: ({ swarm, round, value }) =>
        value < Infinity ? { speed: speed(swarm), particles: swarm.size, restarts: round } : {},
    };
  },
});
