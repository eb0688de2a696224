// The runs of one seed that the map and the fits are about: those that have ended, and those that wait in the middle.
import type { RunRecord } from "@basin/experiment";
import type { HeldRun } from "./held.ts";
import type { Results } from "./results.ts";

export interface LookedAt {
  /** In the order of the entries. */
  readonly records: readonly (RunRecord | HeldRun)[];
  /** Changes whenever there is something else to see. */
  readonly key: string;
}

export function lookedAt(
  results: Results,
  all: readonly HeldRun[],
  replicate: number,
  problem: number,
): LookedAt {
  const held = all.filter(
    ({ run, result }) =>
      run.problem === problem && run.spec.replicate === replicate && result.tally.steps > 0,
  );
  const records = [...results.of(replicate, problem), ...held].sort((a, b) => a.run.index - b.run.index);
  const kept = records.filter(({ result }) => result.trace.points !== undefined).length;
  return {
    records,
    key: [problem, replicate, records.length, kept, ...held.map(({ result }) => result.tally.steps)].join(
      " ",
    ),
  };
}
