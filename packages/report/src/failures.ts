// Runs that failed or diverged, by problem, optimizer and reason: none is dropped, so all are named.
import { isLost, type ExperimentResult } from "@basin/experiment";
import type { Group } from "./groups.ts";

export interface Failure {
  /** Label of the group of problems. */
  readonly problem: string;
  readonly label: string;
  readonly what: "failed" | "diverged";
  readonly reason: string;
  readonly runs: number;
  /** Numbers of the replicates, each once. */
  readonly replicates: readonly number[];
}

export function failuresOf({ spec, records }: ExperimentResult, groups: readonly Group[]): Failure[] {
  const labels = new Map(groups.flatMap(({ label, problems }) => problems.map((p) => [p, label] as const)));
  const found = new Map<
    string,
    { readonly failure: Omit<Failure, "runs" | "replicates">; replicates: number[] }
  >();
  for (const { run, result } of records) {
    if (!isLost(result) || result.ending === "cancelled") continue;
    const failed = result.ending === "failed";
    const failure = {
      problem: labels.get(run.problem)!,
      label: spec.optimizers[run.entry]!.label,
      what: failed ? ("failed" as const) : ("diverged" as const),
      reason: failed ? result.reason : `ended not finite or above its start (${result.reason})`,
    };
    const key = JSON.stringify(failure);
    const known = found.get(key) ?? { failure, replicates: [] };
    known.replicates.push(run.spec.replicate);
    found.set(key, known);
  }
  return [...found.values()].map(({ failure, replicates }) => ({
    ...failure,
    runs: replicates.length,
    replicates: [...new Set(replicates)],
  }));
}
