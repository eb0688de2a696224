// Standard particle swarm optimization 2011: rotation-invariant, with a hypersphere where older versions had a box.
//
// Clerc, "Standard Particle Swarm Optimisation", HAL hal-00764996, 2012; Zambrano-Bigiarini, Clerc & Rojas, CEC 2013. Differences of
// two particles as the random part of a velocity: Das, Konar & Chakraborty, GECCO 2005.
import { freshVector, z } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { fly } from "./flight.ts";
import { firstSwarm, leaderOf, questions, speed, type Swarm } from "./swarm.ts";

/**
 * Share of the difference of two memories that a move is spread by at most. Of 0.3, 0.5 and 0.7, the one that did best on 14 BBOB functions
 * outside the table of bench/search (instances 21 and 22): with 0.3 swarms of 4 n particles collapse, 0.7 is slower at first.
 */
const differenceShare = 0.5;

function still(swarm: Swarm, n: number): boolean {
  const { positions, velocities, memories } = swarm;
  if (memories.length === 0) return false;
  for (let at = 0; at < positions.length; at++) {
    if (velocities[at]! !== 0 || positions[at] !== memories[at]) return false;
    if (at >= n && positions[at] !== positions[at - n]) return false;
  }
  return true;
}

/**
 * Standard PSO 2011. All particles move at once, so that a swarm is one batch.
 *
 * Swarm: 40 particles, w = 1/(2 ln 2), c = 1/2 + ln 2, K = 3 informants, drawn anew after each move that did not improve the best
 * (Clerc 2012). Bounds: a coordinate stops at the bound and turns back at half speed.
 *
 * Spread "differences" is not the standard's: where it draws from a sphere, all directions alike, the difference of two memories stands
 * (Das, Konar & Chakraborty 2005 perturb velocities so). The search is then the same in any linear coordinates, but a
 * swarm can lose a direction and not find it again: give it four particles a dimension or more.
 */
export const particleSwarm = defineOptimizer({
  name: "particle-swarm",
  summary:
    "Particles fly with inertia, drawn to their own best point and to the best their informants know (standard PSO 2011).",
  family: "particle-swarm",
  references: [
    "Clerc, Standard Particle Swarm Optimisation, HAL hal-00764996, 2012",
    "Zambrano-Bigiarini, Clerc & Rojas, Standard Particle Swarm Optimisation 2011 at CEC-2013, CEC 2013",
    "Das, Konar & Chakraborty, Improving Particle Swarm Optimization with Differentially Perturbed Velocity, GECCO 2005 (spread: differences)",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: false },
  hyperparameters: z.object({
    swarmSize: z
      .int()
      .min(1)
      .max(100_000)
      .default(40)
      .meta({ label: "Swarm size", help: "How many particles fly.", range: [10, 100], scale: "linear" }),
    inertia: z
      .number()
      .min(0)
      .lt(1)
      .default(0.721_347_520_444_481_7)
      .meta({
        label: "Inertia w",
        help: "Share of its velocity that a particle keeps: 1/(2 ln 2) in the standard.",
        range: [0.4, 0.9],
        scale: "linear",
      }),
    attraction: z
      .number()
      .min(0)
      .max(4)
      .default(1.193_147_180_559_945)
      .meta({
        label: "Attraction c",
        help: "Pull towards the best points known: 1/2 + ln 2 in the standard.",
        range: [0.5, 2],
        scale: "linear",
      }),
    informants: z
      .int()
      .min(1)
      .max(1000)
      .default(3)
      .meta({
        label: "Informants K",
        help: "How many others each particle informs: few keeps the swarm diverse.",
        range: [1, 10],
        scale: "linear",
      }),
    spread: z.enum(["sphere", "differences"]).default("sphere").meta({
      label: "Spread",
      help: "Where a move lands around its centre: in a sphere, the standard's, or along the difference of two particles' best points, which follows narrow valleys but wants at least four particles a dimension.",
    }),
  }),
  create(settings, domain) {
    const n = domain.dimension;
    const flight = { ...settings, share: differenceShare, units: freshVector(n).fill(1) };
    return {
      init: (start, rng): Swarm =>
        firstSwarm(start, settings.swarmSize, settings.informants, domain.region, rng),
      ask(state) {
        if (still(state, n)) return { stop: "converged: all particles rest at the same point" };
        return { queries: questions(state), prefix: true };
      },
      tell: (state, outcomes, rng): Swarm => fly(state, outcomes, flight, domain.bounds, rng),
      recommend(state) {
        const i = state.memories.length === 0 ? 0 : leaderOf(state.values);
        const from = state.memories.length === 0 ? state.positions : state.memories;
        return from.slice(i * n, (i + 1) * n);
      },
      metrics: (state) =>
        state.values.length > 0 && state.values[leaderOf(state.values)]! < Infinity
          ? { speed: speed(state) }
          : {},
    };
  },
});
