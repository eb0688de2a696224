// The experiment for the terminal: as a command where its words say it all, else as a file and a command that reads it.
import type { ExperimentSpec } from "@basin/experiment";
import { runCommand } from "@basin/report";

export const fileName = "experiment.json";

export interface Command {
  readonly text: string;
  /** Whether it reads the file, because words would leave out settings, labels or the effort of tuning. */
  readonly needsFile: boolean;
}

export function commandFor(spec: ExperimentSpec): Command {
  const said = spec.record === undefined ? runCommand(spec) : undefined;
  return { text: said ?? `basin run ${fileName} -o out/`, needsFile: said === undefined };
}
