// Grids over whole numbers, choices and switches, as they come from lists in an experiment file.
import { catalog } from "@basin/catalog";
import { report } from "@basin/report";
import { expect, test } from "vitest";
import { gridsOf } from "../src/grids.ts";
import { made } from "./made.ts";

const defaultOf = (optimizer: string, name: string): unknown => {
  const schema = catalog.optimizers[optimizer]!.hyperparameters as { parse(given: object): object };
  return (schema.parse({}) as Record<string, unknown>)[name];
};

test("whole numbers, choices and switches are grids, defaults among them, and each has its figure", async () => {
  const result = await made({
    problems: [{ name: "sphere", settings: { dimension: 3 } }],
    optimizers: [
      { name: "genetic-algorithm", settings: { populationSize: { from: 10, to: 40, steps: 3 } } },
      { name: "gradient-descent", settings: { schedule: ["cosine", "constant", "step"] } },
      { name: "cma-es", settings: { active: [true, false] } },
    ],
    replicates: 3,
    budget: 90,
  });
  const grids = gridsOf(result, defaultOf);
  expect(grids).toEqual([
    {
      optimizer: "genetic-algorithm",
      hyperparameter: "populationSize",
      scale: "linear",
      // 10 to 40 on the scale of the setting, which is logarithmic
      lines: [10, 20, 40].map((value, entry) => ({ value, entry })),
    },
    {
      optimizer: "gradient-descent",
      hyperparameter: "schedule",
      scale: "linear",
      names: ["cosine", "constant", "step"],
      lines: [0, 1, 2].map((value) => ({ value, entry: 3 + value })),
    },
    {
      optimizer: "cma-es",
      hyperparameter: "active",
      scale: "linear",
      names: ["true", "false"],
      lines: [0, 1].map((value) => ({ value, entry: 6 + value })),
    },
  ]);
  const { figures, html } = report(result, { defaultOf });
  const drawn = figures.filter(({ name }) => name.startsWith("sensitivity-"));
  expect(drawn.map(({ name }) => name)).toEqual([
    "sensitivity-genetic-algorithm-populationSize",
    "sensitivity-gradient-descent-schedule-2",
    "sensitivity-cma-es-active-3",
  ]);
  expect(drawn[1]!.svg).toMatch(
    /aria-label="Median loss at the end over schedule: cosine: [^;]*; constant: [^;]*; step: /,
  );
  for (const { title, svg } of drawn) {
    expect(html).toContain(title);
    expect(svg).not.toMatch(/NaN|undefined/);
  }
  // without what the defaults are, a line that leaves a choice at its default has no value here
  expect(gridsOf(result).map(({ names }) => names)).toEqual([["cosine", "step"]]);
});
