// Each operator against the distribution that its paper promises; expected values are derived beside each test.
import { describe, expect, test } from "vitest";
import type { Vector } from "@basin/objective";
import { openStreams, rootKey, type Rng } from "@basin/random";
import { bringBack } from "../src/bounds.ts";
import { arithmetic } from "../src/crossover/arithmetic.ts";
import { blend } from "../src/crossover/blend.ts";
import { blocks } from "../src/crossover/blocks.ts";
import type { Crossover } from "../src/crossover/crossover.ts";
import { order } from "../src/crossover/order.ts";
import { onePoint } from "../src/crossover/one-point.ts";
import { simulatedBinary } from "../src/crossover/simulated-binary.ts";
import { uniform } from "../src/crossover/uniform.ts";
import { differential } from "../src/mutation/differential.ts";
import { flip } from "../src/mutation/flip.ts";
import { gaussian } from "../src/mutation/gaussian.ts";
import { inversion } from "../src/mutation/inversion.ts";
import type { Ancestry, Mutation } from "../src/mutation/mutation.ts";
import { polynomial } from "../src/mutation/polynomial.ts";
import { reset } from "../src/mutation/reset.ts";
import { rank } from "../src/selection/rank.ts";
import { roulette } from "../src/selection/roulette.ts";
import type { Selection } from "../src/selection/selection.ts";
import { tournament } from "../src/selection/tournament.ts";

const streams = openStreams(rootKey("operators"));
const DRAWS = 20_000;

/** Σ (observed − expected)² / expected over cells of these probabilities: χ² with one degree fewer than cells. */
function chiSquare(counts: ArrayLike<number>, probabilities: readonly number[], draws: number): number {
  return probabilities.reduce((sum, p, i) => sum + (counts[i]! - p * draws) ** 2 / (p * draws), 0);
}
// below these in all but one of 10 000 draws
const CHI: Readonly<Record<number, number>> = { 2: 18.42, 3: 21.11, 4: 23.51, 15: 44.26 };

function mean(xs: readonly number[]): number {
  return xs.reduce((a, b) => a + b, 0) / xs.length;
}

describe("selection", () => {
  const values = Float64Array.of(0, 1, 2, 3, 10);
  const counts = (selection: Selection, of: Vector = values): Float64Array => {
    const draw = selection(of, of.length);
    const rng = streams.rng("selection");
    const seen = new Float64Array(of.length);
    for (let i = 0; i < DRAWS; i++) seen[draw(rng)]!++;
    return seen;
  };

  test("tournament: rank r of N wins with ((N − r)ᵏ − (N − r − 1)ᵏ) / Nᵏ", () => {
    const expected = [0, 1, 2, 3, 4].map((r) => ((5 - r) ** 3 - (4 - r) ** 3) / 5 ** 3);
    expect(chiSquare(counts(tournament(3)), expected, DRAWS)).toBeLessThan(CHI[4]!);
  });

  test("rank: the chance falls in a line from s / N to (2 − s) / N", () => {
    const expected = [0, 1, 2, 3, 4].map((r) => (1.6 - (1.2 * r) / 4) / 5);
    expect(chiSquare(counts(rank(1.6)), expected, DRAWS)).toBeLessThan(CHI[4]!);
  });

  test("roulette: proportional to the distance from the worst, which keeps a hundredth of the average", () => {
    // distances 10, 9, 8, 7, 0, of average 6.8
    const expected = [10, 9, 8, 7, 0.068].map((gain) => gain / 34.068);
    expect(chiSquare(counts(roulette), expected, DRAWS)).toBeLessThan(CHI[4]!);
  });

  test("roulette bears failures and equal values", () => {
    // distances 1, 0, and a failure: of average 1/3
    const failed = [1, 1 / 300, 1 / 300].map((gain) => gain / (1 + 2 / 300));
    expect(chiSquare(counts(roulette, Float64Array.of(1, 2, Infinity)), failed, DRAWS)).toBeLessThan(CHI[2]!);
    for (const value of [7, Infinity])
      expect(
        chiSquare(counts(roulette, new Float64Array(4).fill(value)), [0.25, 0.25, 0.25, 0.25], DRAWS),
      ).toBeLessThan(CHI[3]!);
  });
});

describe("crossover", () => {
  // three rows; the parents are the last and the first, the children go to rows 1 and 2 of another matrix
  const [x, y] = [
    [10, 20, 30, 40],
    [1, 2, 3, 4],
  ] as const;
  const parents = Float64Array.from([...y, 0, 0, 0, 0, ...x]);
  const children = (cross: Crossover, times: number): { first: number[]; second: number[] }[] => {
    const rng = streams.rng("crossover");
    return Array.from({ length: times }, () => {
      const out = new Float64Array(12).fill(-1);
      cross(parents, 8, 0, out, 4, 4, rng);
      expect([...out.subarray(0, 4)]).toEqual([-1, -1, -1, -1]);
      return { first: [...out.subarray(4, 8)], second: [...out.subarray(8, 12)] };
    });
  };

  test("one-point exchanges what comes after a cut, each equally likely", () => {
    const cuts = new Float64Array(4);
    for (const { first, second } of children(onePoint, 3000)) {
      const cut = first.findIndex((value) => value < 10);
      expect(first).toEqual([...x.slice(0, cut), ...y.slice(cut)]);
      expect(second).toEqual([...y.slice(0, cut), ...x.slice(cut)]);
      cuts[cut]!++;
    }
    expect(chiSquare(cuts.subarray(1), [1 / 3, 1 / 3, 1 / 3], 3000)).toBeLessThan(CHI[2]!);
  });

  test("uniform exchanges each coordinate by a fair coin, independently", () => {
    const patterns = new Float64Array(16);
    for (const { first, second } of children(uniform, 3200)) {
      let pattern = 0;
      for (const [j, value] of first.entries()) {
        expect([value, second[j]]).toEqual(value < 10 ? [y[j], x[j]] : [x[j], y[j]]);
        if (value < 10) pattern += 1 << j;
      }
      patterns[pattern]!++;
    }
    expect(chiSquare(patterns, new Array<number>(16).fill(1 / 16), 3200)).toBeLessThan(CHI[15]!);
  });

  test("uniform tosses new coins after 32 coordinates", () => {
    const n = 70;
    const both = Float64Array.from({ length: 2 * n }, (_, i) => (i < n ? 0 : 1));
    const out = new Float64Array(2 * n);
    const exchanged = new Float64Array(n);
    const rng = streams.rng("long");
    for (let i = 0; i < 1000; i++) {
      uniform(both, 0, n, out, 0, n, rng);
      for (let j = 0; j < n; j++) exchanged[j]! += out[j]!;
    }
    // standard deviation √(1000 / 4) ≈ 15.8: five of them
    for (const count of exchanged) expect(Math.abs(count - 500)).toBeLessThan(79);
  });

  test("arithmetic keeps to the line through the parents, and their mean", () => {
    const weights: number[] = [];
    for (const { first, second } of children(arithmetic(0.25), 4000)) {
      const w = (first[0]! - 1) / 9;
      expect(w).toBeGreaterThanOrEqual(-0.25);
      expect(w).toBeLessThanOrEqual(1.25);
      for (let j = 0; j < 4; j++) {
        expect(first[j]).toBeCloseTo(w * x[j]! + (1 - w) * y[j]!, 12);
        expect(first[j]! + second[j]!).toBeCloseTo(x[j]! + y[j]!, 12);
      }
      weights.push(w);
    }
    // uniform on an interval of length 1.5: mean 1/2, standard error 1.5/√12/√4000 ≈ 0.0068
    expect(Math.abs(mean(weights) - 0.5)).toBeLessThan(0.034);
  });

  test("blend is uniform over the extended interval; at α = (√3 − 1)/2 it keeps the variance of the parents", () => {
    const alpha = (Math.sqrt(3) - 1) / 2;
    const values = children(blend(alpha), 4000).flatMap(({ first, second }) => [first[3]!, second[3]!]);
    // parents 40 and 4: mean 22, variance 18² = 324, interval (1 + 2α) 36 long
    for (const value of values) expect(Math.abs(value - 22)).toBeLessThanOrEqual(18 * Math.sqrt(3) + 1e-12);
    const variance = mean(values.map((value) => (value - 22) ** 2));
    // a uniform's fourth moment is 9/5 σ⁴: standard error of the variance 324 √(4/5 / 8000) ≈ 3.2
    expect(Math.abs(mean(values) - 22)).toBeLessThan((5 * 18) / Math.sqrt(8000));
    expect(Math.abs(variance - 324)).toBeLessThan(16.2);
  });

  test("simulated binary keeps the mean, and its spread factor has P(β ≤ b) = b^(η+1) / 2 below 1", () => {
    const eta = 2;
    let [crossed, contracted, strongly] = [0, 0, 0];
    for (const { first, second } of children(simulatedBinary(eta), 10_000)) {
      for (let j = 0; j < 4; j++) expect(first[j]! + second[j]!).toBeCloseTo(x[j]! + y[j]!, 10);
      const beta = Math.abs(first[0]! - second[0]!) / 9;
      if (beta === 1) continue; // not crossed
      crossed++;
      if (beta < 1) contracted++;
      if (beta < 0.7) strongly++;
    }
    // half of the coordinates are crossed; half of those contract, and 0.7³/2 by a factor below 0.7; five standard errors
    expect(Math.abs(crossed / 10_000 - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / 10_000));
    expect(Math.abs(contracted / crossed - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / crossed));
    const p = 0.7 ** 3 / 2;
    expect(Math.abs(strongly / crossed - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / crossed));
  });

  test("blocks go whole", () => {
    const exchange = blocks([
      { name: "W", offset: 0, shape: [1, 3] },
      { name: "b", offset: 3, shape: [1] },
    ]);
    const patterns = new Float64Array(4);
    for (const { first, second } of children(exchange, 2000)) {
      const [matrix, bias] = [first[0]! < 10, first[3]! < 10];
      expect(first.slice(0, 3)).toEqual((matrix ? y : x).slice(0, 3));
      expect(second.slice(0, 3)).toEqual((matrix ? x : y).slice(0, 3));
      expect([first[3], second[3]]).toEqual(bias ? [4, 40] : [40, 4]);
      patterns[(matrix ? 2 : 0) + (bias ? 1 : 0)]!++;
    }
    expect(chiSquare(patterns, [0.25, 0.25, 0.25, 0.25], 2000)).toBeLessThan(CHI[3]!);
  });
});

describe("mutation", () => {
  const ancestry: Ancestry = {
    // members 0, 2, 4 and 0, 20, 40: of variance 8/3 and 800/3
    parents: Float64Array.of(0, 0, 2, 20, 4, 40),
    count: 3,
    spread: Float64Array.of(Math.sqrt(8 / 3), Math.sqrt(800 / 3)),
  };
  const moves = (
    mutate: Mutation,
    step: number,
    times: number,
    rng: Rng = streams.rng("mutation"),
  ): number[][] =>
    Array.from({ length: times }, () => {
      const rows = Float64Array.of(9, 9, 100, 200, 9, 9);
      mutate(rows, 2, 2, step, ancestry, rng);
      expect([rows[0], rows[1], rows[4], rows[5]]).toEqual([9, 9, 9, 9]);
      return [rows[2]! - 100, rows[3]! - 200];
    });
  const variance = (steps: number[][], j: number): number => mean(steps.map((step) => step[j]! ** 2));

  test("gaussian steps are as wide as the population, times the step size", () => {
    const steps = moves(gaussian(1), 0.5, 10_000);
    // standard error of a variance: σ² √(2 / 10 000)
    for (const [j, expected] of [2 / 3, 200 / 3].entries()) {
      expect(Math.abs(variance(steps, j) / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / 10_000));
      expect(Math.abs(mean(steps.map((step) => step[j]!)))).toBeLessThan(5 * Math.sqrt(expected / 10_000));
    }
  });

  test("gaussian steps of a share change that many coordinates, one at least", () => {
    const changed = moves(gaussian(0.01), 1, 2000).map((step) => step.filter((move) => move !== 0).length);
    expect(new Set(changed)).toEqual(new Set([1]));
  });

  test("differential steps have the population's covariance, times the square of the step size", () => {
    const steps = moves(differential, 0.5, 20_000);
    // of a normal times a difference of three equal points, which is 0, ±2, ±4 with 3, 4, 2 of 9: fourth moment 3 · 64 / … , a
    // kurtosis of 3 E d⁴ / (E d²)² = 3 · 64 / (16/3)² = 6.75, so a standard error of √(5.75 / 20 000) ≈ 1.7 %
    for (const [j, expected] of [2 / 3, 200 / 3].entries())
      expect(Math.abs(variance(steps, j) / expected - 1)).toBeLessThan(0.085);
    // along the line on which all members lie
    for (const [a, b] of steps) expect(b).toBeCloseTo(10 * a!, 9);
  });

  test("polynomial steps stay within the region's width, and are 1 / (η + 2) of it on average", () => {
    const steps = moves(polynomial(3, 1, Float64Array.of(1, 50)), 7, 10_000);
    for (const [j, width] of [1, 50].entries()) {
      const sizes = steps.map((step) => Math.abs(step[j]!) / width);
      expect(Math.max(...sizes)).toBeLessThan(1);
      // E δ² = 2 / ((η + 2)(η + 3)) = 1/15, so a variance of 1/15 − 1/25 = 2/75
      expect(Math.abs(mean(sizes) - 1 / 5)).toBeLessThan(5 * Math.sqrt(2 / 75 / 10_000));
    }
  });

  test("reset draws from the region, coordinates at the rate", () => {
    const box = { lower: Float64Array.of(-1, 5), upper: Float64Array.of(1, 6) };
    const steps = moves(reset(0.25, box), 1, 10_000);
    const drawn = steps.filter(([a]) => a !== 0).map(([a]) => a! + 100);
    for (const value of drawn) expect(Math.abs(value)).toBeLessThanOrEqual(1);
    expect(Math.abs(drawn.length / 10_000 - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 10_000));
    expect(Math.abs(mean(drawn))).toBeLessThan(5 * Math.sqrt(1 / 3 / drawn.length));
  });
});

test("children come back by a mirror, and from an overflow to their parent", () => {
  const box = {
    lower: Float64Array.of(0, 0, 0, 0, -Infinity),
    upper: Float64Array.of(10, 10, 10, 10, Infinity),
  };
  const rows = Float64Array.of(-2, 13, 25, NaN, Infinity);
  bringBack(rows, 0, 5, box, Float64Array.of(5, 5, 5, 5, 5), 0);
  // 25 is mirrored to −5, which is outside still, so to the edge
  expect([...rows]).toEqual([2, 7, 0, 5, 5]);
});

describe("bits and permutations", () => {
  const nobody: Ancestry = { parents: new Float64Array(0), count: 0, spread: new Float64Array(0) };

  test("order crossover keeps a stretch of one parent in its place, and the order of the other elsewhere", () => {
    const rng = streams.rng("order");
    const n = 7;
    const stretches = new Set<string>();
    for (let i = 0; i < 3000; i++) {
      const parents = Float64Array.from([...rng.permutation(n), ...rng.permutation(n)]);
      const [x, y] = [[...parents.subarray(0, n)], [...parents.subarray(n)]];
      const out = new Float64Array(2 * n);
      order(parents, 0, n, out, 0, n, rng);
      for (const [child, own, other] of [
        [[...out.subarray(0, n)], x, y],
        [[...out.subarray(n)], y, x],
      ] as const) {
        expect(child.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
        // some stretch, going round, is the parent's; behind it, the rest comes in the order in which the other has it from there on
        const fits = Array.from(
          { length: n * (n - 1) },
          (_, k) => [k % n, 1 + Math.floor(k / n)] as const,
        ).some(([from, length]) => {
          const place = (k: number): number => (from + k) % n;
          const kept = Array.from({ length }, (_, k) => own[place(k)]!);
          const rest = Array.from({ length: n }, (_, k) => other[place(length + k)]!).filter(
            (item) => !kept.includes(item),
          );
          const fit = [...kept, ...rest].every((item, k) => child[place(k)] === item);
          if (fit) stretches.add(`${from} ${length}`);
          return fit;
        });
        expect(fits).toBe(true);
      }
    }
    // a stretch of all places but one makes the parent again, wherever it begins: those count once
    expect(stretches.size).toBe(n * (n - 2) + 1);
  });

  test("a flip changes at least one bit, and 1 + (n − 1) p on average", () => {
    const rng = streams.rng("flip");
    const counts = Array.from({ length: 5000 }, () => {
      const rows = Float64Array.of(9, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 9);
      const before = [...rows];
      flip(rows, 1, 10, 2, nobody, rng);
      expect([rows[0], rows[11]]).toEqual([9, 9]);
      for (const bit of rows.subarray(1, 11)) expect([0, 1]).toContain(bit);
      return before.filter((bit, j) => bit !== rows[j]).length;
    });
    expect(Math.min(...counts)).toBe(1);
    // binomial of 9 at 0.2: variance 1.44
    expect(Math.abs(mean(counts) - 2.8)).toBeLessThan(5 * Math.sqrt(1.44 / 5000));
  });

  test("an inversion turns a stretch round: two edges of the tour change, or none where all of it turns", () => {
    const rng = streams.rng("inversion");
    const n = 8;
    const edges = (tour: readonly number[]): Set<string> =>
      new Set(tour.map((city, j) => [city, tour[(j + 1) % n]!].toSorted().join("-")));
    let changed = 0;
    for (let i = 0; i < 1000; i++) {
      const before = [...rng.permutation(n)];
      const rows = Float64Array.from([9, ...before, 9]);
      inversion(rows, 1, n, 1, nobody, rng);
      const after = [...rows.subarray(1, n + 1)];
      expect(after.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      const old = edges(before);
      const lost = [...edges(after)].filter((edge) => !old.has(edge)).length;
      expect([0, 2]).toContain(lost);
      if (lost === 2) changed++;
    }
    // stretches of 2 … n − 2 places change edges, of n − 1 and n none: 5 lengths of 7; five standard errors
    expect(Math.abs(changed / 1000 - 5 / 7)).toBeLessThan(5 * Math.sqrt(((5 / 7) * (2 / 7)) / 1000));
  });
});
