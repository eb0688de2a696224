// What takes part, with the settings that differ from the defaults.
import {
  competitiveDifferentialEvolution,
  differentialEvolution,
  jade,
  lShade,
} from "@basin/differential-evolution";
import { compassSearch, nelderMead, powell } from "@basin/direct-search";
import { bipopCmaEs, cmaEs, ipopCmaEs, sepCmaEs } from "@basin/evolution-strategies";
import { geneticAlgorithm } from "@basin/genetic-algorithm";
import * as gradient from "@basin/gradient-descent";
import { multistart } from "@basin/multistart";
import { particleSwarm, restartingParticleSwarm } from "@basin/particle-swarm";
import * as random from "@basin/random-search";

const entry = (optimizer, hyperparameters, more = {}) => ({ optimizer, hyperparameters, ...more });

/** Name in the table → method. `patience`: factor on the budget of 10⁴ n; `gradients`: may ask for gradients at their derived price. */
export const optimizers = {
  "cma-es": entry(cmaEs),
  "ipop-cma-es": entry(ipopCmaEs, {}, { patience: 2 }),
  "bipop-cma-es": entry(bipopCmaEs, {}, { patience: 2 }),
  "sep-cma-es": entry(sepCmaEs),
  "l-bfgs": entry(gradient.lBfgs),
  "multistart-l-bfgs": entry(multistart(gradient.lBfgs)),
  powell: entry(powell),
  "nelder-mead": entry(nelderMead),
  "compass-search": entry(compassSearch),
  "l-shade": entry(lShade),
  jade: entry(jade),
  "competitive-differential-evolution": entry(competitiveDifferentialEvolution),
  "differential-evolution": entry(differentialEvolution),
  "particle-swarm": entry(particleSwarm),
  "particle-swarm in a hurry": entry(particleSwarm, { swarmSize: 15, informants: 6, inertia: 0.6 }),
  "particle-swarm by differences": entry(particleSwarm, { spread: "differences" }),
  "restarting-particle-swarm": entry(restartingParticleSwarm),
  "genetic-algorithm": entry(geneticAlgorithm),
  "genetic-algorithm along principal axes": entry(geneticAlgorithm, { axes: "principal" }),
  "random-search": entry(random.randomSearch),
  "random-walk": entry(random.randomWalk),
  "hill-climbing": entry(random.hillClimbing),
  "adaptive-random-search": entry(random.adaptiveRandomSearch),
  "one-plus-one-es": entry(random.onePlusOneEs),
  "one-plus-one-es that learns": entry(random.onePlusOneEs, { learn: true }),
  "controlled-random-search": entry(random.controlledRandomSearch),
  "simulated-annealing": entry(random.simulatedAnnealing),
  "l-bfgs with gradients": entry(gradient.lBfgs, {}, { gradients: true }),
  "multistart-l-bfgs with gradients": entry(multistart(gradient.lBfgs), {}, { gradients: true }),
};
