import { expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { parseSpec } from "@basin/experiment";
import { command, sayable } from "../src/state/command.ts";
import { configOf, defaultConfig, fileOf, type Config } from "../src/state/config.ts";

test("names and numbers make a command", () => {
  expect(command(defaultConfig)).toBe(
    "basin run penguins-logistic --optimizers gradient-descent,random-search,genetic-algorithm --seeds 15 --budget 2000",
  );
  expect(command({ ...defaultConfig, seed: 7 })).toContain("--budget 2000 --seed 7");
});

test("settings and labels of one's own need a file", () => {
  const [first] = defaultConfig.entrants;
  const set: Config = { ...defaultConfig, entrants: [{ ...first!, settings: { learningRate: 0.5 } }] };
  const named: Config = { ...defaultConfig, entrants: [{ ...first!, label: "slow" }] };
  const problem: Config = {
    ...defaultConfig,
    problems: [{ name: "rosenbrock", settings: { dimension: 3 } }],
  };
  const renamed: Config = { ...defaultConfig, problems: [{ name: "branin", settings: {}, label: "B" }] };
  const twice: Config = { ...defaultConfig, entrants: [first!, { ...first!, label: "again" }] };
  const effort = { runs: 9, seeds: 3, varied: ["rate"], criterion: "lowest median" };
  const tuned: Config = { ...defaultConfig, entrants: [{ ...first!, tuning: effort }] };
  for (const config of [set, named, problem, renamed, twice, tuned]) {
    expect(sayable(config)).toBe(false);
    expect(command(config)).toBe("basin run experiment.json");
  }
  expect(fileOf(set).optimizers).toEqual([{ name: "gradient-descent", settings: { learningRate: 0.5 } }]);
});

test("several problems, a target and a budget in multiples of n are said", () => {
  const config: Config = {
    ...defaultConfig,
    problems: ["branin", "beale"].map((name) => ({ name, settings: {} })),
    budget: "50n",
    target: 0.01,
  };
  expect(command(config)).toBe(
    "basin run branin,beale --optimizers gradient-descent,random-search,genetic-algorithm --seeds 15 --budget 50n --target 0.01",
  );
});

test("an experiment that became the page's is the same experiment as a file again", () => {
  const given = {
    problems: [{ name: "rosenbrock", settings: { dimension: [2, 4] } }, "branin"],
    optimizers: [
      { name: "adam", settings: { rate: { from: 0.01, to: 1, steps: 3, scale: "log" as const } } },
      { name: "random-search", label: "darts" },
      { name: "momentum", tuning: { runs: 9, seeds: 3, varied: ["rate"], criterion: "lowest median" } },
    ],
    replicates: 3,
    budget: "40n" as const,
    target: 0.5,
  };
  const spec = parseSpec(given, catalog);
  expect(parseSpec(fileOf(configOf(spec)), catalog)).toEqual(spec);
});
