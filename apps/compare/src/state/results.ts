// What the runs so far say, kept up to date entry by entry: a new record makes one curve anew, not all of them.
import { seriesStyles, type Series, type SeriesStyle } from "@basin/charts";
import { curves, type ExperimentResult, type ExperimentSpec, type RunRecord } from "@basin/experiment";
import type { XAxis } from "./config.ts";

/** The records of one experiment, and the series drawn from them. */
export interface Results {
  readonly spec: ExperimentSpec;
  add(record: RunRecord): void;
  /** One series an entry, in the order of the spec; entries without records have none. */
  series(axis: XAxis): readonly Series[];
  readonly styles: readonly SeriesStyle[];
  first(): RunRecord | undefined;
  /** What one slope costs here, in evaluations, and how many weights there are; undefined where none was asked for. */
  slope(): { readonly price: number; readonly dimension: number } | undefined;
  /** The records of one seed that did not fail, in the order of the entries; with their points where these are kept. */
  of(replicate: number): readonly RunRecord[];
  /** Takes runs that were carried out again for their points. */
  keep(records: readonly RunRecord[]): void;
  /** All records so far, in the order of the plan. */
  result(): ExperimentResult;
  readonly count: number;
}

export function createResults(spec: ExperimentSpec): Results {
  const byEntry: RunRecord[][] = spec.optimizers.map(() => []);
  const known = new Map<XAxis, (Series | undefined)[]>();
  const kept = new Map<number, RunRecord>();
  let count = 0;
  const result = (records: readonly RunRecord[]): ExperimentResult => ({
    spec,
    records: records.toSorted((a, b) => a.run.index - b.run.index),
  });
  return {
    spec,
    styles: seriesStyles(spec.optimizers),
    add(record) {
      byEntry[record.run.entry]!.push(record);
      for (const series of known.values()) series[record.run.entry] = undefined;
      count++;
    },
    series(axis) {
      let all = known.get(axis);
      if (all === undefined) known.set(axis, (all = spec.optimizers.map(() => undefined)));
      for (let entry = 0; entry < byEntry.length; entry++)
        if (byEntry[entry]!.length > 0) {
          const label = spec.optimizers[entry]!.label;
          all[entry] ??= curves(result(byEntry[entry]!), { axis }).find((curve) => curve.label === label);
        }
      return spec.optimizers.map(({ label, family }, entry) => all[entry] ?? { ...nothing, label, family });
    },
    first: () => byEntry.find((records) => records.length > 0)?.[0],
    slope: () => {
      for (const [record] of byEntry) {
        const price =
          record?.result.tally.queries.gradient === undefined ? undefined : record.result.prices.gradient;
        if (record !== undefined && price !== undefined)
          return { price, dimension: record.result.best.x.length };
      }
      return undefined;
    },
    of: (replicate) =>
      byEntry.flatMap((records) =>
        records
          .filter(({ run, result }) => run.spec.replicate === replicate && result.ending !== "failed")
          .map((record) => kept.get(record.run.index) ?? record),
      ),
    keep: (records) => {
      for (const record of records) kept.set(record.run.index, record);
    },
    result: () => result(byEntry.flat()),
    get count() {
      return count;
    },
  };
}

const none = new Float64Array(0);
const nothing = { n: 0, diverged: 0, x: none, median: none, q10: none, q25: none, q75: none, q90: none };
