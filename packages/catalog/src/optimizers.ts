// Every optimizer by name. To add one: its package in package.json, and one line here.
import {
  competitiveDifferentialEvolution,
  differentialEvolution,
  jade,
  lShade,
} from "@basin/differential-evolution";
import { compassSearch, nelderMead, powell } from "@basin/direct-search";
import { bipopCmaEs, cmaEs, ipopCmaEs, openaiEs, sepCmaEs, snes, xnes } from "@basin/evolution-strategies";
import { geneticAlgorithm } from "@basin/genetic-algorithm";
import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  amsgrad,
  gradientDescent,
  lion,
  momentum,
  nadam,
  nesterov,
  radam,
  rmsprop,
  rprop,
} from "@basin/gradient-descent";
import type { AnyOptimizer } from "@basin/optimizer";
import { particleSwarm } from "@basin/particle-swarm";
import { halton, latinHypercube, randomSearch, randomWalk, sobol } from "@basin/random-search";

export const optimizers: Readonly<Record<string, AnyOptimizer>> = {
  "gradient-descent": gradientDescent,
  momentum,
  nesterov,
  adam,
  adagrad,
  rmsprop,
  adadelta,
  adamw,
  amsgrad,
  adamax,
  nadam,
  radam,
  lion,
  rprop,
  "random-search": randomSearch,
  "random-walk": randomWalk,
  "genetic-algorithm": geneticAlgorithm,
  sobol,
  halton,
  "latin-hypercube": latinHypercube,
  "cma-es": cmaEs,
  "sep-cma-es": sepCmaEs,
  "ipop-cma-es": ipopCmaEs,
  "bipop-cma-es": bipopCmaEs,
  xnes,
  snes,
  "openai-es": openaiEs,
  "differential-evolution": differentialEvolution,
  jade,
  "l-shade": lShade,
  "competitive-differential-evolution": competitiveDifferentialEvolution,
  "particle-swarm": particleSwarm,
  "nelder-mead": nelderMead,
  powell,
  "compass-search": compassSearch,
};
