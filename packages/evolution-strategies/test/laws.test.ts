// The contract, for every optimizer of the package and some of its settings.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import { bipopCmaEs, cmaEs, ipopCmaEs, openaiEs, sepCmaEs, snes, xnes } from "@basin/evolution-strategies";

const cases = [
  ["cma-es", optimizerLaws(cmaEs)],
  [
    "cma-es, without negative weights",
    optimizerLaws(cmaEs, { hyperparameters: { active: false, populationSize: 7 } }),
  ],
  ["ipop-cma-es", optimizerLaws(ipopCmaEs)],
  ["bipop-cma-es", optimizerLaws(bipopCmaEs)],
  ["sep-cma-es", optimizerLaws(sepCmaEs)],
  ["snes", optimizerLaws(snes)],
  ["xnes", optimizerLaws(xnes)],
  ["openai-es", optimizerLaws(openaiEs)],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
