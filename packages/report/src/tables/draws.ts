// The streams that intervals draw from: by the seed of the experiment and what is drawn for, so that a report is the same each time.
import type { ExperimentResult } from "@basin/experiment";
import { foldIn, rngOf, rootKey } from "@basin/experiment/statistics";

export function drawsFor(
  { spec }: ExperimentResult,
  ...parts: readonly (string | number)[]
): ReturnType<typeof rngOf> {
  return rngOf(foldIn(rootKey(spec.seed), "report", ...parts));
}
