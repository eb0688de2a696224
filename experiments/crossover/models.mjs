// The catalog's models as this experiment sees them: without reports, which cost more than the runs, and with noise if wanted.
import { catalog } from "@basin/catalog";

/** What a noisy objective reports: the loss on all examples, at the recommended point. It is not charged. */
export const FULL_LOSS = "full loss";

function withoutReport({ report: _, ...objective }) {
  return objective;
}

/**
 * Whoever asks, for a value or for a gradient, sees `batch` examples drawn anew for each ask; all points of one ask see
 * the same ones. An answer costs what it costs on all examples, so that the unit is one f on a batch.
 */
function withNoise(objective, batch) {
  const all = { kind: "value" };
  return {
    ...withoutReport(objective),
    noisy: true,
    evaluate: (ask, rng) =>
      objective.evaluate({ ...ask, examples: { draw: "random", size: batch, id: 0 } }, rng),
    report: (x) => ({ [FULL_LOSS]: objective.evaluate({ queries: [{ ...all, x }] })[0].value }),
  };
}

/** The catalog with every problem changed so. `batch` 0: no noise. Names stay, and with them starts and splits. */
export function catalogWith(batch) {
  const change = (problem) => ({
    ...problem,
    create(settings, rng) {
      const objective = problem.create(settings, rng);
      return batch > 0 ? withNoise(objective, batch) : withoutReport(objective);
    },
  });
  return {
    ...catalog,
    problems: Object.fromEntries(
      Object.entries(catalog.problems).map(([name, problem]) => [name, change(problem)]),
    ),
  };
}
