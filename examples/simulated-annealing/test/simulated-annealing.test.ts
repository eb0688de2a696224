// What a third party's test looks like: the laws, and what is special to the method.
import { describe, expect, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import { simulatedAnnealing } from "basin-simulated-annealing";

describe("keeps the laws", () => {
  for (const law of optimizerLaws(simulatedAnnealing)) test(law.name, law.check);
});

test("accepts no worse point once it is cold", async () => {
  const { makeDomain, parseSettings } = await import("@basin/objective");
  const { rngOf, rootKey } = await import("@basin/random");
  const settings = parseSettings(simulatedAnnealing.hyperparameters, { hot: 1, cold: 1e-300 }, "test");
  const search = simulatedAnnealing.create(settings, makeDomain({ dimension: 1 }), 1);
  const rng = rngOf(rootKey(1));
  const start = search.init(Float64Array.of(0), rng);
  const x = Float64Array.of(0);
  const stood = search.tell(start, [{ kind: "value", x, value: 1 }], rng);
  const after = search.tell(stood, [{ kind: "value", x, value: 1.001 }], rng);
  expect(after.value).toBe(1);
});
