// Runs again what a folder says it has run, here and now, and compares every bit.
import { UsageError } from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";
import type { Catalog, Signal } from "@basin/runner";
import { encodeRecord } from "../record-line.ts";
import type { Executor, RunRecord } from "../spec.ts";
import { version } from "../version.ts";
import { readUnchecked, versionOf } from "./contents.ts";

export interface VerifyOptions {
  readonly catalog: Catalog;
  readonly executor: Executor;
  /** How many of the records, drawn by `seed`. Default: all. */
  readonly sample?: number;
  /** Default 1. */
  readonly seed?: number;
  readonly signal?: Signal;
  /** Called for each run as it is compared. */
  readonly onCompared?: (comparison: RunComparison) => void;
}

export interface RunComparison {
  readonly stored: RunRecord;
  readonly found: RunRecord;
  /** Whether it is the same to the last bit: trace, points, tally, reason. Seconds and attempts may differ. */
  readonly same: boolean;
}

export interface Verification {
  /** Records in the folder, and those of them that were run again. */
  readonly records: number;
  readonly compared: number;
  /** In the order of the plan. */
  readonly differing: readonly RunComparison[];
}

/**
 * What came of it. Runs that the signal ended are not compared. A run that failed because its worker died may well succeed this time: that is a difference.
 * @throws UsageError where the folder cannot be read, or is another version's, whose bits may be others.
 */
export async function verifyStore(folder: string, options: VerifyOptions): Promise<Verification> {
  const { catalog, executor, sample, seed = 1, signal, onCompared } = options;
  const { records } = readUnchecked(folder, catalog);
  const by = versionOf(folder);
  if (by !== version)
    throw new UsageError(
      folder,
      `it was run by basin ${by}, and this is ${version}`,
      `verify it with basin ${by}`,
    );
  const count = Math.min(sample ?? records.length, records.length);
  const chosen = rngOf(rootKey(`verify/${seed}`))
    .sample(records.length, count)
    .sort()
    .values();
  const comparisons = await Promise.all(
    Array.from(chosen, async (i): Promise<RunComparison[]> => {
      const stored = records[i]!;
      const { result, attempts } = await executor.run(
        stored.run.spec,
        signal === undefined ? {} : { signal },
      );
      if (result.ending === "cancelled") return [];
      const found = { run: stored.run, result, attempts };
      const comparison = { stored, found, same: encodeRecord(stored) === encodeRecord(found) };
      onCompared?.(comparison);
      return [comparison];
    }),
  );
  const compared = comparisons.flat();
  return {
    records: records.length,
    compared: compared.length,
    differing: compared.filter(({ same }) => !same),
  };
}
