// The core of each adaptive method, against its paper's formulas worked by hand, or against what theory says of it.
import { log } from "@basin/math";
import { makeDomain, type Vector } from "@basin/objective";
import { foldIn, rngOf, rootKey } from "@basin/random";
import { onePlusOneEs, randomWalk, simulatedAnnealing } from "@basin/random-search";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparison, nextPhase, pointsAt } from "../src/adaptive-random-search.ts";
import { inserted, mutation, reflection, type Population } from "../src/controlled-random-search.ts";
import { climbed, type Climb } from "../src/hill-climbing.ts";
import { towards } from "../src/one-plus-one-es.ts";
import { acceptance, adapted, temperatureAt } from "../src/simulated-annealing.ts";
import { mirror } from "../src/steps.ts";
import { drive, region, sphere } from "./drive.ts";

const rng = (name: string) => rngOf(foldIn(rootKey(1), name));
const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });

describe("mirrors at the bounds", () => {
  const folded = (x: number, lower: number, upper: number): number =>
    mirror(Float64Array.of(x), { lower: Float64Array.of(lower), upper: Float64Array.of(upper) })[0]!;

  test("worked by hand", () => {
    expect([1.25, -0.5, 5.5, -1.25, 2, 0.25].map((x) => folded(x, 0, 1))).toEqual([
      0.75, 0.5, 0.5, 0.75, 0, 0.25,
    ]);
    expect(folded(-3, 0, Infinity)).toBe(3);
    expect(folded(3, -Infinity, 1)).toBe(-1);
    expect(folded(9, 2, 2)).toBe(2);
  });
  test("end inside, and change nothing there", () => {
    fc.assert(
      fc.property(number, number, number, (a, b, x) => {
        const [lower, upper] = [Math.min(a, b), Math.max(a, b)];
        const y = folded(x, lower, upper);
        expect(y >= lower && y <= upper).toBe(true);
        expect(y === x || x < lower || x > upper).toBe(true);
      }),
    );
  });
});

describe("(1+1)-ES", () => {
  test("a success multiplies σ by e^(1/3), a failure by e^(−1/12): four failures undo a success (Kern et al. 2004)", () => {
    const sigmas = (f: () => number): number[] =>
      drive(onePlusOneEs, f, { domain: region(2), budget: 6 }).metrics.map(({ sigma }) => sigma!);
    let calls = 0;
    // Each point is asked about twice by the driver; values fall at every point, then never again.
    const falling = sigmas(() => -Math.floor(calls++ / 2));
    const logs = falling.map((sigma) => log(sigma / 0.1));
    expect(logs[0]).toBe(0); // the start has no parent
    for (let k = 1; k < 6; k++) expect(logs[k]).toBeCloseTo(k / 3, 12);
    calls = 0;
    const rising = sigmas(() => Math.floor(calls++ / 2));
    for (let k = 1; k < 6; k++) expect(log(rising[k]! / 0.1)).toBeCloseTo(-k / 12, 12);
  });

  test("progresses on a sphere as theory says, with one success in five", () => {
    // Rechenberg 1973: the greatest progress of a (1+1)-ES on a sphere is 0.2025 / n of the distance each step, for n → ∞, and there
    // 27 % of the steps succeed. With φ* = σ* e^(−σ*²/8) / √(2π) − σ*² p / 2 and p = Φ(−σ*/2), it is 0.188 / n at 20 %.
    const n = 40;
    const budget = 4000;
    const { values, metrics, points } = drive(onePlusOneEs, sphere, { domain: region(n), budget });
    expect(points.length).toBe(budget);
    const lowest = (until: number): number =>
      values.slice(0, until).reduce((a, b) => Math.min(a, b), Infinity);
    const rate = (-0.5 * n * log(lowest(budget) / lowest(1000))) / (budget - 1000);
    expect(rate).toBeGreaterThan(0.16);
    expect(rate).toBeLessThan(0.215);
    expect(metrics.at(-1)!["success"]).toBeGreaterThan(0.18);
    expect(metrics.at(-1)!["success"]).toBeLessThan(0.22);
  });

  test("learns the shape of steps: C ← (1 − c) C + c (A z)(A z)ᵀ (Igel, Suttorp & Hansen 2006)", () => {
    const n = 3;
    const [a, z, c] = [
      rng("A").fillNormal(new Float64Array(n * n)),
      rng("z").fillNormal(new Float64Array(n)),
      0.3,
    ];
    const next = towards(a, z, c);
    const row = (m: Readonly<Float64Array>, i: number): Readonly<Float64Array> =>
      m.subarray(i * n, (i + 1) * n);
    const dot = (u: Readonly<Float64Array>, v: Readonly<Float64Array>): number =>
      u.reduce((sum, x, k) => sum + x * v[k]!, 0);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        expect(dot(row(next, i), row(next, j))).toBeCloseTo(
          (1 - c) * dot(row(a, i), row(a, j)) + c * dot(row(a, i), z) * dot(row(a, j), z),
          12,
        );
  });

  test("with a learned shape, it goes to the end of a rotated valley of condition 10⁶", () => {
    // (x + y)² + 10⁶ (x − y)², which round steps cannot follow
    const valley = (x: Readonly<Float64Array>): number => {
      const [along, across] = [x[0]! + x[1]! - 1, x[0]! - x[1]!];
      return along * along + 1e6 * across * across;
    };
    const least = (learn: boolean): number =>
      drive(onePlusOneEs, valley, { domain: region(2), budget: 2000, settings: { learn } }).best;
    expect(least(true)).toBeLessThan(1e-10);
    expect(least(false)).toBeGreaterThan(1e-4);
  });

  test("ends when its steps are too short to matter", () => {
    const { points } = drive(onePlusOneEs, sphere, {
      domain: region(3),
      budget: 10_000,
      settings: { tolerance: 1e-4 },
    });
    expect(points.length).toBeLessThan(2000);
  });
});

describe("controlled random search", () => {
  test("reflects the last point of the simplex in the mean of the others, worked by hand", () => {
    // n = 2, best (0, 0), then (2, 0) and (1, 3): G = (1, 0), p = 2 G − (1, 3).
    const points = [
      Float64Array.of(0, 0),
      Float64Array.of(9, 9),
      Float64Array.of(2, 0),
      Float64Array.of(1, 3),
    ];
    expect([...reflection(points, [2, 3])]).toEqual([1, -3]);
    // n = 1: the simplex is the best and one other, which is reflected in it.
    expect([...reflection([Float64Array.of(2), Float64Array.of(5)], [1])]).toEqual([-1]);
  });

  test("mutates the best away from the bad trial, worked by hand", () => {
    // (1 + ω) b − ω p: b = (1, 1), p = (3, 0), ω = (½, 1).
    expect([...mutation(Float64Array.of(1, 1), Float64Array.of(3, 0), Float64Array.of(0.5, 1))]).toEqual([
      0, 2,
    ]);
  });

  test("keeps its population sorted, equals in the order of their coming", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Infinity))), (values) => {
        let population: Population = { points: [], values: new Float64Array(0) };
        values.forEach((value, i) => (population = inserted(population, Float64Array.of(i), value)));
        const order = values
          .map((_, i) => i)
          .sort((a, b) => (values[a] === values[b] ? a - b : values[a]! - values[b]!));
        expect(population.points.map((x) => x[0])).toEqual(order);
        expect([...population.values]).toEqual(order.map((i) => values[i]));
      }),
    );
  });
});

describe("simulated annealing", () => {
  test("takes a step uphill with probability e^(−Δ/T)", () => {
    expect(acceptance(1, 1 + 3 * log(2), 3)).toBeCloseTo(0.5, 14);
    expect(acceptance(2, 1, 3)).toBe(1);
    expect(acceptance(1, 1, 0)).toBe(1);
    expect(acceptance(1, 1 + 1e-9, 0)).toBe(0);
    expect(acceptance(Infinity, 5, 1)).toBe(1);
    expect(acceptance(5, Infinity, 1)).toBe(0);
    expect(acceptance(Infinity, Infinity, 1)).toBe(0);
  });

  test("cools from the hottest to its share, and never heats", () => {
    expect(temperatureAt(0, 7, 1e-12)).toBe(7);
    expect(temperatureAt(1, 7, 1e-12) / 7e-12).toBeCloseTo(1, 12);
    for (let k = 0; k < 50; k++)
      expect(temperatureAt((k + 1) / 50, 7, 1e-12)).toBeLessThan(temperatureAt(k / 50, 7, 1e-12));
  });

  test("steps become longer in the direction that was taken: A (I + η s z zᵀ/|z|²) Aᵀ", () => {
    const n = 3;
    for (const surplus of [0.7, -0.3]) {
      const a = rng("A").fillNormal(new Float64Array(n * n));
      const z = rng("z").fillNormal(new Float64Array(n));
      const eta = 0.6;
      const next = adapted({ sigma: 1, factor: a }, z, surplus, eta, Infinity);
      // (σ A)(σ A)ᵀ of the result against the formula, entry by entry; d = ∞ leaves the scale alone.
      const zz = z.reduce((sum, v) => sum + v * v, 0);
      const middle = (i: number, j: number): number =>
        (i === j ? 1 : 0) + (eta * surplus * z[i]! * z[j]!) / zz;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let [expected, found] = [0, 0];
          for (let k = 0; k < n; k++) {
            found += next.sigma * next.sigma * next.factor[i * n + k]! * next.factor[j * n + k]!;
            for (let l = 0; l < n; l++) expected += a[i * n + k]! * middle(k, l) * a[j * n + l]!;
          }
          expect(found).toBeCloseTo(expected, 12);
        }
    }
  });

  test.each([
    // Steps of one coordinate do not adapt: Metropolis' chain exactly. Those that adapt for ever distort it slightly.
    ["by moves of one coordinate", 1, 0.08],
    ["by steps that adapt", 0, 0.12],
  ] as const)(
    "held at one temperature, it has n T / 2 of energy in a quadratic bowl, %s",
    (_, coordinates, error) => {
      const [n, budget] = [3, 60_000];
      const f = (x: Readonly<Float64Array>): number =>
        0.5 * (x[0]! * x[0]! + 100 * x[1]! * x[1]! + 4 * x[2]! * x[2]!);
      const { metrics } = drive(simulatedAnnealing, f, {
        domain: region(n),
        budget,
        settings: { cycle: 1e9, depth: 1, heat: 0.01, coordinates },
      });
      const temperature = metrics[1000]!["temperature"]!;
      expect(metrics.at(-2)!["temperature"]).toBe(temperature);
      // The last answer ends the cycle.
      const walk = metrics.slice(5000, -1).map(({ energy }) => energy!);
      const mean = walk.reduce((sum, v) => sum + v, 0) / walk.length;
      expect(Math.abs(mean / ((n * temperature) / 2) - 1)).toBeLessThan(error);
    },
  );

  test("steps adapt until they are taken at the rate that was set", () => {
    for (const rate of [0.15, 0.4]) {
      const { metrics } = drive(simulatedAnnealing, sphere, {
        domain: region(4),
        budget: 20_000,
        settings: { cycle: 1e9, depth: 1, heat: 0.1, coordinates: 0, acceptance: rate },
      });
      let moved = 0;
      for (let t = 5001; t < metrics.length; t++)
        if (metrics[t]!["energy"] !== metrics[t - 1]!["energy"]) moved++;
      expect(Math.abs(moved / (metrics.length - 5001) - rate)).toBeLessThan(0.03);
    }
  });
});

describe("hill climbing (Solis & Wets 1981)", () => {
  const climb: Climb = {
    x: Float64Array.of(0, 0),
    loss: 1,
    rho: 0.1,
    bias: Float64Array.of(1, -1),
    successes: 0,
    failures: 0,
  };
  const step = Float64Array.of(0.5, 0.5);
  const found = { x: Float64Array.of(3, 3), loss: 0 };

  test("the bias leans where steps succeeded, worked by hand", () => {
    // 0.2 b + 0.4 ξ; b − 0.4 ξ; 0.5 b
    const bias = (backwards: boolean): number[] => [...climbed(climb, step, { ...found, backwards }, 3).bias];
    expect(bias(false)).toEqual([0.4, 0]);
    expect(bias(true)).toEqual([0.8, -1.2]);
    expect([...climbed(climb, step, undefined, 3).bias]).toEqual([0.5, -0.5]);
  });
  test("five successes in a row double the step, three failures halve it", () => {
    let now = climb;
    for (let k = 0; k < 5; k++) {
      expect(now.rho).toBe(0.1);
      now = climbed(now, step, { ...found, backwards: false }, 3);
    }
    expect(now.rho).toBe(0.2);
    now = climbed(climbed(now, step, undefined, 3), step, undefined, 3);
    expect(now.rho).toBe(0.2);
    expect(climbed(now, step, undefined, 3).rho).toBe(0.1);
    // A success between failures begins the count anew.
    now = climbed(now, step, { ...found, backwards: true }, 3);
    expect(climbed(climbed(now, step, undefined, 3), step, undefined, 3).rho).toBe(0.2);
  });
});

describe("adaptive random search", () => {
  test("compares step sizes by 100, 50, 33, 25, 20 points, and goes on with the one that found the lowest", () => {
    expect([0, 1, 2, 3, 4].map((i) => pointsAt(i, 100))).toEqual([100, 50, 33, 25, 20]);
    const x = Float64Array.of(0);
    const lowestAt = 2;
    let phase = comparison(x, 5, 100);
    const counts = [0, 0, 0, 0, 0];
    while (phase.kind === "compare") {
      counts[phase.size]!++;
      phase = nextPhase(phase, phase.size === lowestAt ? 1 : 2, x, 5, 100);
    }
    expect(counts).toEqual([100, 50, 33, 25, 20]);
    expect(phase).toEqual({ kind: "exploit", size: lowestAt, left: 100 });
    for (let k = 0; k < 100; k++) {
      expect(phase.kind).toBe("exploit");
      phase = nextPhase(phase, 0, x, 5, 100);
    }
    expect(phase).toEqual(comparison(x, 5, 100));
  });
});

test.each([
  ["one-plus-one-es", onePlusOneEs],
  ["random-walk", randomWalk],
] as const)(
  "%s wanders out of where f fails, instead of searching there ever more closely",
  (_, optimizer) => {
    const half = (x: Vector): number => (x[0]! < 0.2 ? Number.NaN : x.reduce((sum, xi) => sum + xi * xi, 0));
    const domain = makeDomain({ dimension: 3, bounds: { lower: -5, upper: 5 } });
    for (const seed of [1, 2, 3, 4, 5]) {
      // it begins at −4; the lowest is 0.04, on the edge of what fails
      const { values } = drive(optimizer, half, { domain, budget: 3000, seed });
      expect(Math.min(...values.filter((value) => value < Infinity))).toBeLessThan(0.2);
    }
  },
);
