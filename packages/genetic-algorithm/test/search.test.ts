// The search as a whole: who survives, how fast it converges, when it starts anew.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeDomain, type Vector } from "@basin/objective";
import { survivors } from "../src/population.ts";
import { states } from "./drive.ts";

const sphere = (x: Vector): number => x.reduce((sum, xi) => sum + (xi - 1.5) * (xi - 1.5), 0);

describe("survivors", () => {
  test("are the best of elites and children, as a plain sort has it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }),
        fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (old, told, elites, size) => {
          old.sort((a, b) => a - b);
          // one coordinate, which tells who it is: members 0, 1 …, children 1000, 1001 …
          const members = {
            parents: Float64Array.from(old.keys()),
            values: Float64Array.from(old),
            steps: Float64Array.from(old.keys()),
          };
          const children = Float64Array.from(told.keys(), (i) => 1000 + i);
          const outcomes = told.map((value, i) =>
            value === null
              ? ({ failed: "threw", message: "" } as const)
              : ({ kind: "value", x: children.subarray(i, i + 1), value } as const),
          );
          const expected = [
            ...old.slice(0, elites).map((value, i) => ({ value, id: i })),
            ...told.map((value, i) => ({ value: value ?? Infinity, id: 1000 + i })),
          ]
            .sort((a, b) => (a.value === b.value ? a.id - b.id : a.value - b.value))
            .slice(0, size);
          const next = survivors(members, elites, children, children, outcomes, size, 1);
          expect([...next.parents]).toEqual(expected.map(({ id }) => id));
          expect([...next.values]).toEqual(expected.map(({ value }) => value));
          expect([...next.steps]).toEqual(expected.map(({ id }) => id));
        },
      ),
    );
  });
});

describe("the search", () => {
  test("writes members over those that nobody looks at any more, and only those", () => {
    const domain = makeDomain({ dimension: 20, region: { lower: -5, upper: 5 } });
    const start = new Float64Array(20).fill(3);
    const [kept, recycled] = [false, true].map((recycle) =>
      states(sphere, domain, start, 2000, { restartGrowth: 0 }, 1, recycle),
    );
    const arrays = (all: readonly { readonly members: { readonly parents: Vector } }[]): number =>
      new Set(all.map(({ members }) => members.parents)).size;
    expect(arrays(kept!)).toBe(kept!.length);
    // none before the first generation; then one to read, one to write
    expect(arrays(recycled!)).toBeLessThanOrEqual(4);
    expect(recycled!.at(-1)).toEqual(kept!.at(-1));
  });
  test("starts with the start, and elsewhere as it says", () => {
    const domain = makeDomain({
      dimension: 2,
      region: { lower: -5, upper: 5 },
      initial: { lower: 3, upper: 4 },
    });
    const start = Float64Array.of(3.5, 3.2);
    const distances = (firstPopulation: string): number[] => {
      const { children } = states(sphere, domain, start, 0, { populationSize: 200, firstPopulation })[0]!;
      expect(children.slice(0, 2)).toEqual(start);
      return Array.from({ length: 199 }, (_, i) => Math.abs(children[2 * i + 2]! - 3.5));
    };
    const near = (all: number[]): number => all.filter((distance) => distance < 0.1).length;
    // uniform in a width of 10: 2 % are that near. Around at a width of 0.01 to 3, log-uniform: about half are
    expect(near(distances("region"))).toBeLessThan(16);
    expect(near(distances("around"))).toBeGreaterThan(60);
    expect(near(distances("both"))).toBeGreaterThan(30);
  });

  test.each([2, 10, 30])("converges at a steady rate in %i dimensions, instead of stalling", (n) => {
    const domain = makeDomain({ dimension: n, region: { lower: -5, upper: 5 } });
    const all = states(sphere, domain, new Float64Array(n).fill(-4), 1500 * n + 3000);
    const first = all.findIndex(({ loss }) => loss < 1e-2);
    const last = all.findIndex(({ loss }) => loss < 1e-14);
    const middle = all.findIndex(({ loss }) => loss < 1e-8);
    expect(last).toBeGreaterThan(0);
    // both halves of the way, six orders of magnitude each, take about as long
    expect(last - middle).toBeLessThan(2.5 * (middle - first));
  });

  test("bears scales that differ by a thousand", () => {
    const n = 10;
    const f = (x: Vector): number => x.reduce((sum, xi, i) => sum + 10 ** ((6 * i) / (n - 1)) * xi * xi, 0);
    const domain = makeDomain({ dimension: n, region: { lower: -5, upper: 5 } });
    const all = states(f, domain, new Float64Array(n).fill(3), 40_000);
    expect(all.at(-1)!.loss).toBeLessThan(1e-8);
  });

  test("finds its way out of a start box far from the minimum", () => {
    const domain = makeDomain({
      dimension: 5,
      region: { lower: 99.9, upper: 100.1 },
      initial: { lower: 100, upper: 100 },
    });
    const all = states(sphere, domain, new Float64Array(5).fill(100), 20_000);
    expect(all.at(-1)!.loss).toBeLessThan(1e-6);
  });

  test("draws a larger population once it has converged, and forgets nothing", () => {
    const domain = makeDomain({ dimension: 2, bounds: { lower: -5, upper: 5 } });
    const all = states((x) => sphere(x) + 7, domain, Float64Array.of(4, 4), 20_000, { populationSize: 20 });
    const sizes = [...new Set(all.map(({ size }) => size))];
    expect(sizes.slice(0, 3)).toEqual([20, 40, 80]);
    for (let t = 1; t < all.length; t++) expect(all[t]!.loss).toBeLessThanOrEqual(all[t - 1]!.loss);
    const same = states((x) => sphere(x) + 7, domain, Float64Array.of(4, 4), 5000, {
      populationSize: 20,
      restartGrowth: 0,
    });
    expect(new Set(same.map(({ size }) => size))).toEqual(new Set([20]));
  });
});

describe("other encodings", () => {
  test("finds the string of ones", () => {
    const n = 100;
    const domain = makeDomain({ dimension: n, encoding: "bits", bounds: { lower: 0, upper: 1 } });
    const all = states((x) => n - x.reduce((sum, bit) => sum + bit, 0), domain, new Float64Array(n), 12_000);
    expect(all.at(-1)!.loss).toBe(0);
  });

  test("finds the round tour of cities on a circle", () => {
    const n = 16;
    const domain = makeDomain({ dimension: n, encoding: "permutation", bounds: { lower: 0, upper: n - 1 } });
    // the city at place k of the circle is 7 k mod 16, so that the start is a tangle
    const angle = (city: number): number => (2 * Math.PI * ((7 * city) % n)) / n;
    const length = (tour: Vector): number =>
      tour.reduce(
        (sum, city, j) => sum + 2 * Math.abs(Math.sin((angle(city) - angle(tour[(j + 1) % n]!)) / 2)),
        0,
      );
    const all = states(
      length,
      domain,
      Float64Array.from({ length: n }, (_, i) => i),
      30_000,
    );
    // the polygon: n chords of 2 sin(π / n)
    expect(all.at(-1)!.loss).toBeCloseTo(2 * n * Math.sin(Math.PI / n), 9);
  });
});
