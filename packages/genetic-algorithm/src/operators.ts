// The tables of operators: a name in the hyperparameters is one of these.
import type { Domain, Settings } from "@basin/objective";
import { arithmetic } from "./crossover/arithmetic.ts";
import { blend } from "./crossover/blend.ts";
import type { Crossover } from "./crossover/crossover.ts";
import { onePoint } from "./crossover/one-point.ts";
import { simulatedBinary } from "./crossover/simulated-binary.ts";
import { uniform } from "./crossover/uniform.ts";
import { differential } from "./mutation/differential.ts";
import { gaussian } from "./mutation/gaussian.ts";
import type { Mutation } from "./mutation/mutation.ts";
import { polynomial } from "./mutation/polynomial.ts";
import { reset } from "./mutation/reset.ts";
import { rank } from "./selection/rank.ts";
import { roulette } from "./selection/roulette.ts";
import type { Selection } from "./selection/selection.ts";
import { tournament } from "./selection/tournament.ts";
import type { hyperparameters } from "./settings.ts";

export type GeneticSettings = Settings<typeof hyperparameters>;

const selections: { readonly [N in GeneticSettings["selection"]]: (settings: GeneticSettings) => Selection } =
  {
    tournament: ({ tournamentSize }) => tournament(tournamentSize),
    rank: ({ rankPressure }) => rank(rankPressure),
    roulette: () => roulette,
  };

const crossovers: { readonly [N in GeneticSettings["crossover"]]: (settings: GeneticSettings) => Crossover } =
  {
    blend: (settings) => blend(settings.blend),
    "simulated-binary": ({ crossoverIndex }) => simulatedBinary(crossoverIndex),
    arithmetic: (settings) => arithmetic(settings.blend),
    uniform: () => uniform,
    "one-point": () => onePoint,
  };

/** Coordinates that a mutation changes, on average, unless told: enough that steps are not along axes only. */
const MUTATED = 5;

const mutations: {
  readonly [N in GeneticSettings["mutation"]]: (
    share: number,
    settings: GeneticSettings,
    domain: Domain,
  ) => Mutation;
} = {
  gaussian: (share) => gaussian(share),
  differential: () => differential,
  polynomial: (share, { mutationIndex }, { region }) =>
    polynomial(
      mutationIndex,
      share,
      region.upper.map((u, j) => u - region.lower[j]!),
    ),
  reset: (share, _, { region }) => reset(share, region),
};

export interface Operators {
  readonly select: Selection;
  readonly cross: Crossover;
  readonly mutate: Mutation;
}

export function operatorsOf(settings: GeneticSettings, domain: Domain): Operators {
  const share = settings.mutatedShare > 0 ? settings.mutatedShare : Math.min(1, MUTATED / domain.dimension);
  return {
    select: selections[settings.selection](settings),
    cross: crossovers[settings.crossover](settings),
    mutate: mutations[settings.mutation](share, settings, domain),
  };
}
