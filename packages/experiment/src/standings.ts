// Where each optimizer stands on one problem: end values, wins seed by seed, the cost of reaching a common target, and what is luck.
import { targetOf, type RunResult } from "@basin/runner";
import { budgetOf } from "./budget.ts";
import { SOLVED_K, costToReach, finalLoss, isLost, rankedLoss, recordsOf, runtimeOf } from "./losses.ts";
import type { ExperimentResult, RunRecord } from "./spec.ts";
import { allPairs } from "./statistics/all-pairs.ts";
import { morePairs } from "./statistics/more-pairs.ts";
import { ert } from "./statistics/ert.ts";
import { median } from "./statistics/quantile.ts";

/** How the leader compares with one other optimizer, paired by seed. */
export interface Pairing {
  /** Seeds in which the leader ended lower, equal (to six digits) and higher. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Wilcoxon's signed-rank test of the losses at the end, paired by seed, two-sided, corrected by Holm over all pairs of optimizers. */
  readonly p: number;
  /** About how many more seeds like these would bring p to 0.01; undefined: not even 1,000. 0: it has. */
  readonly moreSeeds: number | undefined;
  /**
   * Median over seeds of the cost of reaching the target, divided by the leader's cost in the same seed; +Infinity where
   * fewer than half the seeds reach it.
   */
  readonly costRatio: number;
}

export interface Standing {
  readonly label: string;
  readonly optimizer: string;
  /** Runs that have ended. */
  readonly n: number;
  /** Runs among them that failed or diverged: their end value is +Infinity. */
  readonly lost: number;
  /** Median of the loss at the start and at the end. */
  readonly startLoss: number;
  readonly medianLoss: number;
  /** Seeds in which it alone ended lowest, among those that every optimizer ran. */
  readonly wins: number;
  /** Seeds in which it ended lowest together with others. */
  readonly shared: number;
  /** Seeds in which the target was reached, and the median cost of that (+Infinity: less than half). */
  readonly reached: number;
  readonly medianCost: number;
  /** Expected running time to the target: all that was spent up to it or to the end, over the runs that reached it. */
  readonly ert: number;
  /** Undefined for the leader itself. */
  readonly against: Pairing | undefined;
}

export interface Standings {
  readonly problem: string;
  /** The budget: what everybody could spend. */
  readonly budget: number;
  /** Seeds that every optimizer ran. */
  readonly seeds: number;
  /** Of the optimizers that have runs, best first: by median loss at the end, then by cost of the target, then by wins. */
  readonly rows: readonly Standing[];
  /**
   * The target that costs are compared at: the lowest loss above + 10^(k/20) that the leader and, if there is one, another
   * optimizer reach in at least half their seeds; undefined where nobody improves on its start.
   */
  readonly target: number | undefined;
}

/** p-values at or below this are called "almost surely not luck". */
export const LEVEL = 0.01;

/** The standings on problem number `problem`. */
export function standingsOf(result: ExperimentResult, problem: number): Standings {
  const { spec } = result;
  const contestants = spec.optimizers
    .map((entry, e) => ({ entry, records: recordsOf(result, problem, e) }))
    .filter(({ records }) => records.length > 0)
    .map(({ entry, records }) => ({
      entry,
      records,
      bySeed: new Map(records.map((record) => [record.run.spec.replicate, record.result])),
      medianLoss: median(records.map((record) => finalLoss(record.result))),
    }));
  const paired = (contestants[0]?.records ?? [])
    .map((record) => record.run.spec.replicate)
    .filter((seed) => contestants.every(({ bySeed }) => bySeed.has(seed)));
  const goal = commonTarget(contestants.map(({ records }) => records));
  const cost = (record: RunRecord): number =>
    goal === undefined ? Infinity : costToReach(record.result, goal.k);

  const above = contestants[0]?.records[0]?.result.trace.hits.above ?? 0;
  const ended = (one: RunResult): number => rankedLoss(finalLoss(one), above);
  const wins = contestants.map(() => 0);
  const shared = contestants.map(() => 0);
  for (const seed of paired) {
    const losses = contestants.map(({ bySeed }) => ended(bySeed.get(seed)!));
    const lowest = Math.min(...losses);
    if (lowest === Infinity) continue;
    const first = losses.flatMap((loss, i) => (loss === lowest ? [i] : []));
    for (const i of first) (first.length === 1 ? wins : shared)[i]!++;
  }

  const ranked = contestants
    .map((contestant, i) => ({
      ...contestant,
      wins: wins[i]!,
      shared: shared[i]!,
      medianCost: median(contestant.records.map(cost)),
    }))
    .sort(
      (a, b) =>
        compare(rankedLoss(a.medianLoss, above), rankedLoss(b.medianLoss, above)) ||
        compare(a.medianCost, b.medianCost) ||
        b.wins - a.wins,
    );
  const leader = ranked[0];
  const pairings = ranked.slice(1).map(({ bySeed }) => {
    const counts = { wins: 0, ties: 0, losses: 0 };
    const ratios: number[] = [];
    for (const seed of paired) {
      const [mine, theirs] = [leader!.bySeed.get(seed)!, bySeed.get(seed)!];
      const sign = compare(ended(mine), ended(theirs));
      counts[sign < 0 ? "wins" : sign > 0 ? "losses" : "ties"]++;
      if (goal !== undefined) {
        const [a, b] = [costToReach(mine, goal.k), costToReach(theirs, goal.k)];
        // a seed in which neither reached it says nothing about the ratio
        if (a < Infinity || b < Infinity) ratios.push(a === Infinity ? 0 : b / a);
      }
    }
    return { ...counts, costRatio: median(ratios) };
  });
  // who leads is known only afterwards, so all pairs have been looked at, and the correction is for all of them
  const samples = ranked.map(({ bySeed }) => paired.map((seed) => ended(bySeed.get(seed)!)));
  const tests = paired.length === 0 ? [] : allPairs(samples, "paired");
  return {
    problem: spec.problems[problem]!.label,
    budget: budgetOf(spec, problem),
    seeds: paired.length,
    target: goal?.loss,
    rows: ranked.map(({ entry, records, medianLoss, medianCost, ...counts }, i) => {
      const pairing = pairings[i - 1];
      // those with the leader come first: (0, 1), (0, 2) …
      const p = tests[i - 1]?.adjusted ?? 1;
      return {
        label: entry.label,
        optimizer: entry.name,
        n: records.length,
        lost: records.filter((record) => isLost(record.result)).length,
        startLoss: median(records.map((record) => record.result.start.loss)),
        medianLoss,
        wins: counts.wins,
        shared: counts.shared,
        reached: records.filter((record) => cost(record) < Infinity).length,
        medianCost,
        ert: goal === undefined ? Infinity : ert(records.map((record) => runtimeOf(record, goal.k))),
        against:
          pairing === undefined
            ? undefined
            : {
                ...pairing,
                p,
                moreSeeds:
                  p <= LEVEL ? 0 : morePairs(samples[0]!, samples[i]!, LEVEL / Math.max(1, tests.length)),
              },
      };
    }),
  };
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The lowest grid target that the best, and if possible a second one, reach in half their seeds; the start does not count. */
function commonTarget(
  all: readonly (readonly RunRecord[])[],
): { readonly k: number; readonly loss: number } | undefined {
  const sound = all.flat().filter(({ result }) => !isLost(result) && result.trace.hits.k.length > 0);
  if (sound.length === 0) return undefined;
  const { above } = sound[0]!.result.trace.hits;
  // The median of the last target reached, as k: half the runs of that optimizer reach it.
  const lasts = all
    .map((records) =>
      median(
        records.map(({ result }) => (isLost(result) ? Infinity : (result.trace.hits.k.at(-1) ?? Infinity))),
      ),
    )
    .map((k) => (k === Infinity ? Infinity : Math.ceil(k)))
    .sort((a, b) => a - b);
  const firsts = median(sound.map(({ result }) => result.trace.hits.k[0]!));
  // Where the second has not left the start, the leader is measured by its own last target.
  // Below what counts as solved nobody is slower for the sixteenth digit.
  const k = Math.max(SOLVED_K, lasts[1] !== undefined && lasts[1] < firsts ? lasts[1] : lasts[0]!);
  if (!(k < firsts)) return undefined;
  return { k, loss: above + targetOf(k) };
}
