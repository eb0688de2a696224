// The catalog's models as this experiment sees them: without reports, which cost more than the runs, and in one of three modes.
import { catalog } from "@basin/catalog";
import { withFiniteDifferences } from "@basin/objective";

/** What a noisy objective reports: the loss on all examples, at the recommended point. It is not charged. */
export const FULL_LOSS = "full loss";

function withoutReport(objective) {
  const bare = { ...objective };
  delete bare.report;
  return bare;
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

/** Gradients are had from differences of values, at n + 1 evaluations each. */
function withoutGradients(objective) {
  const { value } = objective.answers;
  return withFiniteDifferences({ ...withoutReport(objective), answers: { value } }, { scheme: "forward" });
}

/**
 * What an answer is: about all examples; about `batch` of them; or a value only.
 * @type {Record<string, (objective: object, batch: number) => object>}
 */
const modes = { exact: withoutReport, noisy: withNoise, differences: withoutGradients };

/** The catalog with every problem in that mode. Names stay, and with them starts and splits. */
export function catalogIn(mode, batch) {
  const change = (problem) => ({
    ...problem,
    create: (settings, rng) => modes[mode](problem.create(settings, rng), batch),
  });
  return {
    ...catalog,
    problems: Object.fromEntries(
      Object.entries(catalog.problems).map(([name, problem]) => [name, change(problem)]),
    ),
  };
}
