// Experiments that the tests look at, run in this thread.
import { catalog } from "@basin/catalog";
import { inProcess, runExperiment, type ExperimentFile, type ExperimentResult } from "@basin/experiment";

export function made(experiment: ExperimentFile): Promise<ExperimentResult> {
  return runExperiment(experiment, { catalog, executor: inProcess(catalog, () => 0) });
}

/** Three functions of bbob in two dimensions, fifteen instances of each, one run an instance. */
export function bbobExperiment(instances = 15): Promise<ExperimentResult> {
  const problems = [1, 8, 15].flatMap((f) =>
    [2, 5].flatMap((dimension) =>
      Array.from({ length: instances }, (_, i) => ({
        name: `bbob-f${f}`,
        settings: { dimension, instance: i + 1 },
      })),
    ),
  );
  return made({
    problems,
    optimizers: ["random-walk", "nelder-mead", "gradient-descent"],
    replicates: 1,
    budget: 600,
  });
}
