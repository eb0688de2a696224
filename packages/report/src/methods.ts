// A paragraph for the methods section of a paper: what was run and how it was judged, every number from the experiment itself.
import { formatNumber } from "@basin/charts";
import {
  budgetInWords,
  fingerprint,
  isLost,
  settingsInWords,
  version,
  type ExperimentResult,
} from "@basin/experiment";
import { groupsOf } from "./groups.ts";
import { levelOf } from "./logs/progress.ts";
import { ranksOf } from "./ranks.ts";

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

const counted = (n: number, noun: string): string => `${formatNumber(n)} ${noun}${n === 1 ? "" : "s"}`;

/** Plain text, ready to paste. */
export function methods(result: ExperimentResult): string {
  const { spec, records } = result;
  const groups = groupsOf(result);
  const counting = records.filter(({ result: one }) => one.ending !== "cancelled");
  const lost = counting.filter((record) => isLost(record.result)).length;
  const n = spec.optimizers.length;
  const pairs = (n * (n - 1)) / 2;
  const entry = ({
    name,
    settings,
  }: {
    name: string;
    settings: Readonly<Record<string, unknown>>;
  }): string => {
    const words = settingsInWords(settings);
    return words === "" ? name : `${name} (${words})`;
  };
  const changed = spec.optimizers.some(({ settings }) => Object.keys(settings).length > 0);
  const first = [
    `We compared ${listed(spec.optimizers.map(entry))} on ${groups.length > 6 ? counted(groups.length, "problem") : listed(groups.map(({ label }) => label))} with basin ${version}.`,
    `Each optimizer was run ${spec.replicates === 1 ? "once" : `${counted(spec.replicates, "time")}`} on each problem${spec.problems.length > groups.length ? " instance" : ""} (root seed ${spec.seed}) with a budget of ${typeof spec.budget === "number" ? counted(spec.budget, "evaluation") : `${budgetInWords(spec.budget)}, where n is the dimension of the problem`}; within a replicate all optimizers started from the same point, on the same split of the data where there are data, so that runs are paired.`,
    prices(result),
    spec.target === undefined
      ? ""
      : `A run stopped once its loss was at or below ${formatNumber(spec.target)}.`,
    changed
      ? "Hyperparameters that are not stated were left at their defaults."
      : "All hyperparameters were left at their defaults.",
    tuning(result),
    lost === 0
      ? `All ${counted(counting.length, "run")} ended with a finite loss not above their start.`
      : `${lost} of ${counted(counting.length, "run")} failed or diverged; they count as never having reached any target and as an infinite loss, and none was left out.`,
  ];
  const targets = groups[0]?.targets ?? [];
  const judged = [
    "Loss curves show medians and quantiles over runs, with the best value so far (where the loss is noisy: the full loss at the recommended point).",
    `Expected running times (ERT) are the evaluations spent by all runs up to the target or their end over the number of runs that reached it, with 95 % percentile bootstrap intervals (2,000 resamples); runtimes are the exact costs of first hits. Empirical distributions of runtimes are over ${
      groups.length === 1 ? counted(targets.length, "target") : "the targets of each problem"
    }${targets.length > 1 && groups.length === 1 ? ` from ${formatNumber(levelOf(targets[0]!))} to ${formatNumber(levelOf(targets.at(-1)!))}` : ""}, with simulated restarts.`,
    n < 2
      ? ""
      : `Losses at the end were compared by two-sided Wilcoxon signed-rank tests over paired runs (equal pairs by Pratt's method; exact for up to 50 pairs that differ)${pairs > 1 ? `, corrected by Holm's method over ${pairs} pairs of optimizers on each problem` : ""}, with the effect size A12 of Vargha and Delaney.`,
    ranksSentence(result),
    `The experiment can be repeated to the last bit; its fingerprint is ${fingerprint(result)}.`,
  ];
  return [...first, ...judged].filter((sentence) => sentence !== "").join(" ");
}

/** What went into settings before the comparison. */
function tuning({ spec }: ExperimentResult): string {
  const tuned = spec.optimizers.flatMap(({ label, tuning: effort }) =>
    effort === undefined ? [] : [{ label, ...effort }],
  );
  if (tuned.length === 0) return "None was tuned.";
  const [first] = tuned;
  const efforts = new Set(tuned.map(({ runs }) => runs));
  const who =
    efforts.size === 1
      ? `${tuned.length === spec.optimizers.length ? "Each optimizer was" : `${listed(tuned.map(({ label }) => label))} ${tuned.length === 1 ? "was" : "were each"}`} tuned with ${counted(first!.runs, "run")}`
      : `${listed(tuned.map(({ label, runs }) => `${label} (${counted(runs, "run")})`))} were tuned`;
  return `${who} on ${counted(first!.seeds, "held-out seed")} that the comparison does not use (chosen: ${first!.criterion}).`;
}

/** What an evaluation is, and what derivatives cost. */
function prices({ records, spec }: ExperimentResult): string {
  const gradients = spec.problems.flatMap(({ label }, p) => {
    const price = records.find(({ run, result }) => run.problem === p && result.prices.gradient !== undefined)
      ?.result.prices.gradient;
    return price === undefined ? [] : [{ label, price }];
  });
  const what = "Cost is counted in evaluations of the full objective";
  if (gradients.length === 0) return `${what}.`;
  const costs = gradients.map(({ price }) => price);
  const [low, high] = [Math.min(...costs), Math.max(...costs)];
  const range = low === high ? formatNumber(low) : `${formatNumber(low)} to ${formatNumber(high)}`;
  return `${what}; a gradient is charged ${range} evaluations, derived from counts of operations.`;
}

function ranksSentence(result: ExperimentResult): string {
  const ranks = ranksOf(result, groupsOf(result));
  if (ranks === undefined) return "";
  const { blocks, over, level, difference } = ranks;
  return `Mean ranks over ${blocks} ${over} were compared by Friedman's test and Nemenyi's critical difference (${formatNumber(difference)} at the level ${level}).`;
}
