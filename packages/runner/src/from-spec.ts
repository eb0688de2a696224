// A run from its spec: names become modules, and the seed becomes paths of randomness.
import { UsageError, parseSettings, suggest, type Objective } from "@basin/objective";
import { foldIn, openStreams, rootKey, type Key } from "@basin/random";
import type { Catalog } from "./catalog.ts";
import { createRun, type Run } from "./run.ts";
import type { RunSpec } from "./run-spec.ts";
import { drawStart } from "./start.ts";

/** What all optimizers of one replicate share: the start, the data split, the order of the data. seed / problem / replicate. */
export function sharedKeyOf(spec: RunSpec): Key {
  return foldIn(rootKey(spec.seed), spec.problem.name, spec.replicate);
}

/** The run's own path: seed / problem / replicate / optimizer. */
export function keyOf(spec: RunSpec): Key {
  return foldIn(sharedKeyOf(spec), spec.optimizer.name);
}

/**
 * The objective of a spec, with the split of its replicate.
 * @throws UsageError for an unknown problem and for settings that do not parse.
 */
export function objectiveOf(spec: RunSpec, catalog: Catalog): Objective {
  const { name, settings } = spec.problem;
  const problem = entry(catalog.problems, name, "problem");
  return problem.create(
    parseSettings(problem.settings, settings, name),
    openStreams(sharedKeyOf(spec)).rng("split"),
  );
}

/** The start that every optimizer has in this replicate. Shape [n]. */
export function startOf(spec: RunSpec, objective: Objective): Float64Array {
  return drawStart(objective.domain, openStreams(sharedKeyOf(spec)).rng("start"));
}

/**
 * The run of a spec.
 * @throws UsageError for unknown names, settings that do not parse, and an optimizer that does not fit the objective.
 */
export function runOf(spec: RunSpec, catalog: Catalog): Run {
  const optimizer = entry(catalog.optimizers, spec.optimizer.name, "optimizer");
  return createRun({
    objective: objectiveOf(spec, catalog),
    optimizer,
    hyperparameters: spec.optimizer.settings,
    key: keyOf(spec),
    shared: sharedKeyOf(spec),
    budget: spec.budget,
    ...(spec.target === undefined ? {} : { target: spec.target }),
    ...(spec.record === undefined ? {} : { record: spec.record }),
  });
}

function entry<T>(table: Readonly<Record<string, T>>, name: string, what: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined)
    throw new UsageError("catalog", `there is no ${what} ${name}`, suggest(name, Object.keys(table)));
  return found;
}
