// The tables of operators: a name in the hyperparameters is one of these.
import type { Domain, Encoding, Settings, Vector } from "@basin/objective";
import type { Rng } from "@basin/random";
import { arithmetic } from "./crossover/arithmetic.ts";
import { blend } from "./crossover/blend.ts";
import { blocks } from "./crossover/blocks.ts";
import type { Crossover } from "./crossover/crossover.ts";
import { onePoint } from "./crossover/one-point.ts";
import { order } from "./crossover/order.ts";
import { simulatedBinary } from "./crossover/simulated-binary.ts";
import { uniform } from "./crossover/uniform.ts";
import { marksOf, rowsSeen } from "./duplicates.ts";
import { differential } from "./mutation/differential.ts";
import { flip } from "./mutation/flip.ts";
import { gaussian } from "./mutation/gaussian.ts";
import { inversion } from "./mutation/inversion.ts";
import type { Mutation } from "./mutation/mutation.ts";
import { polynomial } from "./mutation/polynomial.ts";
import { reset } from "./mutation/reset.ts";
import { coins, firstRows, fromRegion, shuffles } from "./population.ts";
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

/** How often a copy is mutated before it is let be: there may be no others. */
export const TRIES = 10;

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
  /** Exchange of whole blocks, where there are several and they can be exchanged. */
  readonly exchange: Crossover | undefined;
  readonly mutate: Mutation;
  /** The first population, of which the start is the first member; and one drawn anew. Shape [size × n]. */
  first(start: Vector, size: number, rng: Rng): Float64Array;
  anew(size: number, rng: Rng): Float64Array;
}

/** Of each encoding, what is its own. */
const encodings: {
  readonly [E in Encoding]: (settings: GeneticSettings, domain: Domain) => Omit<Operators, "select">;
} = {
  real(settings, domain) {
    const share = settings.mutatedShare > 0 ? settings.mutatedShare : Math.min(1, MUTATED / domain.dimension);
    return {
      cross: crossovers[settings.crossover](settings),
      exchange: domain.layout.length > 1 ? blocks(domain.layout) : undefined,
      mutate: mutations[settings.mutation](share, settings, domain),
      first: (start, size, rng) => firstRows(start, size, settings.firstPopulation, domain, rng),
      anew: (size, rng) => fromRegion(size, domain, rng),
    };
  },
  bits: ({ crossover, duplicates }, { dimension, layout }) => ({
    cross: crossover === "one-point" ? onePoint : uniform,
    exchange: layout.length > 1 ? blocks(layout) : undefined,
    mutate: flip,
    ...drawn((size, rng) => coins(size, dimension, rng), flip, duplicates, dimension),
  }),
  permutation: ({ duplicates }, { dimension }) => ({
    cross: order,
    exchange: undefined,
    mutate: inversion,
    ...drawn((size, rng) => shuffles(size, dimension, rng), inversion, duplicates, dimension),
  }),
};

/** First and later populations out of `draw`, without copies unless they are allowed. */
function drawn(
  draw: (size: number, rng: Rng) => Float64Array,
  mutate: Mutation,
  duplicates: boolean,
  n: number,
): Pick<Operators, "first" | "anew"> {
  const marks = marksOf("bits", n);
  const distinct = (rows: Float64Array, rng: Rng): Float64Array => {
    if (duplicates) return rows;
    const seen = rowsSeen(rows.length / n, marks);
    const ancestry = { parents: rows, count: rows.length / n, spread: rows };
    for (let at = 0; at < rows.length; at += n)
      for (let tries = 0; !seen.add(rows, at) && tries < TRIES; tries++)
        mutate(rows, at, n, 1, ancestry, rng);
    return rows;
  };
  return {
    first: (start, size, rng) => distinct(beginningWith(start, draw(size, rng)), rng),
    anew: (size, rng) => distinct(draw(size, rng), rng),
  };
}

function beginningWith(start: Vector, rows: Float64Array): Float64Array {
  rows.set(start);
  return rows;
}

export function operatorsOf(settings: GeneticSettings, domain: Domain): Operators {
  return {
    select: selections[settings.selection](settings),
    ...encodings[domain.encoding](settings, domain),
  };
}
