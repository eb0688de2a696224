// The contract, for every optimizer of the package and some of its settings.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import { compassSearch, nelderMead, powell } from "@basin/direct-search";

const cases = [
  ["nelder-mead", optimizerLaws(nelderMead)],
  [
    "nelder-mead, the parameters of 1965, no restarts",
    optimizerLaws(nelderMead, { hyperparameters: { adaptive: false, restarts: 0 } }),
  ],
  ["powell", optimizerLaws(powell)],
  ["compass-search", optimizerLaws(compassSearch)],
  ["compass-search without expansion", optimizerLaws(compassSearch, { hyperparameters: { expansion: 1 } })],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
