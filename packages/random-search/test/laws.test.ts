// The contract, for every method of the package and some of its settings.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import { randomSearch, randomWalk } from "@basin/random-search";

const cases = [
  ["random-search", optimizerLaws(randomSearch)],
  ["from the start box", optimizerLaws(randomSearch, { hyperparameters: { box: "initial" } })],
  ["random-walk", optimizerLaws(randomWalk)],
  ["steps wider than the region", optimizerLaws(randomWalk, { hyperparameters: { stepSize: 1.5 } })],
  ["small steps", optimizerLaws(randomWalk, { hyperparameters: { stepSize: 0.002 } })],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
