// The contract, for every optimizer of the package and some of its settings.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import { particleSwarm, restartingParticleSwarm } from "@basin/particle-swarm";

const cases = [
  ["standard PSO 2011", optimizerLaws(particleSwarm)],
  [
    "a small swarm with one informant",
    optimizerLaws(particleSwarm, { hyperparameters: { swarmSize: 12, informants: 1 } }),
  ],
  ["spread by differences", optimizerLaws(particleSwarm, { hyperparameters: { spread: "differences" } })],
  [
    "a swarm of one, spread by differences",
    optimizerLaws(particleSwarm, { hyperparameters: { swarmSize: 1, spread: "differences" } }),
  ],
  ["swarm after swarm", optimizerLaws(restartingParticleSwarm)],
  [
    "swarm after swarm, soon out of patience",
    optimizerLaws(restartingParticleSwarm, { hyperparameters: { swarmSize: 2, growth: 3, patience: 1 } }),
  ],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
