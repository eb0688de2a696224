// The contract, for multistarts of two local optimizers.
import { describe, test } from "vitest";
import { compassSearch, nelderMead } from "@basin/direct-search";
import { multistart } from "@basin/multistart";
import { optimizerLaws } from "@basin/optimizer/laws";

const cases = [
  ["of nelder-mead", optimizerLaws(multistart(nelderMead))],
  [
    "of compass-search, few samples",
    optimizerLaws(multistart(compassSearch), { hyperparameters: { samples: 3, tolerance: 1e-3 } }),
  ],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
