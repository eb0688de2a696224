// What each run says about each target: its runtime, reached or not, exact to the recorded first hit.
import { costToReach, type RunRecord } from "@basin/experiment";
import type { Runtime } from "@basin/experiment/statistics";

/** Of one run and the target 10^(k/20) above the minimum. What never began spent as much as one evaluation. */
export function runtimeOf({ result }: RunRecord, k: number): Runtime {
  const hit = costToReach(result, k);
  const reached = hit < Infinity;
  return { reached, cost: Math.max(1, reached ? hit : result.tally.cost) };
}
