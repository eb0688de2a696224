// What the options promise: axes that follow a valley, niches that are kept, no copies, steady state.
import { describe, expect, test } from "vitest";
import { makeDomain, type Domain, type Vector } from "@basin/objective";
import { openStreams, rootKey } from "@basin/random";
import { principalAxes, turnBack } from "../src/axes.ts";
import { blend } from "../src/crossover/blend.ts";
import { marksOf, rowsSeen } from "../src/duplicates.ts";
import { gaussian } from "../src/mutation/gaussian.ts";
import { crowded, restricted } from "../src/niching.ts";
import { states } from "./drive.ts";

const SEEDS = Array.from({ length: 15 }, (_, i) => i + 1);

describe("principal axes", () => {
  // Points (s + t, s − t) with s three times as wide as t: the axes are the diagonals.
  const rng = openStreams(rootKey("axes")).rng("population");
  const parents = new Float64Array(2 * 4000);
  for (let at = 0; at < parents.length; at += 2) {
    const [s, t] = [3 * rng.normal(), rng.normal()];
    parents[at] = 100 + s + t;
    parents[at + 1] = -50 + s - t;
  }
  const covariance = (rows: Vector, n = 2): number[] => {
    const count = rows.length / n;
    const mean = (j: number): number => {
      let sum = 0;
      for (let at = j; at < rows.length; at += n) sum += rows[at]!;
      return sum / count;
    };
    const [a, b] = [mean(0), mean(1)];
    let [xx, xy, yy] = [0, 0, 0];
    for (let at = 0; at < rows.length; at += n) {
      const [x, y] = [rows[at]! - a, rows[at + 1]! - b];
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    return [xx / count, xy / count, yy / count];
  };
  const axes = principalAxes(parents, 2)!;

  test("are those of the covariance, the narrowest first, and turning there and back changes nothing", () => {
    const [xx, xy, yy] = covariance(parents);
    // V diag(spread²) Vᵀ, entry by entry
    const entry = (i: number, j: number): number =>
      [0, 1].reduce(
        (sum, k) => sum + axes.basis[i * 2 + k]! * axes.spread[k]! * axes.spread[k]! * axes.basis[j * 2 + k]!,
        0,
      );
    expect(entry(0, 0)).toBeCloseTo(xx!, 10);
    expect(entry(0, 1)).toBeCloseTo(xy!, 10);
    expect(entry(1, 1)).toBeCloseTo(yy!, 10);
    expect(axes.spread[0]).toBeLessThan(axes.spread[1]!);
    const rows = axes.members.slice();
    for (let at = 0; at < rows.length; at += 2) turnBack(rows, at, 2, axes.basis, parents);
    for (let at = 0; at < rows.length; at++) expect(rows[at]).toBeCloseTo(parents[at]!, 11);
  });

  // BLX-α at α = (√3 − 1)/2: a child is the parents' mean, of covariance Σ/2, plus d (u − ½) with independent u for each coordinate, which
  // gives Σⱼⱼ/2 to each variance and nothing to covariances. Along axes on which Σ is diagonal, Σ comes out whole; else half of Σ₀₁.
  test("crossover along them keeps correlations, of which crossover along the coordinates loses half", () => {
    const cross = blend((Math.sqrt(3) - 1) / 2);
    const [xx, xy] = covariance(parents);
    const correlationOf = (turned: boolean): number => {
      const children = new Float64Array(parents.length);
      const count = parents.length / 2;
      for (let at = 0; at < children.length; at += 4) {
        const [a, b] = [2 * rng.integer(count), 2 * rng.integer(count)];
        cross(turned ? axes.members : parents, a, b, children, at, 2, rng);
        if (!turned) continue;
        turnBack(children, at, 2, axes.basis, parents);
        turnBack(children, at + 2, 2, axes.basis, parents);
      }
      return covariance(children)[1]! / xy!;
    };
    // Standard error of a covariance of 4,000 pairs, of which twins share parents: √(2 (Σ₀₀² + Σ₀₁²) / 4000) / Σ₀₁ ≈ 3.6 %.
    const error = Math.sqrt((2 * (xx! * xx! + xy! * xy!)) / 4000) / xy!;
    expect(Math.abs(correlationOf(true) - 1)).toBeLessThan(4 * error);
    expect(Math.abs(correlationOf(false) - 0.5)).toBeLessThan(4 * error);
  });

  test("Gaussian steps along them have the population's covariance, times the square of the step size", () => {
    const [xx, xy, yy] = covariance(parents);
    const steps = new Float64Array(2 * 10_000);
    const ancestry = { parents, count: 4000, spread: axes.spread, axes: axes.basis };
    for (let at = 0; at < steps.length; at += 2) gaussian(1)(steps, at, 2, 0.5, ancestry, rng);
    // five standard errors √(2 / 10 000), more where entries are products of two different coordinates
    for (const [k, entry] of [xx!, xy!, yy!].entries())
      expect(Math.abs(covariance(steps)[k]! / (0.25 * entry) - 1)).toBeLessThan(0.08);
  });

  test("on a rotated ellipsoid, they beat the coordinates in 14 of 15 paired runs or more", () => {
    const n = 6;
    // condition 10⁴, turned by the reflection in the plane across (1, 2, …, 6)
    const across = Float64Array.from({ length: n }, (_, i) => i + 1);
    const square = across.reduce((sum, a) => sum + a * a, 0);
    const f = (x: Vector): number => {
      const along = x.reduce((sum, xi, i) => sum + across[i]! * (xi - 1), 0);
      return x.reduce((sum, xi, i) => {
        const y = xi - 1 - (2 * across[i]! * along) / square;
        return sum + 10 ** ((4 * i) / (n - 1)) * y * y;
      }, 0);
    };
    const domain = makeDomain({ dimension: n, region: { lower: -5, upper: 5 } });
    const start = new Float64Array(n).fill(-3);
    const wins = SEEDS.filter(
      (seed) =>
        states(f, domain, start, 6000, { axes: "principal" }, seed).at(-1)!.loss <
        states(f, domain, start, 6000, {}, seed).at(-1)!.loss,
    );
    // were they even, so many would be seen once in 2,000 times (16 of 2¹⁵)
    expect(wins.length).toBeGreaterThanOrEqual(14);
  });
});

describe("niching", () => {
  const himmelblau = ([x, y]: ArrayLike<number> & Iterable<number>): number =>
    (x! * x! + y! - 11) ** 2 + (x! + y! * y! - 7) ** 2;
  // Himmelblau, Applied Nonlinear Programming, 1972
  const minima = [
    [3, 2],
    [-2.805118, 3.131312],
    [-3.77931, -3.283186],
    [3.584428, -1.848126],
  ] as const;
  const domain = makeDomain({ dimension: 2, bounds: { lower: -5, upper: 5 } });
  /** How many of the four minima have a member within this distance, after 6,000 evaluations; median over seeds. */
  const kept = (settings: object, within: number): number => {
    const counts = SEEDS.map((seed) => {
      const { parents } = states(
        himmelblau,
        domain,
        Float64Array.of(0, 0),
        6000,
        { populationSize: 60, restartGrowth: 0, ...settings },
        seed,
      ).at(-1)!.members;
      return minima.filter(([x, y]) => {
        for (let at = 0; at < parents.length; at += 2)
          if (Math.hypot(parents[at]! - x, parents[at + 1]! - y) < within) return true;
        return false;
      }).length;
    });
    return counts.toSorted((a, b) => a - b)[7]!;
  };

  test("restricted tournaments keep all four minima of Himmelblau's function, to a ten-thousandth of the width", () => {
    expect(kept({ niching: "restricted-tournament" }, 1e-3)).toBe(4);
    expect(kept({ niching: "restricted-tournament", offspring: 2 }, 1e-3)).toBe(4);
  });
  test("crowding keeps them too, less exactly", () => {
    expect(kept({ niching: "crowding" }, 0.1)).toBe(4);
  });
  test("without niching, one is left", () => {
    expect(kept({}, 0.1)).toBe(1);
  });

  const members = {
    parents: Float64Array.of(0, 10, 20),
    values: Float64Array.of(1, 2, 3),
    steps: Float64Array.of(1, 1, 1),
  };
  const apart = (a: Vector, i: number, b: Vector, k: number): number => Math.abs(a[i]! - b[k]!);
  const answers = (values: readonly (number | undefined)[], children: Vector) =>
    values.map((value, i) =>
      value === undefined
        ? ({ failed: "threw", message: "" } as const)
        : ({ kind: "value", x: children.subarray(i, i + 1), value } as const),
    );

  test("crowding: children meet the parent that they are like, worked by hand", () => {
    // of parents 0 and 20, children 19 and 1: crosswise. 19 of value 2.5 beats 20 of value 3, 1 of value 1.5 loses to 0 of value 1
    const children = Float64Array.of(19, 1);
    const steps = Float64Array.of(7, 8);
    const next = crowded(
      members,
      Int32Array.of(0, 2),
      children,
      steps,
      answers([2.5, 1.5], children),
      1,
      apart,
    );
    expect([...next.parents]).toEqual([0, 10, 19]);
    expect([...next.values]).toEqual([1, 2, 2.5]);
    expect([...next.steps]).toEqual([1, 1, 7]);
    // a child without an answer, and one that failed, change nothing
    expect(
      crowded(members, Int32Array.of(0, 2), children, steps, answers([undefined], children), 1, apart),
    ).toEqual(members);
  });
  test("restricted tournaments: the nearest gives way to what is better, worked by hand", () => {
    // 12 of value 0 takes the place of 10; 13 of value 1 then meets 12, and loses
    const children = Float64Array.of(12, 13);
    const next = restricted(
      members,
      children,
      Float64Array.of(5, 6),
      answers([0, 1], children),
      3,
      1,
      apart,
      openStreams(rootKey(1)).rng("restricted"),
    );
    expect([...next.parents]).toEqual([12, 0, 20]);
    expect([...next.steps]).toEqual([5, 1, 1]);
  });
});

describe("duplicates", () => {
  test("a set of rows says which it has seen", () => {
    const rows = Float64Array.of(1, 2, 2, 1, 1, 2, 0, -0, -0, 0, Infinity, 0);
    const seen = rowsSeen(6, marksOf("real", 2));
    expect([0, 2, 4, 6, 8].map((at) => seen.add(rows, at))).toEqual([true, true, false, true, false]);
  });

  test("rows that agree where they are looked up by, and differ elsewhere, are not the same", () => {
    const n = 100;
    const marks = marksOf("real", n);
    const [one, other] = [new Float64Array(n).fill(3), new Float64Array(n).fill(3)];
    const free = Array.from(one.keys()).find((j) => !marks.places.includes(j))!;
    other[free] = 4;
    const seen = rowsSeen(3, marks);
    expect([seen.add(one, 0), seen.add(other, 0), seen.add(one.slice(), 0)]).toEqual([true, true, false]);
  });

  const copies = (parents: Vector, n: number): number => {
    const rows = Array.from({ length: parents.length / n }, (_, i) =>
      parents.slice(i * n, (i + 1) * n).join(" "),
    );
    return rows.length - new Set(rows).size;
  };
  const ones = (x: Vector): number => x.length - x.reduce((sum, bit) => sum + bit, 0);
  const bits = makeDomain({ dimension: 12, encoding: "bits", bounds: { lower: 0, upper: 1 } });
  const tour = makeDomain({ dimension: 6, encoding: "permutation", bounds: { lower: 0, upper: 5 } });
  const weights = makeDomain({
    dimension: 6,
    region: { lower: -5, upper: 5 },
    layout: [
      { name: "W", offset: 0, shape: [2, 2] },
      { name: "b", offset: 4, shape: [2] },
    ],
  });
  const places = (x: Vector): number => x.reduce((sum, item, j) => sum + Math.abs(item - j), 0);
  const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);

  test.each([
    ["bits", bits, ones, {}],
    ["permutations", tour, places, {}],
    ["permutations in steady state", tour, places, { offspring: 2 }],
    ["blocks that are exchanged", weights, sphere, { blockRate: 1 }],
    ["coordinates that are exchanged", weights, sphere, { crossover: "uniform", elites: 1 }],
    ["bits in niches", bits, ones, { niching: "crowding" }],
  ] as const)("no member is a copy of another: %s", (_, domain: Domain, f, settings) => {
    const start = Float64Array.from({ length: domain.dimension }, (_, i) =>
      domain.encoding === "bits" ? 0 : i,
    );
    const [n, size] = [domain.dimension, 30];
    const found = (duplicates: boolean): number =>
      states(f, domain, start, 1500, { populationSize: size, restartGrowth: 0, ...settings, duplicates })
        .map(({ members }) => copies(members.parents, n))
        .reduce((a, b) => Math.max(a, b), 0);
    expect(found(false)).toBe(0);
    // where they are allowed, there are some: the test could fail
    expect(found(true)).toBeGreaterThan(0);
  });

  test("where there are no others, copies are let be", () => {
    const few = makeDomain({ dimension: 2, encoding: "bits", bounds: { lower: 0, upper: 1 } });
    const all = states(ones, few, new Float64Array(2), 200, { populationSize: 20 });
    expect(all.at(-1)!.loss).toBe(0);
  });
});

describe("steady state", () => {
  const domain = makeDomain({ dimension: 3, region: { lower: -5, upper: 5 } });
  const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);

  test("two children a generation, each competing at once: members of each rank only become better", () => {
    const all = states(
      sphere,
      domain,
      Float64Array.of(4, 4, 4),
      600,
      { offspring: 2, elites: 1, populationSize: 20 },
      3,
    );
    expect(all[0]!.children.length).toBe(20 * 3);
    const settled = all.slice(1);
    for (const [t, { children, members }] of settled.entries()) {
      expect(children.length).toBe(2 * 3);
      expect(members.values.length).toBe(20);
      const before = settled[Math.max(0, t - 1)]!.members.values;
      for (const [rank, value] of members.values.entries()) expect(value).toBeLessThanOrEqual(before[rank]!);
    }
    expect(all.at(-1)!.loss).toBeLessThan(1e-3);
  });

  test("where few survive, as many members live on as there are no children for", () => {
    const all = states(
      sphere,
      domain,
      Float64Array.of(4, 4, 4),
      300,
      { offspring: 6, elites: 0, populationSize: 20 },
      3,
    );
    for (const { members } of all.slice(1)) expect(members.values.length).toBe(20);
  });
});
