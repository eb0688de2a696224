import { expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { parseSpec } from "@basin/experiment";
import { commandFor } from "../src/state/command.ts";
import { configOf, defaultConfig, fileOf, type Config } from "../src/state/config.ts";

const commandOf = (config: Config): string => commandFor(parseSpec(fileOf(config), catalog)).text;

test("names and numbers make a command", () => {
  expect(commandOf(defaultConfig)).toBe(
    "basin run penguins-logistic --optimizers gradient-descent,random-search,genetic-algorithm --seeds 15 --budget 2000 --seed 1 -o out/",
  );
  expect(commandOf({ ...defaultConfig, seed: 7 })).toContain("--budget 2000 --seed 7");
});

test("settings, several problems, a target and a budget in multiples of n are said", () => {
  const [first] = defaultConfig.entrants;
  const config: Config = {
    ...defaultConfig,
    problems: [
      { name: "rosenbrock", settings: { dimension: 3 } },
      { name: "beale", settings: {} },
    ],
    entrants: [{ ...first!, settings: { rate: 0.5 } }],
    budget: "50n",
    target: 0.01,
  };
  expect(commandOf(config)).toBe(
    "basin run rosenbrock:dimension=3,beale --optimizers gradient-descent:rate=0.5 --seeds 15 --budget 50n --seed 1 --target 0.01 -o out/",
  );
});

test("labels of one's own, tuning and what is recorded need a file", () => {
  const [first] = defaultConfig.entrants;
  const effort = { runs: 9, seeds: 3, varied: ["rate"], criterion: "lowest median" };
  const configs: Config[] = [
    { ...defaultConfig, entrants: [{ ...first!, label: "slow" }] },
    { ...defaultConfig, problems: [{ name: "branin", settings: {}, label: "B" }] },
    { ...defaultConfig, entrants: [first!, { ...first!, label: "again" }] },
    { ...defaultConfig, entrants: [{ ...first!, tuning: effort }] },
    { ...defaultConfig, record: { points: true } },
  ];
  for (const config of configs) {
    const spec = parseSpec(fileOf(config), catalog);
    expect(commandFor(spec)).toEqual({ text: "basin run experiment.json -o out/", needsFile: true });
  }
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
