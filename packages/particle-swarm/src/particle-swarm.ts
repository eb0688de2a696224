// Standard particle swarm optimization 2011: rotation-invariant, with a hypersphere where older versions had a box.
//
// Clerc, "Standard Particle Swarm Optimisation", HAL hal-00764996, 2012; Zambrano-Bigiarini, Clerc & Rojas, CEC 2013. Differences of
// two particles as the random part of a velocity: Das, Konar & Chakraborty, GECCO 2005.
import { lossOf, z, type Box, type Outcome, type Query, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { bestInformant, drawInformants, firstSwarm, type Swarm } from "./swarm.ts";

interface Settings {
  readonly inertia: number;
  readonly attraction: number;
  readonly informants: number;
  readonly spread: "sphere" | "differences";
}

/**
 * Share of the difference of two memories that a move is spread by at most. Of 0.3, 0.5 and 0.7, the one that did best on 14 BBOB functions
 * outside the table of bench/search (instances 21 and 22): with 0.3 swarms of 4 n particles collapse, 0.7 is slower at first.
 */
const differenceShare = 0.5;

/** Each memory takes its particle's position where that is better. Shapes as in Swarm. */
function remember(
  swarm: Swarm,
  outcomes: readonly Outcome<"value">[],
  n: number,
): { readonly memories: Float64Array; readonly values: Float64Array } {
  const first = swarm.memories.length === 0;
  const memories = first ? swarm.positions.slice() : swarm.memories.slice();
  const values = first ? freshVector(swarm.size).fill(Infinity) : swarm.values.slice();
  for (let i = 0; i < outcomes.length; i++) {
    const value = lossOf(outcomes[i]!);
    if (!(value < values[i]!)) continue;
    values[i] = value;
    for (let j = i * n; j < (i + 1) * n; j++) memories[j] = swarm.positions[j]!;
  }
  return { memories, values };
}

/**
 * One move of particle i (eqs. 3.12 to 3.15): G is the centre of x, x + c (p − x) and x + c (l − x), with p its own memory and l its
 * best informant's (G of the first two where these are one); x′ is drawn around G within ‖G − x‖; v ← w v + x′ − x, x ← x + v.
 * With spread "differences" x′ is G and up to half of the difference of two other memories, so that the swarm spreads by its own shape
 * whatever the scales and directions of f: x′, like G, is a sum of points of the swarm.
 * Writes row i of `positions` and `velocities`, and over `direction` and `centre`, scratch of shape [n]; a coordinate that leaves the bounds stops there and turns back at half speed.
 */
function move(
  i: number,
  swarm: Swarm,
  memories: Vector,
  leader: number,
  positions: Float64Array,
  velocities: Float64Array,
  direction: Float64Array,
  centre: Float64Array,
  n: number,
  settings: Settings,
  { lower, upper }: Box,
  rng: Rng,
): void {
  const { inertia, attraction } = settings;
  const [row, best] = [i * n, leader * n];
  const sphere = settings.spread === "sphere";
  if (sphere) rng.fillNormal(direction);
  else difference(memories, swarm.size, direction, rng);
  let radius = 0;
  let length = 0;
  for (let j = 0; j < n; j++) {
    const x = swarm.positions[row + j]!;
    const own = attraction * (memories[row + j]! - x);
    const c = leader === i ? own / 2 : (own + attraction * (memories[best + j]! - x)) / 3;
    const d = direction[j]!;
    centre[j] = c;
    radius += c * c;
    length += d * d;
  }
  // Radius of the draw: uniform, as in Clerc's program: more points near the centre than a uniform ball would have.
  const scale = !sphere
    ? differenceShare * (2 * rng.uniform() - 1)
    : length > 0
      ? (rng.uniform() * Math.sqrt(radius)) / Math.sqrt(length)
      : 0;
  for (let j = 0; j < n; j++) {
    const x = swarm.positions[row + j]!;
    let velocity = inertia * swarm.velocities[row + j]! + centre[j]! + scale * direction[j]!;
    let position = x + velocity;
    if (!(position >= lower[j]! && position <= upper[j]!)) {
      position = position < lower[j]! ? lower[j]! : position > upper[j]! ? upper[j]! : x;
      velocity *= -0.5;
    }
    positions[row + j] = position;
    velocities[row + j] = velocity;
  }
}

/** Writes the difference of two memories drawn at random, zero in a swarm of one, into `out`, shape [n]. */
function difference(memories: Vector, size: number, out: Float64Array, rng: Rng): void {
  const n = out.length;
  const a = rng.integer(size);
  const b = size === 1 ? a : (a + 1 + rng.integer(size - 1)) % size;
  for (let j = 0; j < n; j++) out[j] = memories[a * n + j]! - memories[b * n + j]!;
}

function still(swarm: Swarm, n: number): boolean {
  const { positions, velocities, memories } = swarm;
  if (memories.length === 0) return false;
  for (let at = 0; at < positions.length; at++) {
    if (velocities[at]! !== 0 || positions[at] !== memories[at]) return false;
    if (at >= n && positions[at] !== positions[at - n]) return false;
  }
  return true;
}

function leaderOf(values: Vector): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[best]!) best = i;
  return best;
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
    return {
      init: (start, rng): Swarm => firstSwarm(start, settings.swarmSize, settings.informants, domain, rng),
      ask(state) {
        if (still(state, n)) return { stop: "converged: all particles rest at the same point" };
        const queries: Query<"value">[] = [];
        for (let i = 0; i < state.size; i++)
          queries.push({
            kind: "value",
            x: new Float64Array(state.positions.buffer, state.positions.byteOffset + 8 * i * n, n),
          });
        return { queries, prefix: true };
      },
      tell(state, outcomes, rng): Swarm {
        const { size } = state;
        const { memories, values } = remember(state, outcomes, n);
        const before = state.values.length === 0 ? Infinity : state.values[leaderOf(state.values)]!;
        const improved = values[leaderOf(values)]! < before;
        const informs = improved ? state.informs : drawInformants(size, settings.informants, rng);
        const [positions, velocities] = [freshVector(size * n), freshVector(size * n)];
        const [direction, centre] = [freshVector(n), freshVector(n)];
        for (let i = 0; i < size; i++)
          move(
            i,
            state,
            memories,
            bestInformant(values, informs, i),
            positions,
            velocities,
            direction,
            centre,
            n,
            settings,
            domain.bounds,
            rng,
          );
        return { size, positions, velocities, memories, values, informs };
      },
      recommend(state) {
        const i = state.memories.length === 0 ? 0 : leaderOf(state.values);
        const from = state.memories.length === 0 ? state.positions : state.memories;
        return from.slice(i * n, (i + 1) * n);
      },
      metrics(state) {
        let [sum, best] = [0, Infinity];
        for (const v of state.velocities) sum += v * v;
        if (state.values.length > 0) best = state.values[leaderOf(state.values)]!;
        return Number.isFinite(best) ? { speed: Math.sqrt(sum / state.velocities.length) } : {};
      },
    };
  },
});
