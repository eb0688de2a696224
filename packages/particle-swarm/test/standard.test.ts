// The move of standard PSO 2011 against its equations (Clerc 2012, eqs. 3.12 to 3.15), written down a second time from the states alone.
import { expect, test } from "vitest";
import { makeDomain, parseSettings, type Vector } from "@basin/objective";
import { particleSwarm } from "@basin/particle-swarm";
import { openStreams, rootKey } from "@basin/random";

const n = 5;
const [w, c] = [1 / (2 * Math.log(2)), 0.5 + Math.log(2)];
const ellipsoid = (x: Vector): number => x.reduce((sum, xi, j) => sum + (j + 1) * (xi - 1) * (xi - 1), 0);
const row = (rows: Vector, i: number): Vector => rows.subarray(i * n, (i + 1) * n);
const norm = (x: Vector): number => Math.sqrt(x.reduce((sum, xi) => sum + xi * xi, 0));

test("40 particles; each lands in the sphere around its centre of gravity, at a share of the radius that is uniform", () => {
  const domain = makeDomain({ dimension: n });
  const settings = parseSettings(particleSwarm.hyperparameters, {}, "test");
  const search = particleSwarm.create(settings, domain, 4000);
  const streams = openStreams(rootKey(1));
  let state = search.init(new Float64Array(n).fill(3), streams.rng("init"));
  const shares: number[] = [];
  for (let t = 0; t < 100; t++) {
    const ask = search.ask(state);
    if ("stop" in ask) throw new Error(ask.stop);
    expect(ask.queries).toHaveLength(40);
    const outcomes = ask.queries.map(({ x }) => ({ kind: "value", x, value: ellipsoid(x) }) as const);
    const next = search.tell(state, outcomes, streams.rng("tell", t));
    for (let i = 0; i < 40; i++) {
      const informants = Array.from({ length: 40 }, (_, k) => k).filter(
        (k) => next.informs[k * 40 + i] === 1,
      );
      expect(informants).toContain(i);
      const leader = informants.reduce((best, k) => (next.values[k]! < next.values[best]! ? k : best));
      const [x, v] = [row(state.positions, i), row(state.velocities, i)];
      const [p, l] = [row(next.memories, i), row(next.memories, leader)];
      // G = x + c (p − x)/2 where the particle is its own best informant, else x + c (p + l − 2x)/3.
      const pull = x.map((xj, j) =>
        leader === i ? (c * (p[j]! - xj)) / 2 : (c * (p[j]! + l[j]! - 2 * xj)) / 3,
      );
      const drawn = x.map((xj, j) => row(next.positions, i)[j]! - xj - w * v[j]! - pull[j]!);
      const radius = norm(pull);
      if (radius < 1e-9) continue;
      expect(norm(drawn)).toBeLessThanOrEqual(radius * (1 + 1e-6));
      shares.push(norm(drawn) / radius);
    }
    state = next;
  }
  // Some 4,000 uniform numbers: four standard errors of their mean and of their mean square.
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  expect(shares.length).toBeGreaterThan(3000);
  expect(Math.abs(mean(shares) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / shares.length));
  expect(Math.abs(mean(shares.map((s) => s * s)) - 1 / 3)).toBeLessThan(
    4 * Math.sqrt(4 / 45 / shares.length),
  );
});
