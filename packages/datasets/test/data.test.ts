// Real data sets: shapes, class counts and summaries known from the literature, and the bits of every number.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { anscombe, healthIncome, iris, penguins, wages, type Dataset } from "@basin/datasets";

/** sha-256 over x, then y, as little-endian doubles. */
const sha256 = ({ x, y }: Dataset): string =>
  createHash("sha256")
    .update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength))
    .update(new Uint8Array(y.buffer, y.byteOffset, y.byteLength))
    .digest("hex");

const column = ({ x, features, rows }: Dataset, name: string): number[] => {
  const j = features.findIndex((feature) => feature.name === name);
  return Array.from({ length: rows }, (_, i) => x[i * features.length + j]!);
};
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const moment = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const [ma, mb] = [mean(a), mean(b)];
  return Array.from(a).reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0) / (a.length - 1);
};
const counts = ({ y, classes }: Dataset): number[] =>
  (classes ?? []).map((_, c) => Array.from(y).filter((label) => label === c).length);

const sets: readonly (readonly [() => Dataset, rows: number, columns: number, digest: string])[] = [
  [penguins, 342, 4, "746074b39bcf71c878b05b50c169692085055334a749de70f81fbcfda420c026"],
  [iris, 150, 4, "18565d0da72dafd52595fe48b03ca9b06dfc2c05d0c4c155576631d0aae8eb7e"],
  [wages, 534, 16, "c6f28eacfa3bb44e9740a5474cfd8b3ec9a0c07d2d57e784e998f3637f81c081"],
  [healthIncome, 187, 2, "cf2f34cf2dfb3180b260d5ffb31063f2b06b5a7a2115032c423998f2e58c1bca"],
  [() => anscombe(1), 11, 1, "6d86e1c5402b4333d13df3e0d84132ed465bdbf87e27e4f8c3b38f4460216df6"],
  [() => anscombe(2), 11, 1, "61015cbded9d476ee7e95d4284e914f8c74619900ac264350c883b422f48e484"],
  [() => anscombe(3), 11, 1, "56d4f5917efabe54d0f18313be1ed46c3ece8bb2b8ca585382ab44685eee1d8c"],
  [() => anscombe(4), 11, 1, "203b138b189419dc6cc8f23f681ee0016e73bb03df5f515422805cebfd38e306"],
];

describe.each(sets.map(([load, ...rest]) => [load().name, load, ...rest] as const))(
  "%s",
  (_, load, rows, columns, digest) => {
    const set = load();
    test("has its shape, finite numbers, a source and a licence", () => {
      expect([set.rows, set.features.length]).toEqual([rows, columns]);
      expect([set.x.length, set.y.length]).toEqual([rows * columns, rows]);
      expect(set.x.every(Number.isFinite) && set.y.every(Number.isFinite)).toBe(true);
      expect(new Set(set.features.map((feature) => feature.name)).size).toBe(columns);
      expect(set.source.length > 0 && set.licence.length > 0 && set.title.length > 0).toBe(true);
    });
    test("decodes to the numbers that were committed", () => expect(sha256(set)).toBe(digest));
    test("labels, where there are classes, are their indices", () => {
      const labels = set.classes?.map((_, c) => c);
      expect(labels === undefined || set.y.every((label) => labels.includes(label))).toBe(true);
    });
  },
);

describe("what the literature says of them", () => {
  test("penguins: 151 Adelie, 68 Chinstrap, 123 Gentoo, and R's summary(palmerpenguins::penguins)", () => {
    const set = penguins();
    expect(set.classes).toEqual(["Adelie", "Chinstrap", "Gentoo"]);
    expect(counts(set)).toEqual([151, 68, 123]);
    expect(mean(column(set, "beak length"))).toBeCloseTo(43.92, 2);
    expect(mean(column(set, "beak depth"))).toBeCloseTo(17.15, 2);
    expect(mean(column(set, "flipper length"))).toBeCloseTo(200.9, 1);
    expect(Math.round(mean(column(set, "body mass")))).toBe(4202);
  });
  test("iris: 50 of each, and the means of Fisher's table (R's iris)", () => {
    const set = iris();
    expect(counts(set)).toEqual([50, 50, 50]);
    expect(mean(column(set, "sepal length"))).toBeCloseTo(5.843, 3);
    expect(mean(column(set, "sepal width"))).toBeCloseTo(3.057, 3);
    expect(mean(column(set, "petal length"))).toBeCloseTo(3.758, 3);
    expect(mean(column(set, "petal width"))).toBeCloseTo(1.199, 3);
  });
  test("wages: means of CPS1985 (Berndt 1991), 245 women, 96 union members, 350 married, 156 in the South; age ≈ education + experience + 6", () => {
    const set = wages();
    expect(mean(set.y)).toBeCloseTo(9.024, 3);
    expect(mean(column(set, "education"))).toBeCloseTo(13.02, 2);
    expect(column(set, "female").reduce((a, b) => a + b)).toBe(245);
    expect(column(set, "union member").reduce((a, b) => a + b)).toBe(96);
    expect(column(set, "married").reduce((a, b) => a + b)).toBe(350);
    expect(column(set, "lives in the South").reduce((a, b) => a + b)).toBe(156);
    const [education, experience, age] = ["education", "experience", "age"].map((name) => column(set, name));
    const exact = age!.filter((years, i) => years === education![i]! + experience![i]! + 6).length;
    expect(exact).toBeGreaterThan(520);
  });
  test("health-income: the first country is Afghanistan, 1925 $/year and 57.63 years", () => {
    const set = healthIncome();
    expect([set.x[0], set.x[1], set.y[0]]).toEqual([1925, 32526562, 57.63]);
  });
  test.each([1, 2, 3, 4] as const)("anscombe %i: the statistics of Anscombe's table", (k) => {
    const { x, y } = anscombe(k);
    expect(mean(x)).toBe(9);
    expect(moment(x, x)).toBe(11);
    expect(mean(y)).toBeCloseTo(7.5, 2);
    expect(moment(y, y)).toBeCloseTo(4.125, 2);
    const slope = moment(x, y) / moment(x, x);
    expect(slope).toBeCloseTo(0.5, 2);
    expect(mean(y) - slope * mean(x)).toBeCloseTo(3, 1);
    expect(moment(x, y) / Math.sqrt(moment(x, x) * moment(y, y))).toBeCloseTo(0.816, 2);
  });
  test("each call gives arrays of its own", () => expect(penguins().x).not.toBe(penguins().x));
});
