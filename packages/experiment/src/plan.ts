// The runs of an experiment, in order: problem × optimizer × replicate.
import { budgetOf } from "./budget.ts";
import type { ExperimentSpec, PlannedRun } from "./spec.ts";

/** Every run of the experiment; run `index` is a function of the spec and nothing else. */
export function plan(spec: ExperimentSpec): PlannedRun[] {
  const { problems, optimizers, replicates, seed, target, record } = spec;
  const common = {
    seed,
    ...(target === undefined ? {} : { target }),
    ...(record === undefined ? {} : { record }),
  };
  const runs: PlannedRun[] = [];
  for (const [problem, p] of problems.entries())
    for (const [entry, o] of optimizers.entries())
      for (let replicate = 0; replicate < replicates; replicate++)
        runs.push({
          index: runs.length,
          problem,
          entry,
          spec: {
            problem: { name: p.name, settings: p.settings },
            optimizer: { name: o.name, settings: o.settings },
            replicate,
            budget: budgetOf(spec, problem),
            ...common,
          },
        });
  return runs;
}
