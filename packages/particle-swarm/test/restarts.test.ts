// When a swarm gives way to the next, and what the next one is.
import { describe, expect, test } from "vitest";
import { makeDomain, parseSettings, type Vector } from "@basin/objective";
import { pointsAsked } from "@basin/optimizer/laws";
import { particleSwarm, restartingParticleSwarm } from "@basin/particle-swarm";
import { openStreams, rootKey } from "@basin/random";

const boxOf = (n: number) => makeDomain({ dimension: n, bounds: { lower: -5, upper: 5 } });
const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);

/** Answers as `answer` says by number of move and particle; gives every state, the first included. */
function search(
  n: number,
  moves: number,
  settings: Record<string, unknown>,
  answer: (x: Vector, move: number, particle: number) => number,
) {
  const optimizer = restartingParticleSwarm;
  const one = optimizer.create(parseSettings(optimizer.hyperparameters, settings, "test"), boxOf(n), 1e6);
  const streams = openStreams(rootKey(4));
  const states = [one.init(new Float64Array(n).fill(2), streams.rng("init"))];
  for (let t = 0; t < moves; t++) {
    const state = states[t]!;
    const ask = one.ask(state);
    if ("stop" in ask) throw new Error(ask.stop);
    const outcomes = ask.queries.map(({ x }, i) => ({ kind: "value", x, value: answer(x, t, i) }) as const);
    states.push(one.tell(state, outcomes, streams.rng("tell", t)));
  }
  return { states, recommend: one.recommend };
}
const sizes = (states: readonly { readonly swarm: { readonly size: number } }[]) =>
  states.map(({ swarm }) => swarm.size);
const times = <T>(count: number, values: readonly T[]): T[] =>
  values.flatMap((value) => new Array<T>(count).fill(value));

test("where nothing gets better a swarm has its first move and those of its patience; both kinds double in turn", () => {
  // The memories stay apart: n = 5 has 12, then the standard's 40 and 4 n = 20 by differences in turn, each twice the last of its kind.
  const { states } = search(5, 3 * 7, { patience: 2 }, () => 1);
  expect(sizes(states.slice(0, -1))).toEqual(times(3, [12, 40, 20, 80, 40, 160, 80]));
});

test("a first swarm larger than these sets the least size, growth 1 none at all, and a thousand is the most", () => {
  const { states } = search(5, 2 * 5, { patience: 1, swarmSize: 60, growth: 1 }, () => 1);
  expect(sizes(states.slice(0, -1))).toEqual(times(2, [60, 60, 60, 60, 60]));
  const large = search(2, 8, { patience: 1, swarmSize: 300, growth: 10 }, () => 1).states.slice(0, -1);
  expect(sizes(large)).toEqual(times(2, [300, 300, 300, 1000]));
});

describe("progress is an improvement of the best or of the median by more than a hundredth of their distance", () => {
  // Of 4 particles the third best is the median: memories are 0, 100, 100, 100 after the first move, so that a hundredth is 1.
  const ends = (best: number, others: number): number => {
    const answer = (_: Vector, move: number, i: number): number =>
      move === 0 ? (i === 0 ? 0 : 100) : move === 1 ? (i === 0 ? best : others) : 1000;
    const { states } = search(3, 6, { patience: 3, swarmSize: 4 }, answer);
    return states.findIndex(({ round }) => round === 1);
  };
  test.each([
    ["nothing", 0, 100, 4],
    ["the best by too little", -0.9, 100, 4],
    ["the best by enough", -1.1, 100, 5],
    ["the median by too little", 0, 99.1, 4],
    ["the median by enough", 0, 98.9, 5],
  ])("%s", (_, best, others, state) => {
    expect(ends(best, others)).toBe(state);
  });
});

test("where most of a swarm fails, the improvements of the few count", () => {
  const answer = (_: Vector, move: number, i: number): number => (i === 0 ? -move : Number.NaN);
  const { states } = search(3, 30, { patience: 3 }, answer);
  expect(states.at(-1)!.round).toBe(0);
});

describe("a swarm whose memories have converged", () => {
  const n = 3;
  const { states } = search(n, 1500, {}, sphere);
  const extents = (points: Vector): number[] =>
    [0, 1, 2].map((j) => {
      const column = points.filter((_, at) => at % n === j);
      return Math.max(...column) - Math.min(...column);
    });
  const first = states.findIndex(({ round }) => round === 1);
  const second = states.findIndex(({ round }) => round === 2);

  test("ends within a thousandth of the region if it is the first, within 10⁻⁹ of it else", () => {
    // A region of width 10. One move before the end a coordinate is wider than that.
    expect(Math.max(...extents(states[first - 1]!.swarm.memories))).toBeGreaterThan(1e-2);
    expect(Math.max(...extents(states[second - 1]!.swarm.memories))).toBeGreaterThan(1e-8);
    expect(Math.max(...extents(states[second - 1]!.swarm.memories))).toBeLessThan(1e-6);
  });

  test("gives way to one by differences around the best point, then to the standard's, all over the region", () => {
    const [narrow, rugged] = [states[first]!, states[second]!];
    expect([narrow.swarm.size, rugged.swarm.size]).toEqual([4 * n, 40]);
    expect(narrow.swarm.memories).toHaveLength(0);
    // An eighth of the width, 1.25, on both sides; 12 uniform points span half of it in a coordinate but with probability 13 / 2¹².
    for (const [at, x] of narrow.swarm.positions.entries())
      expect(Math.abs(x - narrow.incumbent[at % n]!)).toBeLessThanOrEqual(1.25 * (1 + 1e-12));
    for (const extent of extents(narrow.swarm.positions)) expect(extent).toBeGreaterThan(1.25);
    for (const extent of extents(rugged.swarm.positions)) expect(extent).toBeGreaterThan(5);
  });
});

test("begins around a best point in the corner of the box within the bounds", () => {
  const { states } = search(2, 300, {}, (x) => x[0]! + x[1]!);
  const next = states.find(({ round }) => round === 1)!;
  expect(Math.max(...next.incumbent)).toBeLessThan(-4.9);
  for (const x of next.swarm.positions) {
    expect(x).toBeGreaterThanOrEqual(-5);
    expect(x).toBeLessThan(-3.6);
  }
});

test("remembers the best of all swarms", () => {
  const n = 2;
  // Many basins, so that later swarms end elsewhere.
  const egg = (x: Vector): number => sphere(x) + 30 * x.reduce((sum, xi) => sum + (Math.round(xi) & 1), 0);
  let least = Infinity;
  let [restarts, before] = [0, Infinity];
  const { states, recommend } = search(n, 250, { patience: 4 }, (x) => {
    least = Math.min(least, egg(x));
    return egg(x);
  });
  for (const state of states.slice(1)) {
    expect(egg(recommend(state))).toBe(state.value);
    expect(state.value).toBeLessThanOrEqual(before);
    [restarts, before] = [state.round, state.value];
  }
  expect(restarts).toBeGreaterThan(1);
  expect(before).toBe(least);
});

test("the first swarm is particle-swarm with its settings", () => {
  const start = Float64Array.of(3, -2, 4, 1, 2, -1);
  const settings = { swarmSize: 12, inertia: 0.6, attraction: 1.4, informants: 6 };
  const asked = (optimizer: typeof particleSwarm | typeof restartingParticleSwarm, more = {}) =>
    pointsAsked(optimizer as typeof particleSwarm, sphere, boxOf(6), start, 15 * 12, { settings: more })
      .points;
  expect(asked(restartingParticleSwarm)).toEqual(asked(particleSwarm, settings));
});

test("gives the same points on f and on 4 f", () => {
  const start = Float64Array.of(3, -2, 4, 1);
  const asked = (factor: number) =>
    pointsAsked(restartingParticleSwarm, (x) => factor * sphere(x), boxOf(4), start, 5001).points;
  expect(asked(4)).toEqual(asked(1));
});

test("follows the same path in other scales of the coordinates and the region", () => {
  const search = (factors: Vector) => {
    const upper = factors.map((factor) => 5 * factor);
    const scaled = makeDomain({ dimension: 3, region: { lower: upper.map((u) => -u), upper } });
    const start = factors.map((factor, j) => factor * (j + 1));
    const f = (x: Vector): number => sphere(x.map((xj, j) => xj / factors[j]! - j));
    return pointsAsked(restartingParticleSwarm, f, scaled, start, 3000).points.map((x) =>
      x.map((xj, j) => xj / factors[j]!),
    );
  };
  // Powers of two: no digit is lost, so that the paths are equal to the last bit.
  expect(search(Float64Array.of(1, 1024, 1 / 64))).toEqual(search(Float64Array.of(1, 1, 1)));
});

test("finds 1e-8 in the narrow valley of a turned ellipsoid, which the first swarm does not", () => {
  const n = 4;
  // Condition 10⁶, along the axes of Hadamard's matrix.
  const weights = [1, 1e2, 1e4, 1e6];
  const signs = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]; // prettier-ignore
  const ellipsoid = (x: Vector): number =>
    signs.reduce((sum, row, i) => {
      const along = row.reduce((total, sign, j) => total + (sign * (x[j]! - j / 3)) / 2, 0);
      return sum + weights[i]! * along * along;
    }, 0);
  let [first, least] = [Infinity, Infinity];
  const { states } = search(n, 500, {}, (x) => {
    least = Math.min(least, ellipsoid(x));
    return ellipsoid(x);
  });
  for (const { round, value } of states) if (round === 0) first = value;
  expect(first).toBeGreaterThan(1e-3);
  expect(least).toBeLessThan(1e-8);
});
