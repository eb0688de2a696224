// Drives the search on a function of one's own, state by state.
import { parseSettings, type Domain, type Vector } from "@basin/objective";
import { isStop } from "@basin/optimizer";
import { openStreams, rootKey } from "@basin/random";
import { geneticAlgorithm, type GeneticState } from "@basin/genetic-algorithm";

/** States after each generation until `budget` answers were given; with `recycle`, later ones are written over former ones. */
export function states(
  f: (x: Vector) => number,
  domain: Domain,
  start: Vector,
  budget: number,
  settings: Parameters<typeof parseSettings>[1] = {},
  seed = 1,
  recycle = false,
): GeneticState[] {
  const search = geneticAlgorithm.create(
    parseSettings(geneticAlgorithm.hyperparameters, settings, "test"),
    domain,
    budget,
  );
  const streams = openStreams(rootKey(seed));
  const all = [search.init(start, streams.rng("init")) as GeneticState];
  for (let asked = 0, t = 0; asked < budget; t++) {
    const ask = search.ask(all.at(-1)!);
    if (isStop(ask)) throw new Error(ask.stop);
    const outcomes = ask.queries.map((query) => ({ ...query, value: f(query.x) }));
    asked += outcomes.length;
    const state = all.at(-1)!;
    const next = search.tell(state, outcomes, streams.rng("tell", t)) as GeneticState;
    if (recycle) search.recycle!(state, next);
    all.push(next);
  }
  return all;
}
