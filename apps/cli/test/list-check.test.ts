// basin list and basin check.
import { describe, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { catalog } from "@basin/catalog";
import type { ExperimentSpec } from "@basin/experiment";
import { basin } from "./basin.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

describe("list", () => {
  test("names everything, in 80 columns", () => {
    const { out, code } = basin(["list"]);
    expect(code).toBe(0);
    for (const name of Object.keys(catalog.optimizers)) expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
    for (const line of out.split("\n")) expect([...line].length <= 80 || line).toBe(true);
  });
  test("shows one with its settings, their values, defaults and help", () => {
    const { out } = basin(["list", "adam"]);
    expect(out).toMatch(/rate = 0\.\d+ {3}> 0, usually 0\.0001 to 1, log scale\n {6}Length of a step/);
    expect(basin(["list", "penguins-logistic"]).out).toMatch(/ l2 = /);
  });
  test("as JSON has a schema for each", () => {
    const all = JSON.parse(basin(["list", "--json"]).out) as Record<
      "problems" | "optimizers",
      { name: string; settings: { type: string } }[]
    >;
    expect(all.optimizers.map(({ name }) => name)).toEqual(Object.keys(catalog.optimizers));
    for (const { settings } of [...all.problems, ...all.optimizers]) expect(settings.type).toBe("object");
    expect(JSON.parse(basin(["list", "adam", "--json"]).out)).toMatchObject({
      kind: "optimizer",
      name: "adam",
    });
  });
});

describe("check", () => {
  test("passes a sound module, and says how many laws hold", () => {
    const { out, code } = basin(["check", fixture("sound.mjs")]);
    expect([out, code]).toEqual([expect.stringMatching(/^✓ optimizer walk: \d+ laws hold\n$/), 0]);
  });
  test("names the broken law, and ends with 1", () => {
    const { out, err, code } = basin(["check", fixture("broken.mjs")]);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ optimizer scribbler breaks the law: .+\n {4}.+/);
    expect(err).toMatch(/laws? broken\./);
    expect(out + err).not.toMatch(/^\s+at /m);
  });
  test("takes names of the catalog and installed packages", () => {
    expect(basin(["check", "random-search"]).code).toBe(0);
    expect(basin(["check", "sphere"]).out).toMatch(/✓ problem sphere: \d+ laws hold/);
  });
  test("refuses a module without any", () => {
    const { err, code } = basin(["check", fixture("nothing.mjs")]);
    expect([code, err]).toEqual([2, expect.stringMatching(/exports no optimizer and no problem/)]);
  });
});

describe("presets", () => {
  test.each(["three-ways", "crossover", "local-minima", "bbob"])(
    "%s is an experiment that can be run",
    (name) => {
      const shown = JSON.parse(basin(["list", name]).out) as object;
      expect(Object.keys(shown)).toEqual(["problems", "optimizers", "replicates", "budget"]);
      expect(basin(["list"]).out).toMatch(new RegExp(`^  ${name} `, "m"));
      // one seed and a budget that is spent at once: every problem is made, every optimizer fits
      const { code, err } = basin(
        ["run", name, "--seeds", "1", "--budget", "1", "--dimensions", "2"].slice(0, name === "bbob" ? 8 : 6),
      );
      expect([code, err]).toEqual([0, ""]);
    },
  );
  test("crossover is what experiments/crossover says of its models up to 515 weights", () => {
    const { models, optimizers, parts } = JSON.parse(
      readFileSync(new URL("../../../experiments/crossover/experiment.json", import.meta.url), "utf8"),
    ) as {
      models: { weights: number; name: string; settings?: object }[];
      optimizers: { name: string; mostWeights?: number }[];
      parts: { models: number[]; budgets: number[]; seeds: number; noisy?: boolean; differences?: boolean }[];
    };
    const { spec } = JSON.parse(basin(["plan", "crossover", "--json"]).out) as { spec: ExperimentSpec };
    const mine = models.filter(({ weights }) => weights <= 515);
    expect(spec.problems.map(({ name, settings }) => ({ name, settings }))).toEqual(
      mine.map(({ name, settings = {} }) => ({ name, settings })),
    );
    expect(spec.optimizers.map(({ name, settings }) => ({ name, settings }))).toEqual(
      optimizers.map(({ name }) => ({ name, settings: {} })),
    );
    for (const [i] of mine.entries())
      expect(
        parts.some(
          (part) =>
            part.models.includes(i) &&
            part.budgets.includes(spec.budget as number) &&
            part.seeds >= spec.replicates &&
            part.noisy !== true &&
            part.differences !== true,
        ),
      ).toBe(true);
  });
  test("take other optimizers, numbers and dimensions", () => {
    const words = ["bbob", "--optimizers", "random-search,cma-es", "--dimensions", "2,3,5", "--json"];
    const { spec } = JSON.parse(basin(["plan", ...words]).out) as {
      spec: { problems: unknown[]; optimizers: unknown[] };
    };
    expect([spec.problems.length, spec.optimizers.length]).toEqual([24 * 3 * 5, 2]);
    expect(basin(["plan", "penguins-logistic", "--dimensions", "2"]).err).toMatch(
      /penguins-logistic has no dimension/,
    );
    expect(basin(["plan", "bbob", "--set", "cma-es.steps=1"]).err).toMatch(
      /steps is unknown \(did you mean step\)/,
    );
  });
});
