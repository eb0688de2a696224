// What must hold of the statistics whatever the numbers, and what was derived by hand.
import { rngOf, rootKey } from "@basin/random";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  a12,
  a12InWords,
  allPairs,
  areaOverCurve,
  bootstrap,
  ecdf,
  ert,
  ertInterval,
  friedman,
  holm,
  indistinct,
  mannWhitney,
  median,
  morePairs,
  moreSeeds,
  namedQuantiles,
  nemenyiDifference,
  power,
  quantileInterval,
  runtimeEcdf,
  shareWithin,
  simulatedRestarts,
  successRate,
  wilcoxonSignedRank,
  type Runtime,
} from "@basin/experiment/statistics";

const rng = (name: string | number) => rngOf(rootKey(`statistics/${name}`));
/** Few values, so that there are ties; infinities for runs that were lost. */
const loss = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Infinity), fc.double({ noNaN: true }));
const losses = (min = 1, max = 12) => fc.array(loss, { minLength: min, maxLength: max });
const pairs = fc.array(fc.tuple(loss, loss), { minLength: 1, maxLength: 12 });
const runtimes = fc.array(fc.record({ reached: fc.boolean(), cost: fc.integer({ min: 1, max: 1000 }) }), {
  minLength: 1,
  maxLength: 12,
});

describe("bootstrap", () => {
  test("approaches the distribution over all resamples", () => {
    // five values have 5^5 resamples: their medians, all of them, sorted
    const sample = [1, 2, 4, 8, 16];
    const all: number[] = [];
    for (let code = 0; code < 5 ** 5; code++)
      all.push(median([0, 1, 2, 3, 4].map((i) => sample[Math.floor(code / 5 ** i) % 5]!)));
    all.sort((a, b) => a - b);
    // P(median = 1) = 0.058 is above 0.025, and P(median ≤ 8) = 0.942 below 0.975
    expect([all[Math.floor(0.025 * all.length)], all[Math.floor(0.975 * all.length)]]).toEqual([1, 16]);
    const found = quantileInterval(sample, 0.5, { rng: rng("median") });
    expect(found).toEqual({ estimate: 4, low: 1, high: 16, level: 0.95 });
    const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
    const means: number[] = [];
    for (let code = 0; code < 5 ** 5; code++)
      means.push(mean([0, 1, 2, 3, 4].map((i) => sample[Math.floor(code / 5 ** i) % 5]!)));
    means.sort((a, b) => a - b);
    const interval = bootstrap(sample, mean, { rng: rng("mean"), resamples: 20_000, level: 0.9 });
    // the 5 % point of 20,000 draws is off by 3 deviations, √(0.05·0.95/20000) = 0.15 % each, at most: between the 4.5 % and 5.5 % points
    const between = (value: number, p: number): void => {
      expect(value).toBeGreaterThanOrEqual(means[Math.floor((p - 0.005) * means.length)]!);
      expect(value).toBeLessThanOrEqual(means[Math.ceil((p + 0.005) * means.length)]!);
    };
    between(interval.low, 0.05);
    between(interval.high, 0.95);
  });

  test("covers the median about as often as it says", () => {
    // 25 normal numbers, whose median is 0: of 400 intervals at 0.9, 360 ± 3·6 cover it, and the percentile method of a median misses a little
    let covered = 0;
    for (let i = 0; i < 400; i++) {
      const values = Array.from(rng(`cover/${i}`).fillNormal(new Float64Array(25)));
      const { low, high } = quantileInterval(values, 0.5, {
        rng: rng(`again/${i}`),
        level: 0.9,
        resamples: 300,
      });
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered).toBeGreaterThan(340);
    expect(covered).toBeLessThan(390);
  });

  test("is in order, repeats itself, and keeps infinities", () => {
    fc.assert(
      fc.property(losses(), (values) => {
        const found = namedQuantiles(values, { rng: rng("named"), resamples: 50 });
        expect(namedQuantiles(values, { rng: rng("named"), resamples: 50 })).toEqual(found);
        for (const { low, high } of Object.values(found)) expect(low <= high).toBe(true);
        expect(found.q10.estimate <= found.median.estimate).toBe(true);
        expect(found.median.estimate).toBe(median(values));
      }),
    );
    const mostlyLost = [1, Infinity, Infinity, Infinity];
    expect(quantileInterval(mostlyLost, 0.5, { rng: rng(1) })).toMatchObject({
      estimate: Infinity,
      high: Infinity,
    });
  });
});

test("the success rate is within its interval", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), (n, some) => {
      const k = Math.min(n, some);
      const { estimate, low, high } = successRate(k, n);
      expect(0 <= low && low <= estimate && estimate <= high && high <= 1).toBe(true);
      // of failures it is the mirror image
      expect(successRate(n - k, n).low).toBeCloseTo(1 - high, 12);
    }),
  );
});

describe("ERT", () => {
  const hit = (cost: number): Runtime => ({ reached: true, cost });
  const missed = (cost: number): Runtime => ({ reached: false, cost });

  test("by hand", () => {
    expect(ert([hit(10), hit(30)])).toBe(20);
    // what was spent in vain counts: (10 + 100 + 100) / 1
    expect(ert([hit(10), missed(100), missed(100)])).toBe(210);
    expect(ert([missed(100)])).toBe(Infinity);
    expect(ert([])).toBeNaN();
  });

  test("is at least the mean cost of success, and an unsuccessful run never lowers it", () => {
    fc.assert(
      fc.property(runtimes, fc.integer({ min: 1, max: 1000 }), (runs, cost) => {
        expect(ert([...runs, missed(cost)])).toBeGreaterThanOrEqual(ert(runs));
      }),
    );
  });

  test("its interval holds it, and is +Infinity where success may be absent", () => {
    const found = ertInterval([hit(10), missed(100), missed(100)], { rng: rng("ert") });
    // no success among three draws: (2/3)³ = 30 %
    expect(found).toMatchObject({ estimate: 210, high: Infinity });
    const sure = ertInterval([hit(10), hit(20), hit(30)], { rng: rng("ert") });
    expect(sure.low).toBeGreaterThanOrEqual(10);
    expect(sure.high).toBeLessThanOrEqual(30);
  });

  test("is the mean of restarted runs", () => {
    // success with probability 1/4: 3 failures of 100 and one success of 10 on average: 310, and the deviation of one runtime is below 400
    const runs = [hit(10), missed(100), missed(100), missed(100)];
    const sample = simulatedRestarts(runs, 40_000, rng("restarts"));
    const mean = sample.reduce((sum, cost) => sum + cost, 0) / sample.length;
    expect(ert(runs)).toBe(310);
    expect(Math.abs(mean - 310)).toBeLessThan((4 * 400) / Math.sqrt(40_000));
  });
});

describe("restarts and their distribution", () => {
  test("runs that all succeed give their own runtimes", () => {
    const runs = [3, 1, 2].map((cost) => ({ reached: true, cost }));
    const found = runtimeEcdf([runs], { rng: rng(0), samples: 3 });
    expect([...found.cost]).toEqual([1, 2, 3]);
    expect([...found.share]).toEqual([1 / 3, 2 / 3, 1]);
  });

  test("a pair that nobody solves holds the share down", () => {
    const solved = [{ reached: true, cost: 5 }];
    const open = [{ reached: false, cost: 100 }];
    const found = runtimeEcdf([solved, open], { rng: rng(0) });
    expect([...found.cost]).toEqual([5]);
    expect([...found.share]).toEqual([0.5]);
    expect(found.n).toBe(200);
  });

  test("is a distribution, is bounded by what was reached, and repeats itself", () => {
    fc.assert(
      fc.property(fc.array(runtimes, { minLength: 1, maxLength: 4 }), (groups) => {
        const found = runtimeEcdf(groups, { rng: rng("ecdf"), samples: 20 });
        expect(runtimeEcdf(groups, { rng: rng("ecdf"), samples: 20 })).toEqual(found);
        for (let i = 1; i < found.cost.length; i++) {
          expect(found.cost[i]!).toBeGreaterThan(found.cost[i - 1]!);
          expect(found.share[i]!).toBeGreaterThan(found.share[i - 1]!);
        }
        const solvable = groups.filter((runs) => runs.some(({ reached }) => reached)).length;
        expect(shareWithin(found, Infinity)).toBeCloseTo(solvable / groups.length, 12);
        expect(shareWithin(found, 0)).toBe(0);
        for (const [i, cost] of found.cost.entries()) expect(shareWithin(found, cost)).toBe(found.share[i]);
      }),
    );
  });

  test("counts what is never reached, and NaN as that", () => {
    expect(ecdf([2, Infinity, 2, Number.NaN])).toEqual({
      cost: Float64Array.of(2),
      share: Float64Array.of(0.5),
      n: 4,
    });
  });
});

describe("the area over the curve", () => {
  test("by hand", () => {
    expect(areaOverCurve([1, 10, 100, Infinity], { budget: 100 })).toBeCloseTo((1 + 0.5 + 0 + 0) / 4, 12);
    expect(areaOverCurve([0.1, 26, 51, 500], { budget: 101, scale: "linear" })).toBeCloseTo(
      (1 + 0.75 + 0.5) / 4,
      12,
    );
    expect(areaOverCurve([], { budget: 1 })).toBeNaN();
    expect(() => areaOverCurve([1], { budget: 1, from: 2 })).toThrow(/in order/);
  });

  test("is the area under the distribution of the hits", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 }), (hits) => {
        const { cost, share } = ecdf(hits);
        let under = 0;
        for (const [i, at] of cost.entries()) {
          const to = cost[i + 1] ?? 101;
          under += (share[i]! * (Math.max(1, to) - Math.max(1, at))) / 100;
        }
        expect(areaOverCurve(hits, { budget: 101, scale: "linear" })).toBeCloseTo(under, 10);
      }),
    );
  });
});

describe("tests of two samples", () => {
  /** All 2ⁿ signs, counted: the definition. */
  function bySigns(a: readonly number[], b: readonly number[]): number {
    const d = a.map((x, i) => (x === b[i] ? 0 : x - b[i]!));
    const size = d.map(Math.abs);
    const rank = size.map(
      (s) => size.filter((t) => t < s).length + (size.filter((t) => t === s).length + 1) / 2,
    );
    const kept = d.flatMap((x, i) => (x === 0 ? [] : [i]));
    const seen = kept.filter((i) => d[i]! > 0).reduce((sum, i) => sum + rank[i]!, 0);
    let [below, above] = [0, 0];
    for (let code = 0; code < 2 ** kept.length; code++) {
      const sum = kept.reduce((all, i, bit) => all + (((code >> bit) & 1) === 1 ? rank[i]! : 0), 0);
      if (sum <= seen) below++;
      if (sum >= seen) above++;
    }
    return Math.min(1, (2 * Math.min(below, above)) / 2 ** kept.length);
  }

  test("signed ranks are exact with ties, equal pairs and infinities", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(loss, loss), { minLength: 1, maxLength: 8 }), (both) => {
        const [a, b] = [both.map(([x]) => x), both.map(([, y]) => y)];
        expect(wilcoxonSignedRank(a, b).p).toBeCloseTo(bySigns(a, b), 12);
      }),
    );
  });

  test("signed ranks mirror, and add up", () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom("pratt", "wilcox", "split"), fc.boolean(), (both, zeros, exact) => {
        const [a, b] = [both.map(([x]) => x), both.map(([, y]) => y)];
        const there = wilcoxonSignedRank(a, b, { zeros, exact });
        const back = wilcoxonSignedRank(b, a, { zeros, exact });
        expect(back).toEqual({ ...there, plus: there.minus, minus: there.plus, p: back.p });
        expect(back.p).toBeCloseTo(there.p, 12);
        expect(there.n + there.zeros).toBe(a.length);
        expect(there.p > 0 && there.p <= 1).toBe(true);
        const ranked = zeros === "wilcox" ? there.n : a.length;
        const left = zeros === "pratt" ? (there.zeros * (there.zeros + 1)) / 2 : 0;
        expect(there.plus + there.minus).toBeCloseTo((ranked * (ranked + 1)) / 2 - left, 12);
      }),
    );
  });

  test("runs that were lost on both sides are equal; lost on one, they weigh most", () => {
    expect(wilcoxonSignedRank([Infinity, 1], [Infinity, 1])).toMatchObject({ n: 0, zeros: 2, p: 1 });
    expect(wilcoxonSignedRank([Infinity, 1, 2], [0, 2, 1])).toMatchObject({ plus: 3 + 1.5, minus: 1.5 });
    expect(() => wilcoxonSignedRank([1], [])).toThrow(/pairs/);
  });

  test("rank sums are exact with ties and infinities, and mirror", () => {
    fc.assert(
      fc.property(losses(1, 5), losses(1, 5), (x, y) => {
        const found = mannWhitney(x, y);
        const back = mannWhitney(y, x);
        expect(found.u + back.u).toBe(x.length * y.length);
        expect(back.p).toBeCloseTo(found.p, 12);
        // all choices of which values are the first sample's
        const all = [...x, ...y];
        const u = (chosen: readonly number[], rest: readonly number[]): number =>
          chosen.reduce((sum, c) => sum + rest.reduce((s, r) => s + (c > r ? 1 : c === r ? 0.5 : 0), 0), 0);
        let [below, above, count] = [0, 0, 0];
        for (let code = 0; code < 2 ** all.length; code++) {
          const chosen = all.filter((_, i) => ((code >> i) & 1) === 1);
          if (chosen.length !== x.length) continue;
          const other = u(
            chosen,
            all.filter((_, i) => ((code >> i) & 1) === 0),
          );
          count++;
          if (other <= found.u) below++;
          if (other >= found.u) above++;
        }
        expect(found.p).toBeCloseTo(Math.min(1, (2 * Math.min(below, above)) / count), 12);
      }),
      { numRuns: 60 },
    );
  });

  test("the approximations come near the exact values", () => {
    // the one for pairs has no correction for continuity: it is off by an atom, which is 1/(√(2π)·37) = 1 % at n = 25
    const [x, y] = [
      rng("x").fillNormal(new Float64Array(25)),
      rng("y").fillNormal(new Float64Array(25), 0.4),
    ];
    for (const of of [wilcoxonSignedRank, mannWhitney])
      expect(Math.abs(of(x, y, { exact: true }).p - of(x, y, { exact: false }).p)).toBeLessThan(0.02);
  });

  test("A12 is the share of pairs, and has words", () => {
    fc.assert(
      fc.property(losses(), losses(), (x, y) => {
        const wins = x.flatMap((a) => y.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const share = wins.reduce((sum: number, w) => sum + w, 0) / wins.length;
        expect(a12(x, y)).toBeCloseTo(share, 12);
        expect(a12(x, y) + a12(y, x)).toBeCloseTo(1, 12);
      }),
    );
    expect([0.5, 0.6, 0.35, 0.9].map(a12InWords)).toEqual(["negligible", "small", "medium", "large"]);
  });
});

describe("several methods", () => {
  test("Holm never lowers a p-value and keeps their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }), (ps) => {
        const adjusted = holm(ps);
        for (const [i, p] of ps.entries()) {
          expect(adjusted[i]!).toBeGreaterThanOrEqual(p);
        }
        const above = (i: number): number[] => ps.flatMap((q, j) => (ps[i]! < q ? [adjusted[j]!] : []));
        expect(ps.every((_, i) => above(i).every((other) => adjusted[i]! <= other))).toBe(true);
      }),
    );
  });

  test("all pairs are there, each with the same test", () => {
    const samples = [0, 0.3, 0.6].map((mean, i) => rng(`all/${i}`).fillNormal(new Float64Array(12), mean));
    const found = allPairs(samples, "paired");
    expect(found.map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    for (const { first, second, p } of found)
      expect(p).toBe(wilcoxonSignedRank(samples[first]!, samples[second]!).p);
    expect(found.map(({ adjusted }) => adjusted)).toEqual(holm(found.map(({ p }) => p)));
    expect(allPairs(samples, "independent")[0]!.p).toBe(mannWhitney(samples[0]!, samples[1]!).p);
  });

  test("Friedman: ranks add up; equal methods do not differ", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(loss, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        (blocks) => {
          const { meanRanks, p, statistic } = friedman(blocks);
          expect(meanRanks.reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(10, 10);
          expect(p >= 0 && p <= 1 && statistic >= 0).toBe(true);
        },
      ),
    );
    expect(friedman([[Infinity, Infinity]])).toMatchObject({ statistic: 0, p: 1 });
  });

  test("Nemenyi's difference is that of Demšar's table 5", () => {
    // q_0.05 for 2 … 10 methods, from Demšar (2006), to three decimals of which some were cut, not rounded
    const q = [1.96, 2.343, 2.569, 2.728, 2.85, 2.949, 3.031, 3.102, 3.164];
    for (const [i, value] of q.entries()) {
      const k = i + 2;
      expect(Math.abs(nemenyiDifference(k, 14) / Math.sqrt((k * (k + 1)) / 84) - value)).toBeLessThan(0.001);
    }
  });

  test("bars join what does not differ, each as long as can be", () => {
    expect(indistinct([1, 1.5, 2.2, 4], 1)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(indistinct([4, 1, 1.2, 1.4], 1)).toEqual([[1, 2, 3]]);
    expect(indistinct([1, 3], 1)).toEqual([]);
  });
});

describe("more seeds", () => {
  const normal = (name: string, n: number, mean: number) => rng(name).fillNormal(new Float64Array(n), mean);

  test("power is that of the test: the level where nothing differs, near 1 where much does", () => {
    const same = normal("same", 40, 0);
    const flipped = Float64Array.from(same, (x) => -x);
    // differences symmetric about 0 by construction: the test holds its level of 5 %, 2000 simulations ± 3·0.5 %
    const both = [...same, ...flipped];
    const none = new Float64Array(80);
    const level = power(both, none, 20, { rng: rng("level"), simulations: 2000 });
    expect(level).toBeGreaterThan(0.03);
    expect(level).toBeLessThan(0.065);
    expect(power(normal("far", 20, 3), new Float64Array(20), 20, { rng: rng(1) })).toBe(1);
  });

  test("the number found is the least that suffices", () => {
    const a = normal("a", 15, 0.5);
    const b = new Float64Array(15);
    const options = { rng: rng("more"), simulations: 200 };
    const found = moreSeeds(a, b, options)!;
    expect(found.more).toBeGreaterThan(0);
    expect(power(a, b, 15 + found.more, options)).toBe(found.power);
    expect(found.power).toBeGreaterThanOrEqual(0.8);
    expect(power(a, b, 15 + found.more - 1, options)).toBeLessThan(0.8);
    expect(moreSeeds(a, b, options)).toEqual(found);
  });

  test("none where enough are there, and no answer where nothing differs", () => {
    expect(moreSeeds(normal("far", 20, 3), new Float64Array(20), { rng: rng(2) })).toEqual({
      more: 0,
      power: 1,
    });
    expect(moreSeeds([1, 1], [1, 1], { rng: rng(3), simulations: 20 })).toBeUndefined();
  });
});

describe("how many more pairs", () => {
  const tells = (a: readonly number[], n: number, level: number): boolean => {
    const all = Array.from({ length: n }, (_, i) => a[i % a.length]!);
    return wilcoxonSignedRank(all, new Float64Array(n)).p <= level;
  };

  test("pairs that all lean one way need 8 at 0.01: 2 / 2⁸ is the first below it", () => {
    expect(morePairs([1, 2, 3, 4, 5], new Float64Array(5), 0.01)).toBe(3);
    expect(morePairs([1, 2, 3, 4, 5], new Float64Array(5), 0.01 / 3)).toBe(5);
    expect(morePairs([1, -1], [0, 0], 0.01)).toBeUndefined();
    expect(morePairs([0, 0], [0, 0], 0.01)).toBeUndefined();
    expect(morePairs([], [], 0.01)).toBeUndefined();
  });

  test("so many of the same pairs tell, and one fewer do not, where the exact test is used", () => {
    const few = fc.array(fc.integer({ min: -4, max: 9 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(few, (a) => {
        const more = morePairs(a, new Float64Array(a.length), 0.01);
        if (more === undefined) return;
        expect(more).toBeGreaterThanOrEqual(1);
        expect(more).toBeLessThanOrEqual(1000);
        const n = a.length + more;
        if (n > 50) return;
        expect(tells(a, n, 0.01)).toBe(true);
        expect(more === 1 || !tells(a, n - 1, 0.01)).toBe(true);
      }),
      { seed: 5 },
    );
  });
});
