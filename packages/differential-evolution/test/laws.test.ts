// The contract, for every optimizer of the package and some of its settings.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import {
  competitiveDifferentialEvolution,
  differentialEvolution,
  jade,
  lShade,
} from "@basin/differential-evolution";

const cases = [
  ["rand/1/bin", optimizerLaws(differentialEvolution)],
  [
    "best/1/bin",
    optimizerLaws(differentialEvolution, { hyperparameters: { strategy: "best/1/bin", populationSize: 7 } }),
  ],
  ["jade", optimizerLaws(jade)],
  ["l-shade", optimizerLaws(lShade)],
  ["competing strategies", optimizerLaws(competitiveDifferentialEvolution)],
  [
    "the smallest population",
    optimizerLaws(competitiveDifferentialEvolution, { hyperparameters: { populationSize: 4 } }),
  ],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
