// What is looked at together: one problem each, but all instances of a bbob function in one dimension as one, as in COCO.
import {
  finalLoss,
  rankedLoss,
  recordsOf,
  runtimeOf,
  settingsInWords,
  type ExperimentResult,
  type RunRecord,
} from "@basin/experiment";
import { bbobNumber } from "./logs/functions.ts";
import type { Runtime } from "@basin/experiment/statistics";

export interface Group {
  readonly label: string;
  /** Where the label would not do for a file: letters, digits, dot, hyphen, equals. */
  readonly name: string;
  /**
   * Losses are looked at as how far they lie above the known minimum: where that is not 0, a logarithmic axis would show nothing else, and
   * instances have minima of their own.
   */
  readonly aboveMinimum: boolean;
  /** Numbers of problems. */
  readonly problems: readonly number[];
  /** Targets 10^(k/20) above the minimum, as k, from easy to hard. */
  readonly targets: readonly number[];
}

/** COCO's 51 targets, five a decade from 10² to 10⁻⁸. */
const COCO_TARGETS = Array.from({ length: 51 }, (_, i) => 40 - 4 * i);

/** The groups of an experiment, in its order. */
export function groupsOf(result: ExperimentResult): Group[] {
  const groups = new Map<string, number[]>();
  for (const [p, { name, settings, label }] of result.spec.problems.entries()) {
    const { instance: _, ...rest } = settings;
    const key = bbobNumber(name) === undefined ? label : [name, settingsInWords(rest)].join(" ").trim();
    groups.set(key, [...(groups.get(key) ?? []), p]);
  }
  return [...groups].map(([key, problems]) => {
    const first = result.spec.problems[problems[0]!]!;
    const label = problems.length === 1 ? first.label : `${key} (${problems.length} instances)`;
    return {
      label,
      name: (problems.length === 1 ? first.label : key).replaceAll(/[^\w=.-]+/g, "-"),
      problems,
      aboveMinimum: problems.length > 1 || minimumOf(result, problems[0]!) !== 0,
      targets: bbobNumber(first.name) === undefined ? targetsWithin(result, problems) : COCO_TARGETS,
    };
  });
}

/** What gaps of a problem are counted from: its known minimum, else 0. */
export function minimumOf({ records }: ExperimentResult, problem: number): number {
  const begun = records.find(({ run, result }) => run.problem === problem && result.trace.hits.k.length > 0);
  return begun?.result.trace.hits.above ?? 0;
}

/**
 * Where no suite says which targets count: those between the best that the starts met and the best that any run met, as many as 51, evenly
 * spaced on the grid.
 */
function targetsWithin({ records }: ExperimentResult, problems: readonly number[]): number[] {
  const hits = records
    .filter(({ run, result }) => problems.includes(run.problem) && result.trace.hits.k.length > 0)
    .map(({ result }) => result.trace.hits.k);
  if (hits.length === 0) return [0];
  const first = Math.min(...hits.map((k) => k[0]!)) - 1;
  const last = Math.max(-160, Math.min(...hits.map((k) => k.at(-1)!)));
  if (last >= first) return [last];
  const count = Math.min(51, first - last + 1);
  return Array.from({ length: count }, (_, i) => Math.round(first + ((last - first) * i) / (count - 1)));
}

/** What was gathered of a result: it is asked for once a target, and a suite has many thousands of runs. */
const gathered = new WeakMap<ExperimentResult, Map<string, readonly RunRecord[]>>();

/** All runs of one optimizer in a group, by problem and seed. */
export function recordsIn(result: ExperimentResult, group: Group, entry: number): readonly RunRecord[] {
  const known = gathered.get(result) ?? new Map<string, readonly RunRecord[]>();
  gathered.set(result, known);
  const key = `${entry} ${group.problems.join(" ")}`;
  let records = known.get(key);
  if (records === undefined) {
    records = group.problems.flatMap((problem) => recordsOf(result, problem, entry));
    known.set(key, records);
  }
  return records;
}

/** What each run of one optimizer says about a target. */
export function runtimesIn(result: ExperimentResult, group: Group, entry: number, k: number): Runtime[] {
  return recordsIn(result, group, entry).map((record) => runtimeOf(record, k));
}

/** What a run ended with: its loss, or how far that is above the minimum. +Infinity: lost. */
export function endOf({ result }: RunRecord, group: Group): number {
  const loss = finalLoss(result);
  return group.aboveMinimum ? Math.max(0, loss - result.trace.hits.above) : loss;
}

export interface Paired {
  /** Numbers of the optimizers that have runs. */
  readonly entries: readonly number[];
  /** samples[j][i]: what optimizer entries[j] ended with in block i (problem and seed), to six digits; only blocks that all of them ran. */
  readonly samples: readonly (readonly number[])[];
}

/** The ends of the runs, paired by problem and seed. */
export function pairedEnds(result: ExperimentResult, group: Group): Paired {
  const rows = result.spec.optimizers
    .map((_, entry) => ({
      entry,
      ends: new Map(
        recordsIn(result, group, entry).map((record) => [
          `${record.run.problem}/${record.run.spec.replicate}`,
          rankedLoss(endOf(record, group), 0),
        ]),
      ),
    }))
    .filter(({ ends }) => ends.size > 0);
  const blocks = [...(rows[0]?.ends.keys() ?? [])].filter((block) =>
    rows.every(({ ends }) => ends.has(block)),
  );
  return {
    entries: rows.map(({ entry }) => entry),
    samples: rows.map(({ ends }) => blocks.map((block) => ends.get(block)!)),
  };
}
