// Experiments that the tests look at, run in this thread, each once.
import { catalog } from "@basin/catalog";
import { inProcess, runExperiment, type ExperimentFile, type ExperimentResult } from "@basin/experiment";

export function made(experiment: ExperimentFile): Promise<ExperimentResult> {
  return runExperiment(experiment, { catalog, executor: inProcess(catalog, () => 0) });
}

const once = (experiment: ExperimentFile): (() => Promise<ExperimentResult>) => {
  let running: Promise<ExperimentResult> | undefined;
  return () => (running ??= made(experiment));
};

/** Two functions of bbob in two dimensions, five instances of each, one run an instance; one method asks for gradients at fractional prices. */
export const bbobExperiment = once({
  problems: [1, 8].flatMap((f) =>
    [2, 3].flatMap((dimension) =>
      Array.from({ length: 5 }, (_, i) => ({ name: `bbob-f${f}`, settings: { dimension, instance: i + 1 } })),
    ),
  ),
  optimizers: ["random-walk", "nelder-mead", "gradient-descent"],
  replicates: 1,
  budget: 300,
});

/** Problems of several kinds, three optimizers. */
export const severalProblems = once({
  problems: [{ name: "sphere", settings: { dimension: 2 } }, "branin", "rosenbrock"],
  optimizers: ["gradient-descent", "random-search", "random-walk"],
  replicates: 6,
  budget: 120,
});

/** A grid over the rate, the largest of which diverges. */
export const gridExperiment = once({
  problems: [{ name: "sphere", settings: { dimension: 3 } }],
  optimizers: [
    ...[0.003, 0.03, 0.3, 30].map((rate) => ({ name: "gradient-descent", settings: { rate } })),
    "random-search",
  ],
  replicates: 5,
  budget: 60,
});
