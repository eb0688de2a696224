// Swarm after swarm: first a small hasty one, then larger and more patient ones, by differences and by the standard's sphere in turn.
//
// Of this package. Restarts with growing populations: Auger & Hansen, CEC 2005; two kinds in turn: Hansen, GECCO workshop 2009 (both of
// CMA-ES). What flies is standard PSO 2011 (Clerc 2012) with other settings, and the differences of Das, Konar & Chakraborty, GECCO 2005.
import { freshVector, z, type Box, type Domain, type Vector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
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
  /** Whether the first swarm came to rest with its memories apart, in several basins. */
  readonly apart: boolean;
  /** Moves since the best or the median of the memories last got better, and what they were then. */
  readonly idle: number;
  readonly best: number;
  readonly median: number;
  /** The best point of all swarms, shape [n], and f there. */
  readonly incumbent: Vector;
  readonly value: number;
};

/** What a swarm is like. `tolerance`: extent of its memories, in widths of the region, at which it has converged. */
type Kind = Omit<Flight, "units"> & { readonly size: number; readonly tolerance: number };

/** No swarm is larger: who informs whom takes the square of that. */
const most = 1000;
/** An improvement counts that is more than this share of the distance from the best to the median memory. */
const worthwhile = 0.01;

// The settings were chosen on BBOB functions outside the table of bench/search (f3, 7, 9, 11 to 14, 16, 17, 22 to 24; instances 21 to 26).
const attraction = 1.193_147_180_559_945; // 1/2 + ln 2, the standard's
const hasty = {
  inertia: 0.6,
  attraction: 1.4,
  informants: 6,
  spread: "sphere",
  share: 0,
  tolerance: 1e-3,
} as const;
/** For rugged ground: the standard, a little less patient. */
const rugged = {
  inertia: 0.68,
  attraction,
  informants: 3,
  spread: "sphere",
  share: 0,
  tolerance: 1e-9,
} as const;
/** For narrow valleys. */
const narrow = {
  inertia: 0.6,
  attraction,
  informants: 20,
  spread: "differences",
  share: 0.9,
  tolerance: 1e-9,
} as const;

/** The swarm of a round: 0 hasty, then rugged and narrow in turn, each `growth` times as large as the last of its kind. */
function kindOf(
  { round, apart }: Pick<State, "round" | "apart">,
  { swarmSize, growth }: Settings,
  n: number,
): Kind {
  if (round === 0) return { ...hasty, size: swarmSize };
  const isRugged = (round % 2 === 1) === apart;
  // Differences lose directions in swarms of fewer than four particles a dimension; the standard has 40.
  let size = Math.min(most, Math.max(swarmSize, isRugged ? 40 : 4 * n));
  for (let before = round - 2; before > 0 && size < most; before -= 2) size = Math.min(most, size * growth);
  return { ...(isRugged ? rugged : narrow), size: Math.round(size) };
}

/** Widths over the largest of them. */
function unitsOf({ lower, upper }: Box): Float64Array {
  const widths = freshVector(lower.length);
  for (let j = 0; j < widths.length; j++) widths[j] = upper[j]! - lower[j]!;
  const largest = widths.reduce((most, width) => Math.max(most, width), 0);
  return widths.map((width) => (width > 0 ? width / largest : 1));
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

/** A quarter of the region's width in every coordinate with x in the middle, as far as the bounds allow. */
function around(x: Vector, { region, bounds }: Domain): Box {
  const reach = x.map((_, j) => (region.upper[j]! - region.lower[j]!) / 8);
  return {
    lower: x.map((xj, j) => Math.max(bounds.lower[j]!, xj - reach[j]!)),
    upper: x.map((xj, j) => Math.min(bounds.upper[j]!, xj + reach[j]!)),
  };
}

/**
 * Swarms of standard PSO 2011 one after another. The first is small and hasty: good after some hundred evaluations a dimension, at rest soon
 * after. If it ended with its memories apart, in several basins, the next is for rugged ground, by the standard's sphere, all over the
 * region; if it converged, the next is for narrow valleys, by differences, in a box of a quarter of the region's width around the best
 * point. From then on both kinds follow in turn, each all over the region and of twice the size of the last of its kind.
 *
 * The sphere is one in widths of the region, so that coordinates may have scales as different as the region says.
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
    const units = unitsOf(domain.region);
    /** A new swarm in the box `where`, beside what stays. */
    const begin = (
      start: Vector,
      where: Box,
      past: Pick<State, "round" | "apart" | "incumbent" | "value">,
      rng: Rng,
    ): State => {
      const { size, informants } = kindOf(past, settings, n);
      const swarm = firstSwarm(start, size, informants, where, rng);
      return { swarm, ...past, idle: 0, best: Infinity, median: Infinity };
    };
    return {
      init: (start, rng): State =>
        begin(
          start,
          domain.region,
          { round: 0, apart: false, incumbent: start.slice(), value: Infinity },
          rng,
        ),
      ask: ({ swarm }) => ({ queries: questions(swarm), prefix: true }),
      tell(state, outcomes, rng): State {
        const kind = kindOf(state, settings, n);
        const swarm = fly(state.swarm, outcomes, { ...kind, units }, domain.bounds, rng);
        const leader = leaderOf(swarm.values);
        const [best, median] = [swarm.values[leader]!, medianOf(swarm.values)];
        const better = best < state.value;
        const incumbent = better ? swarm.memories.slice(leader * n, (leader + 1) * n) : state.incumbent;
        const value = better ? best : state.value;
        // Where half of the swarm has found nothing that can be evaluated, any improvement counts.
        const least = median < Infinity ? worthwhile * (median - best) : 0;
        const bestMoved = state.best - best > least;
        const medianMoved = state.median - median > least;
        const idle = bestMoved || medianMoved ? 0 : state.idle + 1;
        const together = converged(swarm, kind.tolerance, domain);
        if (!together && idle < settings.patience)
          return {
            ...state,
            swarm,
            idle,
            best: bestMoved ? best : state.best,
            median: medianMoved ? median : state.median,
            incumbent,
            value,
          };
        const apart = state.round === 0 ? !together : state.apart;
        const where = state.round === 0 && together ? around(incumbent, domain) : domain.region;
        const start = rng.fillUniform(freshVector(n));
        for (let j = 0; j < n; j++)
          start[j] = where.lower[j]! + start[j]! * (where.upper[j]! - where.lower[j]!);
        return begin(start, where, { round: state.round + 1, apart, incumbent, value }, rng);
      },
      recommend: ({ incumbent }) => incumbent.slice(),
      metrics: ({ swarm, round, value }) =>
        value < Infinity ? { speed: speed(swarm), particles: swarm.size, restarts: round } : {},
    };
  },
});
