// One flight of a swarm: memories take what was found, informants are drawn anew if that was nothing, and every particle moves.
//
// Clerc, "Standard Particle Swarm Optimisation", HAL hal-00764996, 2012. Differences of two particles as the random part of a velocity:
// Das, Konar & Chakraborty, GECCO 2005.
import { lossOf, type Box, type Outcome, type Vector, freshVector } from "@basin/objective";
import type { Rng } from "@basin/random";
import { bestInformant, drawInformants, leaderOf, type Swarm } from "./swarm.ts";

/** How particles fly. */
export interface Flight {
  readonly inertia: number;
  readonly attraction: number;
  readonly informants: number;
  readonly spread: "sphere" | "differences";
  /** Share of the difference of two memories that a move is spread by at most; of no meaning for the sphere. */
  readonly share: number;
  /** The sphere is one in x divided by these, shape [n]. */
  readonly units: Vector;
}

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
 * With spread "differences" x′ is G and up to `share` of the difference of two other memories, so that the swarm spreads by its own shape
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
  flight: Flight,
  { lower, upper }: Box,
  rng: Rng,
): void {
  const { inertia, attraction, units } = flight;
  const [row, best] = [i * n, leader * n];
  const sphere = flight.spread === "sphere";
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
    const unitless = c / units[j]!;
    radius += unitless * unitless;
    length += d * d;
  }
  // Radius of the draw: uniform, as in Clerc's program: more points near the centre than a uniform ball would have.
  const scale = !sphere
    ? flight.share * (2 * rng.uniform() - 1)
    : length > 0
      ? (rng.uniform() * Math.sqrt(radius)) / Math.sqrt(length)
      : 0;
  if (sphere) for (let j = 0; j < n; j++) direction[j]! *= units[j]!;
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

/** The swarm after its questions were answered: fewer outcomes than particles leave the last ones unheard. Shapes as in Swarm. */
export function fly(
  swarm: Swarm,
  outcomes: readonly Outcome<"value">[],
  flight: Flight,
  bounds: Box,
  rng: Rng,
): Swarm {
  const { size } = swarm;
  const n = swarm.positions.length / size;
  const { memories, values } = remember(swarm, outcomes, n);
  const before = swarm.values.length === 0 ? Infinity : swarm.values[leaderOf(swarm.values)]!;
  const improved = values[leaderOf(values)]! < before;
  const informs = improved ? swarm.informs : drawInformants(size, flight.informants, rng);
  const [positions, velocities] = [freshVector(size * n), freshVector(size * n)];
  const [direction, centre] = [freshVector(n), freshVector(n)];
  for (let i = 0; i < size; i++) {
    const leader = bestInformant(values, informs, i);
    move(i, swarm, memories, leader, positions, velocities, direction, centre, n, flight, bounds, rng);
  }
  return { size, positions, velocities, memories, values, informs };
}
