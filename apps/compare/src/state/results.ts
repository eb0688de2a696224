// What the runs so far say, kept up to date entry by entry: a new record makes one curve anew, not all of them.
import { seriesStyles, type Series, type SeriesStyle } from "@basin/charts";
import { curves, type ExperimentResult, type ExperimentSpec, type RunRecord } from "@basin/experiment";
import type { XAxis } from "./config.ts";

/** The records of one experiment, and the series drawn from them. `problem` is a number in the order of the spec. */
export interface Results {
  readonly spec: ExperimentSpec;
  add(record: RunRecord): void;
  /** One series an entry, in the order of the spec; of entries without records it is empty. */
  series(axis: XAxis, problem: number): readonly Series[];
  readonly styles: readonly SeriesStyle[];
  first(problem: number): RunRecord | undefined;
  /** What one slope costs here, in evaluations, and how many weights there are; undefined where none was asked for. */
  slope(problem: number): { readonly price: number; readonly dimension: number } | undefined;
  /** The records of one seed that did not fail, in the order of the entries; with their points where these are kept. */
  of(replicate: number, problem: number): readonly RunRecord[];
  /** Takes runs that were carried out again for their points. */
  keep(records: readonly RunRecord[]): void;
  /** All records so far, in the order of the plan. */
  result(): ExperimentResult;
  readonly count: number;
}

export function createResults(spec: ExperimentSpec): Results {
  /** By problem, then by entry. */
  const all: RunRecord[][][] = spec.problems.map(() => spec.optimizers.map(() => []));
  const known = new Map<string, (Series | undefined)[]>();
  const kept = new Map<number, RunRecord>();
  let count = 0;
  const result = (records: readonly RunRecord[]): ExperimentResult => ({
    spec,
    records: records.toSorted((a, b) => a.run.index - b.run.index),
  });
  const firstOf = (problem: number): RunRecord[] =>
    all[problem]?.flatMap((records) => records[0] ?? []) ?? [];
  return {
    spec,
    styles: seriesStyles(spec.optimizers),
    add(record) {
      const { problem, entry } = record.run;
      all[problem]![entry]!.push(record);
      for (const [key, series] of known) if (key.startsWith(`${problem} `)) series[entry] = undefined;
      count++;
    },
    series(axis, problem) {
      const key = `${problem} ${axis}`;
      let mine = known.get(key);
      if (mine === undefined) known.set(key, (mine = spec.optimizers.map(() => undefined)));
      for (const [entry, { label, family }] of spec.optimizers.entries()) {
        const records = all[problem]?.[entry] ?? [];
        mine[entry] ??= (records.length === 0 ? [] : curves(result(records), { axis }))[0] ?? {
          ...nothing,
          label,
          family,
        };
      }
      return [...(mine as readonly Series[])];
    },
    first: (problem) => firstOf(problem)[0],
    slope: (problem) => {
      const asked = firstOf(problem).find((record) => record.result.tally.queries.gradient !== undefined);
      const price = asked?.result.prices.gradient;
      return asked === undefined || price === undefined
        ? undefined
        : { price, dimension: asked.result.best.x.length };
    },
    of: (replicate, problem) =>
      (all[problem] ?? []).flatMap((records) =>
        records
          .filter(({ run, result: one }) => run.spec.replicate === replicate && one.ending !== "failed")
          .map((record) => kept.get(record.run.index) ?? record),
      ),
    keep: (records) => {
      for (const record of records) kept.set(record.run.index, record);
    },
    result: () => result(all.flat(2)),
    get count() {
      return count;
    },
  };
}

const none = new Float64Array(0);
const nothing = { n: 0, diverged: 0, x: none, median: none, q10: none, q25: none, q75: none, q90: none };
