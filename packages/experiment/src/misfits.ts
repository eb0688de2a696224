// Optimizers that cannot search a problem of the experiment, found before the first run.
import { UsageError } from "@basin/objective";
import { createRun, keyOf, objectiveOf, type Catalog } from "@basin/runner";
import type { Fault } from "./fault.ts";
import { plan } from "./plan.ts";
import type { ExperimentSpec } from "./spec.ts";

/**
 * Every pair of problem and optimizer that would be refused (it asks what the problem does not answer, searches another
 * encoding or dimension), each with its reason. Makes each problem once, which may take a moment where there is data.
 */
export function misfits(spec: ExperimentSpec, catalog: Catalog): Fault[] {
  const faults: Fault[] = [];
  const add = (place: string, error: unknown): void => {
    const message = wordsOf(error);
    // one problem in five settings is one fault
    if (!faults.some((fault) => fault.place === place && fault.message === message))
      faults.push({ place, message });
  };
  const first = plan({ ...spec, replicates: 1 });
  for (const [p] of spec.problems.entries()) {
    const mine = first.filter(({ problem }) => problem === p);
    try {
      const objective = objectiveOf(mine[0]!.spec, catalog);
      for (const run of mine)
        try {
          createRun({
            objective,
            optimizer: catalog.optimizers[run.spec.optimizer.name]!,
            hyperparameters: run.spec.optimizer.settings,
            key: keyOf(run.spec),
            budget: run.spec.budget,
          });
        } catch (error) {
          add(`optimizers[${run.entry}]`, error);
        }
    } catch (error) {
      add(`problems[${p}]`, error);
    }
  }
  return faults;
}

function wordsOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.who}: ${error.found} (${error.advice})`;
  return error instanceof Error ? error.message : String(error);
}
