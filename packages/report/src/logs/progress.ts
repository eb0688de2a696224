// A run as other tools log it: whole evaluations, and by how much the best value so far lies above the known minimum.
import { isLost, type RunRecord } from "@basin/experiment";

/** Until the first answer, and for a run that failed or diverged: above every target that anyone looks at. */
export const NOTHING = 1e300;

export interface Improvement {
  /** From 1. */
  readonly evaluation: number;
  /** At most this much above the minimum. */
  readonly gap: number;
}

export interface RunLog {
  /** When it ended, 1 or more. */
  readonly evaluations: number;
  /** What gaps are counted from: the known minimum, else 0. */
  readonly above: number;
  /** Each later than the one before and not above it; the first at evaluation 1, the last at the end. */
  readonly improvements: readonly Improvement[];
}

/**
 * A cost as a whole number of evaluations: what is spent within the n-th evaluation happened at evaluation n. Exact for
 * methods that ask for values only, whose price is 1.
 */
export function wholeEvaluations(cost: number): number {
  return Math.max(1, Math.ceil(cost));
}

/** 10^(r/20) for r = 0 … 19, cut off (not rounded) after ten digits, so that what met a target is written at or below it. */
const LEVELS = [
  "1",
  "1.122018454",
  "1.258925411",
  "1.412537544",
  "1.584893192",
  "1.778279410",
  "1.995262314",
  "2.238721138",
  "2.511886431",
  "2.818382931",
  "3.162277660",
  "3.548133892",
  "3.981071705",
  "4.466835921",
  "5.011872336",
  "5.623413251",
  "6.309573444",
  "7.079457843",
  "7.943282347",
  "8.912509381",
] as const;

/** 10^(k/20), cut off after ten digits. */
export function levelOf(k: number): number {
  const decade = Math.floor(k / LEVELS.length);
  return Number(`${LEVELS[k - decade * LEVELS.length]!}e${decade}`);
}

/** What was recorded of one run: its exact first hits, and where it ended. */
export function runLogOf({ result }: RunRecord): RunLog {
  const { hits, loss } = result.trace;
  const lost = isLost(result);
  const improvements: Improvement[] = [{ evaluation: 1, gap: NOTHING }];
  const add = (evaluation: number, gap: number): void => {
    const last = improvements.at(-1)!;
    // several targets may be met within one evaluation
    if (last.evaluation === evaluation) improvements.pop();
    improvements.push({ evaluation, gap: Math.min(gap, last.gap) });
  };
  if (!lost) for (const [i, k] of hits.k.entries()) add(wholeEvaluations(hits.cost[i]!), levelOf(k));
  const evaluations = Math.max(wholeEvaluations(result.tally.cost), improvements.at(-1)!.evaluation);
  const final = loss.at(-1) ?? Number.NaN;
  const gap = lost || !Number.isFinite(final) ? NOTHING : Math.max(0, final - hits.above);
  add(evaluations, gap);
  return { evaluations, above: hits.above, improvements };
}

/** The gap after so many evaluations. */
export function gapAt({ improvements }: RunLog, evaluation: number): number {
  let gap = NOTHING;
  for (const improvement of improvements)
    if (improvement.evaluation <= evaluation) gap = improvement.gap;
    else break;
  return gap;
}
