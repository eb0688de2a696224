// Every two optimizers against each other: Wilcoxon's signed-rank test paired by seed, Holm's correction, and the effect size A12.
import type { ExperimentResult } from "@basin/experiment";
import { a12InWords, allPairs, median } from "@basin/experiment/statistics";
import { pairedEnds, type Group } from "../groups.ts";
import { shown, type Table } from "./table.ts";

/** Undefined where there are no two optimizers with runs of the same seeds. */
export function pairsTable(result: ExperimentResult, group: Group): Table | undefined {
  const { entries, samples } = pairedEnds(result, group);
  const blocks = samples[0]?.length ?? 0;
  if (entries.length < 2 || blocks === 0) return undefined;
  const labels = entries.map((entry) => result.spec.optimizers[entry]!.label);
  const pairs = allPairs(samples, "paired").map(({ first, second, p, adjusted, a12 }) => {
    // of two, the one that tends to be lower stands first
    const turned = a12 > 0.5;
    const [a, b] = turned ? [second, first] : [first, second];
    return { a, b, p, adjusted, lower: turned ? a12 : 1 - a12 };
  });
  return {
    name: `pairs-${group.name}`,
    title: `Pairwise tests of the loss at the end on ${group.label}`,
    note: `Two-sided Wilcoxon signed-rank tests over ${blocks} pairs of runs with the same start, corrected by Holm over ${pairs.length} ${pairs.length === 1 ? "pair" : "pairs"}. A12: how likely a run of the first is to end lower than a run of the second.`,
    columns: ["ends lower", "than", "medians", "A12", "effect", "p", "p (Holm)"],
    rows: pairs.map(({ a, b, p, adjusted, lower }) => [
      labels[a]!,
      labels[b]!,
      `${shown(median(samples[a]!))} : ${shown(median(samples[b]!))}`,
      Number(lower.toFixed(3)),
      a12InWords(lower),
      p,
      adjusted,
    ]),
    data: {
      columns: ["problem", "first", "second", "a12_first_lower", "p", "p_holm", "pairs"],
      rows: pairs.map(({ a, b, p, adjusted, lower }) => [
        group.label,
        labels[a]!,
        labels[b]!,
        lower,
        p,
        adjusted,
        blocks,
      ]),
    },
  };
}
