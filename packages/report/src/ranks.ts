// Mean ranks over problems (Demšar 2006), or over seeds where there is one problem only.
import type { ExperimentResult } from "@basin/experiment";
import { friedman, indistinct, median, nemenyiDifference } from "@basin/experiment/statistics";
import { pairedEnds, type Group } from "./groups.ts";

export interface Ranks {
  /** Numbers of the optimizers. */
  readonly entries: readonly number[];
  readonly meanRanks: readonly number[];
  readonly blocks: number;
  /** What a block is. */
  readonly over: "problems" | "seeds";
  /** Friedman's test. */
  readonly p: number;
  readonly difference: number;
  readonly level: number;
  /** Groups that do not differ, as places in `entries`. */
  readonly indistinct: readonly (readonly number[])[];
}

/** Undefined for fewer than two optimizers or two blocks. */
export function ranksOf(result: ExperimentResult, groups: readonly Group[], level = 0.05): Ranks | undefined {
  const paired = groups.map((group) => pairedEnds(result, group));
  // only optimizers that every problem has seen
  const entries = (paired[0]?.entries ?? []).filter((entry) =>
    paired.every((one) => one.entries.includes(entry)),
  );
  const rows = paired.map(({ entries: all, samples }) =>
    entries.map((entry) => samples[all.indexOf(entry)]!),
  );
  const over = groups.length > 1 ? "problems" : "seeds";
  const blocks =
    over === "problems"
      ? rows
          .filter((samples) => samples[0]?.length !== 0)
          .map((samples) => samples.map((sample) => median(sample)))
      : (rows[0]?.[0] ?? []).map((_, i) => rows[0]!.map((sample) => sample[i]!));
  if (entries.length < 2 || blocks.length < 2) return undefined;
  const { meanRanks, p } = friedman(blocks);
  const difference = nemenyiDifference(entries.length, blocks.length, level);
  return {
    entries,
    meanRanks: Array.from(meanRanks),
    blocks: blocks.length,
    over,
    p,
    difference,
    level,
    indistinct: indistinct(meanRanks, difference),
  };
}
