// Runs that failed or diverged, by problem, optimizer and reason: none is dropped, so all are named.
import { isLost, type ExperimentResult } from "@basin/experiment";

export interface Failure {
  readonly problem: string;
  readonly label: string;
  readonly what: "failed" | "diverged";
  readonly reason: string;
  /** Numbers of the replicates. */
  readonly replicates: readonly number[];
}

export function failuresOf({ spec, records }: ExperimentResult): Failure[] {
  const found = new Map<string, Omit<Failure, "replicates"> & { replicates: number[] }>();
  for (const { run, result } of records) {
    if (!isLost(result) || result.ending === "cancelled") continue;
    const failure = {
      problem: spec.problems[run.problem]!.label,
      label: spec.optimizers[run.entry]!.label,
      what: result.ending === "failed" ? ("failed" as const) : ("diverged" as const),
      reason:
        result.ending === "failed" ? result.reason : `ended not finite or above its start (${result.reason})`,
    };
    const key = JSON.stringify(failure);
    const known = found.get(key) ?? { ...failure, replicates: [] };
    known.replicates.push(run.spec.replicate);
    found.set(key, known);
  }
  return [...found.values()];
}
