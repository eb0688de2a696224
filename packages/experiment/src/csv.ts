// Results as CSV (RFC 4180): the same bytes wherever the experiment ran. Numbers are the shortest that read back exactly.
import { foldIn, rngOf, rootKey } from "@basin/random";
import { curves } from "./curves.ts";
import { finalLoss, recordsOf } from "./losses.ts";
import { settingsInWords } from "./settings-in-words.ts";
import type { ExperimentResult } from "./spec.ts";
import { standingsOf } from "./standings.ts";
import { quantileInterval } from "./statistics/named-quantiles.ts";
import { quantile, sortedLosses } from "./statistics/quantile.ts";

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

/**
 * One row for each problem and optimizer that has runs: what tables say of it. `median` … `q90` are of the loss at the end, over seeds,
 * with a 95 % bootstrap interval of the median; `lowest_in` counts the seeds in which nobody ended lower, of `seeds` that all ran; `ert` is
 * the expected running time to `target`, the lowest that the best two reach. Infinity: that share of the runs is lost, or never got there.
 */
export function summaryCsv(result: ExperimentResult): string {
  const head = [
    "problem",
    "label",
    "optimizer",
    "settings",
    "tuning_runs",
    "budget",
    "runs",
    "failed",
    "diverged",
    "start_loss",
    "median",
    "median_low",
    "median_high",
    "q10",
    "q25",
    "q75",
    "q90",
    "lowest_in",
    "seeds",
    "target",
    "reached",
    "ert",
    "cost",
  ];
  return table(
    head,
    result.spec.problems.flatMap(({ label: problem }, p) => {
      const { rows, seeds, target, budget } = standingsOf(result, p);
      return result.spec.optimizers.flatMap((entry, e) => {
        const row = rows.find(({ label }) => label === entry.label);
        if (row === undefined) return [];
        const records = recordsOf(result, p, e);
        const ends = records.map((record) => finalLoss(record.result));
        const sorted = sortedLosses(ends);
        const rng = rngOf(foldIn(rootKey(result.spec.seed), "summary", problem, entry.label));
        const { low, high } = quantileInterval(ends, 0.5, { rng });
        const costs = records.map((record) => record.result.tally.cost);
        return [
          [
            problem,
            entry.label,
            entry.name,
            settingsInWords(entry.settings),
            entry.tuning?.runs ?? 0,
            budget,
            row.n,
            records.filter((record) => record.result.ending === "failed").length,
            records.filter((record) => record.result.ending !== "failed" && record.result.diverged).length,
            row.startLoss,
            row.medianLoss,
            low,
            high,
            ...[0.1, 0.25, 0.75, 0.9].map((share) => quantile(sorted, share)),
            row.wins + row.shared,
            seeds,
            target ?? Number.NaN,
            row.reached,
            target === undefined ? Number.NaN : row.ert,
            costs.reduce((sum, cost) => sum + cost, 0) / costs.length,
          ],
        ];
      });
    }),
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
