// Where the runs ended: median with its interval, and the named quantiles.
import { formatNumber } from "@basin/charts";
import { isLost, type ExperimentResult } from "@basin/experiment";
import { quantile, quantileInterval, sortedLosses } from "@basin/experiment/statistics";
import { endOf, recordsIn, type Group } from "../groups.ts";
import { drawsFor } from "./draws.ts";
import type { Table } from "./table.ts";

export function endsTable(result: ExperimentResult, group: Group): Table {
  const rows = result.spec.optimizers.flatMap(({ label }, entry) => {
    const records = recordsIn(result, group, entry);
    if (records.length === 0) return [];
    const ends = sortedLosses(records.map((record) => endOf(record, group)));
    const { estimate, low, high } = quantileInterval(Array.from(ends), 0.5, {
      rng: drawsFor(result, "ends", group.name, label),
    });
    const at = (p: number): number => quantile(ends, p);
    const lost = records.filter((record) => isLost(record.result)).length;
    return [
      {
        label,
        n: records.length,
        lost,
        estimate,
        low,
        high,
        quantiles: [at(0.1), at(0.25), at(0.75), at(0.9)],
      },
    ];
  });
  return {
    name: `ends-${group.name}`,
    title: `Loss at the end on ${group.label}`,
    note: `${group.aboveMinimum ? "Above the known minimum. " : ""}Median with a 95 % bootstrap interval, and quantiles over runs; a run that failed or diverged counts as ∞.`,
    columns: ["optimizer", "runs", "lost", "median", "95 %", "10 %", "25 %", "75 %", "90 %"],
    rows: rows.map(({ label, n, lost, estimate, low, high, quantiles }) => [
      label,
      n,
      lost,
      estimate,
      `[${formatNumber(low)}, ${formatNumber(high)}]`,
      ...quantiles,
    ]),
    data: {
      columns: ["problem", "label", "runs", "lost", "median", "low", "high", "q10", "q25", "q75", "q90"],
      rows: rows.map(({ label, n, lost, estimate, low, high, quantiles }) => [
        group.label,
        label,
        n,
        lost,
        estimate,
        low,
        high,
        ...quantiles,
      ]),
    },
  };
}
