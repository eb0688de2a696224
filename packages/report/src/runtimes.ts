// What each run says about each target: its runtime, reached or not, exact to the recorded first hit.
import { costToReach, type RunRecord } from "@basin/experiment";
import type { Runtime } from "@basin/experiment/statistics";

/**
 * Of one run and the target 10^(k/20) above the minimum. A run that failed before it spent anything (its worker died, its objective
 * could not be made) is charged its whole budget: a crash must not make an optimizer look cheap.
 */
export function runtimeOf({ run, result }: RunRecord, k: number): Runtime {
  const hit = costToReach(result, k);
  const reached = hit < Infinity;
  const { cost } = result.tally;
  const spent = result.ending === "failed" && cost === 0 ? run.spec.budget : cost;
  return { reached, cost: Math.max(1, reached ? hit : spent) };
}
