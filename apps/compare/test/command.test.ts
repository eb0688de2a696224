import { expect, test } from "vitest";
import { command, fileOf, sayable } from "../src/state/command.ts";
import { defaultConfig, type Config } from "../src/state/config.ts";

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
  const problem: Config = { ...defaultConfig, problem: { name: "rosenbrock", settings: { dimension: 3 } } };
  for (const config of [set, named, problem]) {
    expect(sayable(config)).toBe(false);
    expect(command(config)).toBe("basin run experiment.json");
  }
  expect(fileOf(set).optimizers).toEqual([
    { name: "gradient-descent", label: "gradient-descent", settings: { learningRate: 0.5 } },
  ]);
});
