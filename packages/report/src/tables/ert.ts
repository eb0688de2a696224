// Expected running times (ERT) by target, with bootstrap intervals and successes.
import { formatNumber } from "@basin/charts";
import type { ExperimentResult } from "@basin/experiment";
import { ertInterval } from "@basin/experiment/statistics";
import { runtimesIn, type Group } from "../groups.ts";
import { levelOf } from "../logs/progress.ts";
import { drawsFor } from "./draws.ts";
import type { Table, Value } from "./table.ts";

/** Of at most six targets, evenly chosen, the hardest among them. */
export function ertTable(result: ExperimentResult, group: Group): Table {
  const targets = chosen(group.targets);
  const data: Value[][] = [];
  const rows = result.spec.optimizers.flatMap(({ label }, entry) => {
    const cells = targets.map((k) => {
      const runs = runtimesIn(result, group, entry, k);
      if (runs.length === 0) return undefined;
      const { estimate, low, high } = ertInterval(runs, {
        rng: drawsFor(result, "ert", group.name, label, k),
      });
      const reached = runs.filter((run) => run.reached).length;
      data.push([group.label, label, levelOf(k), estimate, low, high, reached, runs.length]);
      const spread = reached === 0 || reached === runs.length ? "" : ` (${reached}/${runs.length})`;
      return reached === 0
        ? `∞ (0/${runs.length})`
        : `${formatNumber(estimate)} [${formatNumber(low)}, ${formatNumber(high)}]${spread}`;
    });
    return cells.includes(undefined) ? [] : [[label, ...(cells as string[])]];
  });
  return {
    name: `ert-${group.name}`,
    title: `Expected running time on ${group.label}`,
    note: "In evaluations: all that was spent up to the target or the end, over the number of runs that reached it, with a 95 % bootstrap interval; in parentheses how many reached it, where not all did.",
    columns: ["optimizer", ...targets.map((k) => `to ${formatNumber(levelOf(k))}`)],
    rows,
    data: {
      columns: ["problem", "label", "target", "ert", "low", "high", "reached", "runs"],
      rows: data,
    },
  };
}

function chosen(targets: readonly number[]): number[] {
  const count = Math.min(6, targets.length);
  if (count < 2) return [...targets];
  const places = Array.from({ length: count }, (_, i) =>
    Math.round(((targets.length - 1) * i) / (count - 1)),
  );
  return places.map((place) => targets[place]!);
}
