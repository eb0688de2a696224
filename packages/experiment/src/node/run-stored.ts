// Carries an experiment out in a folder: what has ended there is not run again, and what is under way is kept every minute.
import type { Catalog, RunProgress, Signal } from "@basin/runner";
import { parseSpec, type ExperimentFile } from "../parse-spec.ts";
import { plan } from "../plan.ts";
import { runExperiment } from "../run-experiment.ts";
import { inShard, type Shard } from "../shard.ts";
import type { ExperimentResult, Executor, PlannedRun, RunRecord } from "../spec.ts";
import { openStore, type Store, type StoreOptions } from "./store.ts";

export interface StoredRunOptions {
  readonly catalog: Catalog;
  readonly executor: Executor;
  /** Only this part of the runs; the folder can be merged with those of the others. */
  readonly shard?: Shard;
  readonly signal?: Signal;
  /** Called for each run as it ends, once its record is kept. */
  readonly onRecord?: (record: RunRecord) => void;
  readonly onProgress?: (run: PlannedRun, progress: RunProgress) => void;
}

/**
 * Runs what is missing in an open store. The result has all records that are there, known ones too; it is the caller's to `finish` the store
 * once none is missing (`missing`).
 * @throws UsageError as soon as a record cannot be kept: runs under way are given up, and what has ended before is safe.
 */
export async function runInStore(store: Store, options: StoredRunOptions): Promise<ExperimentResult> {
  const { catalog, executor, shard, signal, onRecord, onProgress } = options;
  const stop = new AbortController();
  const forward = (): void => stop.abort(signal?.reason);
  if (signal?.aborted === true) forward();
  signal?.addEventListener("abort", forward, { once: true });
  let broken: unknown;
  try {
    const result = await runExperiment(store.spec, {
      catalog,
      executor,
      signal: stop.signal,
      known: store.known,
      ...(shard === undefined ? {} : { only: (run) => inShard(run, shard) }),
      checkpoints: {
        load: ({ index }) => store.checkpoints.load(index),
        save: ({ index }, checkpoint) => store.checkpoints.save(index, checkpoint),
      },
      onRecord(record) {
        if (record.result.ending !== "cancelled" && broken === undefined)
          try {
            store.add(record);
          } catch (error) {
            // nothing more can be kept, so nothing more is computed
            broken = error;
            stop.abort("the record could not be written");
            return;
          }
        onRecord?.(record);
      },
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    if (broken !== undefined) throw broken;
    return result;
  } finally {
    signal?.removeEventListener("abort", forward);
  }
}

/** How many runs of the experiment, or of a part of it, have no record yet. */
export function missing({ spec, records }: ExperimentResult, shard?: Shard): number {
  const there = new Set(records.map(({ run }) => run.index));
  return plan(spec).filter((run) => !there.has(run.index) && (shard === undefined || inShard(run, shard)))
    .length;
}

/**
 * The whole of it: opens the folder, runs what is missing, and leaves the same bytes as one uninterrupted run, once nothing is.
 * A result that misses runs was cut short by the signal, or is a part; the same call goes on with it.
 * @throws UsageError as `parseSpec`, `openStore` and `runInStore` do.
 */
export async function runStored(
  experiment: ExperimentFile,
  folder: string,
  options: StoredRunOptions & Omit<StoreOptions, "catalog">,
): Promise<ExperimentResult> {
  const { catalog, shard } = options;
  const store = openStore(folder, parseSpec(experiment, catalog), options);
  try {
    const result = await runInStore(store, options);
    if (missing(result, shard) === 0) store.finish();
    return result;
  } finally {
    store.close();
  }
}
