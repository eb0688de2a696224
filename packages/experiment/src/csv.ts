// Results as CSV (RFC 4180): the same bytes wherever the experiment ran. Numbers are the shortest that read back exactly.
import { curves } from "./curves.ts";
import { finalLoss } from "./losses.ts";
import type { ExperimentResult } from "./spec.ts";

export interface CsvOptions {
  /** Adds a last column of seconds, the only numbers that differ from run to run. Default false. */
  readonly seconds?: boolean;
}

type Cell = string | number | boolean;

/** A cell: numbers as JavaScript prints them (the same on every engine), NaN (nothing known) empty, text quoted where needed. */
function cell(value: Cell): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  if (typeof value === "boolean") return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/**
 * Median and bands of the loss against cost: one row for each problem, optimizer and point of the grid. Infinity: that
 * share of the runs failed or diverged; empty: nothing known yet.
 */
export function curvesCsv(result: ExperimentResult): string {
  return table(
    ["problem", "label", "optimizer", "n", "diverged", "cost", "median", "q10", "q25", "q75", "q90"],
    curves(result, { axis: "cost" }).flatMap((curve) =>
      Array.from(curve.x, (cost, i) => [
        curve.problem,
        curve.label,
        curve.optimizer,
        curve.n,
        curve.diverged,
        cost,
        curve.median[i]!,
        curve.q10[i]!,
        curve.q25[i]!,
        curve.q75[i]!,
        curve.q90[i]!,
      ]),
    ),
  );
}

/** One row a run, in the order of the plan; `final_loss` is Infinity for a run that failed or diverged. */
export function runsCsv(result: ExperimentResult, { seconds = false }: CsvOptions = {}): string {
  const reports = namesOf(result);
  const head = [
    "problem",
    "label",
    "optimizer",
    "seed",
    "replicate",
    "ending",
    "reason",
    "diverged",
    "start_loss",
    "final_loss",
    "best_loss",
    "cost",
    "queries",
    "examples",
    "failures",
    "steps",
    ...reports.map((name) => name.replaceAll(/[^\p{L}\p{N}]+/gu, "_")),
    "fingerprint",
    ...(seconds ? ["seconds"] : []),
  ];
  const rows = result.records
    .filter((record) => record.result.ending !== "cancelled")
    .map(({ run, result: one }) => {
      const { tally, trace } = one;
      return [
        result.spec.problems[run.problem]!.label,
        result.spec.optimizers[run.entry]!.label,
        run.spec.optimizer.name,
        run.spec.seed,
        run.spec.replicate,
        one.ending,
        one.reason,
        one.diverged,
        one.start.loss,
        finalLoss(one),
        one.best.loss,
        tally.cost,
        Object.values(tally.queries).reduce((sum, count) => sum + count, 0),
        tally.examples,
        tally.failures,
        tally.steps,
        ...reports.map((name) => trace.report[name]?.at(-1) ?? Number.NaN),
        one.fingerprint,
        ...(seconds ? [trace.seconds.at(-1) ?? Number.NaN] : []),
      ];
    });
  return table(head, rows);
}

/** Everything that any objective reports (test loss, accuracy …), sorted. */
function namesOf({ records }: ExperimentResult): string[] {
  return [...new Set(records.flatMap(({ result }) => Object.keys(result.trace.report)))].sort();
}
