// What a run says about its losses, where failure is told apart from success once and for all.
import type { RunResult } from "@basin/runner";
import type { ExperimentResult, RunRecord } from "./spec.ts";
import type { Runtime } from "./statistics/runtime.ts";

/** Whether a run counts as not reached, everywhere: it failed, or what it ended with is not finite or above its start. */
export function isLost({ ending, diverged }: RunResult): boolean {
  return ending === "failed" || diverged;
}

/** The loss at the end of the budget; +Infinity for a run that failed or diverged. */
export function finalLoss(result: RunResult): number {
  if (isLost(result)) return Infinity;
  const last = result.trace.loss.at(-1);
  return last === undefined || Number.isNaN(last) ? Infinity : last;
}

/** Nearer to the known minimum than this is as good as there. */
const SOLVED = 1e-12;
/** SOLVED as a target: 10^(k/20). */
export const SOLVED_K: number = -240;

/**
 * The loss that rankings compare: to six digits, and the minimum itself within 10⁻¹² of it, since nobody would call a
 * method better for the fourteenth digit.
 */
export function rankedLoss(loss: number, above: number): number {
  if (!Number.isFinite(loss)) return loss;
  return loss - above <= SOLVED ? above : Number(loss.toPrecision(6));
}

/** The exact cost at which loss ≤ above + 10^(k/20) was first met; +Infinity where it never was, or the run is lost. */
export function costToReach(result: RunResult, k: number): number {
  if (isLost(result)) return Infinity;
  const { hits } = result.trace;
  if (hits.k.length === 0) return Infinity;
  const first = hits.k[0]!;
  // the first entry's cost is that of the first answer, which met all easier targets too
  return hits.cost[k >= first ? 0 : first - k] ?? Infinity;
}

/**
 * What a run says about the target 10^(k/20) above the minimum. One that failed before it spent anything (its worker died, its objective could not
 * be made) is charged its whole budget: a crash must not make an optimizer look cheap.
 */
export function runtimeOf({ run, result }: RunRecord, k: number): Runtime {
  const hit = costToReach(result, k);
  const reached = hit < Infinity;
  const { cost } = result.tally;
  const spent = result.ending === "failed" && cost === 0 ? run.spec.budget : cost;
  return { reached, cost: Math.max(1, reached ? hit : spent) };
}

/** Records by problem and entry: they are asked for once a pair, and a suite has thousands of pairs. */
const sorted = new WeakMap<
  readonly RunRecord[],
  { readonly of: Map<string, RunRecord[]>; readonly count: number }
>();

/** The records of one problem and entry, in the order of the replicates. Cancelled runs say nothing and are left out. */
export function recordsOf(
  { records }: ExperimentResult,
  problem: number,
  entry: number,
): readonly RunRecord[] {
  let known = sorted.get(records);
  // some grow while an experiment runs
  if (known?.count !== records.length) {
    const of = new Map<string, RunRecord[]>();
    for (const record of records.toSorted((a, b) => a.run.spec.replicate - b.run.spec.replicate)) {
      if (record.result.ending === "cancelled") continue;
      const key = `${record.run.problem}/${record.run.entry}`;
      const mine = of.get(key);
      if (mine === undefined) of.set(key, [record]);
      else mine.push(record);
    }
    sorted.set(records, (known = { of, count: records.length }));
  }
  return known.of.get(`${problem}/${entry}`) ?? [];
}
