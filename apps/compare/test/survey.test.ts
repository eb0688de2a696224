// The survey worker's pictures, of real problems.
import { describe, expect, test } from "vitest";
import * as problems from "@basin/problems";
import type { AnyProblem } from "@basin/objective";
import { objectiveOf, startOf, type Catalog, type RunSpec } from "@basin/runner";
import { fitAnswer } from "../src/engine/fit.ts";
import { mapAnswers } from "../src/engine/map.ts";
import type { FitAnswer, MapAnswer, Traveller } from "../src/engine/survey.ts";

const isProblem = (value: unknown): value is AnyProblem =>
  typeof value === "object" &&
  value !== null &&
  "create" in value &&
  "settings" in value &&
  "summary" in value;
const known = Object.values(problems as Record<string, unknown>).filter(isProblem);
const catalog: Catalog = {
  optimizers: {},
  problems: Object.fromEntries(known.map((problem) => [problem.name, problem])),
};

const specOf = (name: string): RunSpec => ({
  problem: { name, settings: {} },
  optimizer: { name: "none", settings: {} },
  seed: 1,
  replicate: 0,
  budget: 100,
});

/** A search that walks straight from the start towards the origin of the weights. */
function walk(spec: RunSpec) {
  const objective = objectiveOf(spec, catalog);
  const start = startOf(spec, objective);
  const [m, n] = [20, start.length];
  const points = Float64Array.from(
    { length: m * n },
    (_, i) => start[i % n]! * (1 - Math.floor(i / n) / (m - 1)),
  );
  return { start, traveller: { label: "walk", best: new Float64Array(n), loss: 1, points, length: m } };
}

describe("map", () => {
  test.each(["penguins-logistic", "rosenbrock"])(
    "%s: coarse then fine, with start and best inside",
    (name) => {
      const spec = specOf(name);
      const { start, traveller } = walk(spec);
      let now = 0;
      const maps = [
        ...mapAnswers({ kind: "map", spec, start, travellers: [traveller] }, catalog, () => now++),
      ] as MapAnswer[];
      expect(maps.length).toBe(2);
      const [coarse, fine] = maps as [MapAnswer, MapAnswer];
      expect(fine.field.nx).toBeGreaterThan(coarse.field.nx);
      expect(fine.field.values).toHaveLength(fine.field.nx * fine.field.ny);
      const { x, y } = fine.field;
      for (const spot of [fine.start, fine.tracks[0]!.best]) {
        expect(spot.x).toBeGreaterThan(x[0]);
        expect(spot.x).toBeLessThan(x[1]);
        expect(spot.y).toBeGreaterThan(y[0]);
        expect(spot.y).toBeLessThan(y[1]);
        expect(spot.near).toBeCloseTo(1, 6);
      }
      expect(fine.tracks[0]!.as).toBe("trail");
      // The field is the loss itself: at the sample nearest to the start it is near the start's own loss.
      const objective = objectiveOf(spec, catalog);
      const [outcome] = objective.evaluate(
        { queries: [{ kind: "value", x: start }] },
        undefined as never,
      ) as unknown as { value: number }[];
      const i = Math.round(((fine.start.x - x[0]) / (x[1] - x[0])) * (fine.field.nx - 1));
      const j = Math.round(((fine.start.y - y[0]) / (y[1] - y[0])) * (fine.field.ny - 1));
      const around = [-1, 0, 1].flatMap((dj) =>
        [-1, 0, 1].map((di) => fine.field.values[(j + dj) * fine.field.nx + i + di]!),
      );
      expect(Math.min(...around)).toBeLessThanOrEqual(outcome!.value);
      expect(Math.max(...around)).toBeGreaterThanOrEqual(outcome!.value);
    },
  );

  test("a search that diverged does not decide what the map shows, and has no place on it where it is not a number", () => {
    const spec = specOf("penguins-logistic");
    const { start, traveller } = walk(spec);
    const n = start.length;
    const wild = {
      ...traveller,
      label: "wild",
      best: start,
      loss: 2,
      points: Float64Array.from({ length: 20 * n }, (_, i) => (i < 10 * n ? Math.pow(10, i / n) : NaN)),
    };
    const ask = (travellers: readonly Traveller[]) =>
      [...mapAnswers({ kind: "map", spec, start, travellers }, catalog, () => 0)].at(-1) as MapAnswer;
    const [calm, both] = [ask([traveller]), ask([traveller, wild])];
    const width = ({ field }: MapAnswer): number => field.x[1] - field.x[0];
    expect(width(both)).toBeLessThan(4 * width(calm));
    const { trail } = both.tracks[1]!;
    expect(trail.length).toBeLessThanOrEqual(10);
    expect(trail.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });

  test("darts, cloud and trail are told apart by the points alone", () => {
    const spec = specOf("penguins-logistic");
    const { start, traveller } = walk(spec);
    const n = start.length;
    const rows = 60;
    const asked = (spread: (when: number) => number) => ({
      interval: Int32Array.from({ length: rows }, (_, i) => Math.floor((i * 20) / rows)),
      points: Float64Array.from({ length: rows * n }, (_, i) => {
        const when = Math.floor(i / n) / rows;
        return traveller.points[Math.floor(when * 20) * n + (i % n)]! + spread(when) * Math.sin(i * 12.9898);
      }),
    });
    const travellers = [
      { ...traveller, label: "trail", asked: asked(() => 0.001) },
      { ...traveller, label: "darts", asked: asked(() => 5) },
      { ...traveller, label: "cloud", asked: asked((when) => 5 * (1 - when)) },
    ];
    const [first] = [...mapAnswers({ kind: "map", spec, start, travellers }, catalog, () => 0)];
    expect((first as MapAnswer).tracks.map(({ label, as }) => [label, as])).toEqual([
      ["trail", "trail"],
      ["darts", "darts"],
      ["cloud", "cloud"],
    ]);
  });
});

describe("fit", () => {
  const answerOf = (name: string): ReturnType<typeof fitAnswer> => {
    const spec = specOf(name);
    const objective = objectiveOf(spec, catalog);
    return fitAnswer(
      { kind: "fit", spec, candidates: [{ label: "start", x: startOf(spec, objective) }] },
      catalog,
    );
  };

  test("classes: the regions of all classes cover the picture, and never overlap", () => {
    const fit = answerOf("penguins-logistic") as FitAnswer;
    expect(fit.groups!.length).toBe(fit.pictures[0]!.regions!.length);
    const fields = fit.pictures[0]!.regions!;
    for (let p = 0; p < fields[0]!.values.length; p++) {
      const inside = fields.filter(({ values }) => values[p]! > 0).length;
      expect(inside).toBe(fields.some(({ values }) => values[p] === 0) ? inside : 1);
    }
    for (const { x, y } of fit.points) {
      expect(x).toBeGreaterThan(fit.xRange[0]);
      expect(x).toBeLessThan(fit.xRange[1]);
      expect(y).toBeGreaterThan(fit.yRange[0]);
      expect(y).toBeLessThan(fit.yRange[1]);
    }
  });

  test("a function has no data to fit, and says so", () => {
    expect(answerOf("sphere")).toEqual({
      kind: "none",
      reason: "This problem is a function: there is no data to fit.",
    });
  });

  test.each(known.map(({ name }) => name))("%s: a picture, or a reason why not", (name) => {
    const fit = answerOf(name);
    const pictures = fit.kind === "fit" ? fit.pictures : [];
    expect(fit.kind === "none" ? fit.reason.length > 20 : pictures.length === 1).toBe(true);
    expect(pictures.every(({ regions, line }) => (regions ?? line) !== undefined)).toBe(true);
    const values = pictures.flatMap(({ regions }) =>
      (regions ?? []).flatMap((field) => Array.from(field.values)),
    );
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
  });
});
