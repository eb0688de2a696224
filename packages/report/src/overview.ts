// Many problems at a glance: where each optimizer ends on each of them, and its mean rank over all.
import { isLost, rankedLoss, type ExperimentResult } from "@basin/experiment";
import { median } from "@basin/experiment/statistics";
import { endOf, groupsOf, recordsIn } from "./groups.ts";
import { ranksOf } from "./ranks.ts";

export interface Overview {
  /** Instances of one function in one dimension are one row, as everywhere in a report. */
  readonly rows: readonly {
    readonly label: string;
    /** Whether the ends are above the known minimum, or as they are. */
    readonly aboveMinimum: boolean;
    /** Median of the loss at the end, by optimizer; undefined: it has no runs there. */
    readonly ends: readonly (number | undefined)[];
    /** Numbers of the optimizers that end lowest; ends count as equal as everywhere (`rankedLoss`). */
    readonly lowest: readonly number[];
  }[];
  /** By optimizer, in the order of the experiment. */
  readonly optimizers: readonly {
    readonly label: string;
    /** Over the rows, 1 the best; undefined where it was not run on all of them. */
    readonly rank: number | undefined;
    /** Rows in which nobody ends lower. */
    readonly lowest: number;
    readonly runs: number;
    readonly lost: number;
  }[];
  /** Mean ranks that are nearer to each other than this do not differ (Nemenyi), and Friedman's p of all being equal. */
  readonly difference: number | undefined;
  readonly p: number | undefined;
}

export function overview(result: ExperimentResult): Overview {
  const groups = groupsOf(result);
  const ranks = ranksOf(result, groups);
  const rows = groups.map((group) => {
    const ends = result.spec.optimizers.map((_, entry) => {
      const records = recordsIn(result, group, entry);
      return records.length === 0 ? undefined : median(records.map((record) => endOf(record, group)));
    });
    const digits = ends.map((end) => (end === undefined ? Infinity : rankedLoss(end, 0)));
    const least = Math.min(...digits);
    const lowest = digits.flatMap((end, entry) => (end === least && end < Infinity ? [entry] : []));
    return { label: group.label, aboveMinimum: group.aboveMinimum, ends, lowest };
  });
  return {
    rows,
    optimizers: result.spec.optimizers.map(({ label }, entry) => {
      const records = groups.flatMap((group) => recordsIn(result, group, entry));
      const place = ranks?.entries.indexOf(entry) ?? -1;
      return {
        label,
        rank: place < 0 ? undefined : ranks!.meanRanks[place]!,
        lowest: rows.filter(({ lowest }) => lowest.includes(entry)).length,
        runs: records.length,
        lost: records.filter((record) => isLost(record.result)).length,
      };
    }),
    difference: ranks?.difference,
    p: ranks?.p,
  };
}
