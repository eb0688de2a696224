// An experiment on many problems: a row for each of them, and what the optimizers are over all.
import { lossInWords, nameInWords, sentence, type ExperimentResult } from "@basin/experiment";
import { overview, type Overview } from "@basin/report";
import { bold, coloured, letterOf, wrap, type Style } from "./style.ts";
import { table } from "./table.ts";
import { counted } from "./words.ts";

/** More rows than this nobody reads here. */
const ROWS = 60;

export function manyShown(result: ExperimentResult, style: Style): string {
  const seen = overview(result);
  return [endsOf(seen, style), totalsOf(seen, style), words(result, seen, style)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Where each optimizer ends on each problem. */
function endsOf({ rows, optimizers }: Overview, style: Style): string {
  const narrow = 10 * optimizers.length + 14 > style.width;
  if (narrow || rows.length > ROWS)
    return `${counted(rows.length, "problem")}: summary.csv has a row for each of them, and basin report tables and figures.`;
  const cells = rows.map(({ label, ends }) => [
    label,
    ...ends.map((end) => (end === undefined ? "" : lossInWords(end))),
  ]);
  const gaps = rows.filter(({ aboveMinimum }) => aboveMinimum).length;
  const what = `Median loss at the end${gaps === rows.length ? " above the known minimum" : gaps === 0 ? "" : ", above the known minimum where that is not 0"}`;
  const columns = optimizers.map((_, entry) => ({ head: letterOf(entry), right: true }));
  return `${bold(what, style)}\n\n${table(
    [{ head: "", flexible: true }, ...columns],
    cells,
    style,
    (cell, row, column) =>
      rows[row]!.lowest.includes(column - 1) ? bold(coloured(cell, column - 1, style), style) : cell,
  )}`;
}

function totalsOf({ rows, optimizers }: Overview, style: Style): string {
  const order = optimizers
    .map((one, entry) => ({ ...one, entry }))
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || b.lowest - a.lowest);
  const cells = order.map(({ entry, label, rank, lowest, runs, lost }) => [
    letterOf(entry),
    label,
    rank === undefined ? "" : rank.toFixed(2),
    `${lowest}/${rows.length}`,
    `${lost}/${runs}`,
  ]);
  const columns = [
    { head: "" },
    { head: "optimizer", flexible: true },
    { head: "mean rank", right: true },
    { head: "lowest on", right: true },
    { head: "lost", right: true },
  ];
  return table(columns, cells, style, (cell, row, column) =>
    column < 2 ? coloured(cell, order[row]!.entry, style) : cell,
  );
}

function words(
  { spec }: ExperimentResult,
  { rows, optimizers, difference, p }: Overview,
  style: Style,
): string {
  if (difference === undefined || p === undefined) return "";
  const ranked = optimizers
    .flatMap(({ label, rank }, entry) =>
      rank === undefined ? [] : [{ name: nameInWords(label, spec.optimizers[entry]!.name), rank }],
    )
    .sort((a, b) => a.rank - b.rank);
  const [first, ...others] = ranked as [(typeof ranked)[number], ...typeof ranked];
  const near = others.filter(({ rank }) => rank - first.rank <= difference).map(({ name }) => name);
  const over = `Over ${counted(rows.length, "problem")} ${first.name} has the lowest mean rank, ${first.rank.toFixed(2)}.`;
  const doubt =
    p > 0.05
      ? `These problems do not tell the optimizers apart (Friedman's test, p = ${lossInWords(p)}).`
      : near.length === 0
        ? `It differs from all others (ranks further apart than ${difference.toFixed(2)}, Nemenyi at the level 0.05).`
        : `It does not differ from ${near.join(", ")} (ranks nearer than ${difference.toFixed(2)}, Nemenyi at the level 0.05).`;
  return wrap(`${sentence(over)} ${doubt}`, style.width);
}
