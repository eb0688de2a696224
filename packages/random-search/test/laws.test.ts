// The contract, for every method of the package and some of its settings.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import {
  adaptiveRandomSearch,
  controlledRandomSearch,
  hillClimbing,
  onePlusOneEs,
  randomSearch,
  randomWalk,
  simulatedAnnealing,
} from "@basin/random-search";

const cases = [
  ["random-search", optimizerLaws(randomSearch)],
  ["from the start box", optimizerLaws(randomSearch, { hyperparameters: { box: "initial" } })],
  ["random-walk", optimizerLaws(randomWalk)],
  ["steps wider than the region", optimizerLaws(randomWalk, { hyperparameters: { stepSize: 1.5 } })],
  ["small steps", optimizerLaws(randomWalk, { hyperparameters: { stepSize: 0.002 } })],
  ["one-plus-one-es", optimizerLaws(onePlusOneEs)],
  [
    "steps that change slowly",
    optimizerLaws(onePlusOneEs, { hyperparameters: { stepSize: 0.5, damping: 20 } }),
  ],
  ["one-plus-one-es that learns", optimizerLaws(onePlusOneEs, { hyperparameters: { learn: true } })],
  ["a coarse tolerance", optimizerLaws(onePlusOneEs, { hyperparameters: { tolerance: 0.01 } })],
  ["hill-climbing", optimizerLaws(hillClimbing)],
  [
    "short climbs",
    optimizerLaws(hillClimbing, { hyperparameters: { stepSize: 0.02, patience: 1, tolerance: 0.01 } }),
  ],
  ["controlled-random-search", optimizerLaws(controlledRandomSearch)],
  [
    "the smallest population, begun anew at once",
    optimizerLaws(controlledRandomSearch, { hyperparameters: { populationSize: 1, tolerance: 0.05 } }),
  ],
  ["adaptive-random-search", optimizerLaws(adaptiveRandomSearch)],
  [
    "two step sizes, two points",
    optimizerLaws(adaptiveRandomSearch, { hyperparameters: { sizes: 2, factor: 20, points: 2 } }),
  ],
  ["one step size", optimizerLaws(adaptiveRandomSearch, { hyperparameters: { sizes: 1, points: 1 } })],
  ["simulated-annealing", optimizerLaws(simulatedAnnealing)],
  [
    "many short cycles",
    optimizerLaws(simulatedAnnealing, { hyperparameters: { cycle: 10, coordinates: 1 } }),
  ],
  [
    "hot, steps of one shape",
    optimizerLaws(simulatedAnnealing, { hyperparameters: { heat: 100, coordinates: 0, acceptance: 0.5 } }),
  ],
  ["cold", optimizerLaws(simulatedAnnealing, { hyperparameters: { heat: 0 } })],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
