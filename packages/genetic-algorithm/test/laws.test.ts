// The contract, with each of the operators at least once.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import { geneticAlgorithm } from "@basin/genetic-algorithm";

const cases = [
  {},
  { populationSize: 2, restartGrowth: 0 },
  { populationSize: 7, elites: 0, firstPopulation: "region" },
  { elites: 1, selection: "rank", crossover: "simulated-binary", mutation: "polynomial" },
  { selection: "roulette", crossover: "arithmetic", mutation: "differential", restartGrowth: 1 },
  { crossover: "uniform", mutatedShare: 1, firstPopulation: "around" },
  { crossover: "one-point", mutation: "reset", tournamentSize: 1 },
  { crossoverRate: 0, mutationRate: 1 },
  { axes: "principal", populationSize: 10 },
  { offspring: 2, elites: 1, duplicates: true },
  { niching: "crowding", populationSize: 8 },
  { niching: "restricted-tournament", offspring: 3, axes: "principal" },
] as const;

describe.each(cases)("%j", (hyperparameters) => {
  for (const law of optimizerLaws(geneticAlgorithm, { hyperparameters })) test(law.name, law.check);
});
