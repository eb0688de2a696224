// The swarm as plain data, and who informs whom.
import { freshVector, type Box, type Query, type Vector } from "@basin/objective";
import type { Rng } from "@basin/random";

export type Swarm = {
  readonly size: number;
  /** Where the particles are: the questions. Shape [size × n]. */
  readonly positions: Vector;
  /** Shape [size × n], in units of x. */
  readonly velocities: Vector;
  /** The best point of each, shape [size × n]; empty until the first answers arrive. */
  readonly memories: Vector;
  /** f there, shape [size]; +Infinity where nothing succeeded yet. */
  readonly values: Vector;
  /** informs[i · size + j] is 1 where particle i informs particle j. Shape [size × size]. */
  readonly informs: Readonly<Uint8Array>;
};

/** Each particle informs itself and K others drawn at random, repetitions allowed (Clerc 2012, section 3.4). */
export function drawInformants(size: number, count: number, rng: Rng): Uint8Array {
  const informs = new Uint8Array(size * size);
  for (let i = 0; i < size; i++) {
    informs[i * size + i] = 1;
    for (let k = 0; k < count; k++) informs[i * size + rng.integer(size)] = 1;
  }
  return informs;
}

/** Positions uniform in the box, the start first; velocities U(lower − x, upper − x) in each coordinate (eq. 3.7). */
export function firstSwarm(
  start: Vector,
  size: number,
  informants: number,
  { lower, upper }: Box,
  rng: Rng,
): Swarm {
  const n = start.length;
  const positions = rng.fillUniform(freshVector(size * n));
  const velocities = rng.fillUniform(freshVector(size * n));
  for (let i = 0; i < positions.length; i++) {
    const [l, u] = [lower[i % n]!, upper[i % n]!];
    positions[i] = i < n ? start[i]! : l + positions[i]! * (u - l);
    velocities[i] = l - positions[i]! + velocities[i]! * (u - l);
  }
  return {
    size,
    positions,
    velocities,
    memories: new Float64Array(0),
    values: new Float64Array(0),
    informs: drawInformants(size, informants, rng),
  };
}

/** Index of the best memory among those that inform particle j. Equal values: the lowest index. */
export function bestInformant(values: Vector, informs: Readonly<Uint8Array>, j: number): number {
  const size = values.length;
  let best = j;
  for (let i = 0; i < size; i++) {
    if (informs[i * size + j] === 0) continue;
    if (values[i]! < values[best]! || (values[i] === values[best] && i < best)) best = i;
  }
  return best;
}

/** The particle with the best memory, the first of equals. `values` of shape [size]. */
export function leaderOf(values: Vector): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[best]!) best = i;
  return best;
}

/** A value query for each position. */
export function questions({ size, positions }: Swarm): Query<"value">[] {
  const n = positions.length / size;
  return Array.from({ length: size }, (_, i) => ({
    kind: "value",
    x: new Float64Array(positions.buffer, positions.byteOffset + 8 * i * n, n),
  }));
}

/** Root mean square of the velocities, in units of x. */
export function speed({ velocities }: Swarm): number {
  let sum = 0;
  for (const v of velocities) sum += v * v;
  return Math.sqrt(sum / velocities.length);
}
