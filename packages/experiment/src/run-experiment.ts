// Carries an experiment out: hands every planned run to an executor, and gathers the records in the order of the plan.
import type { Catalog, RunProgress, Signal, StoredCheckpoint } from "@basin/runner";
import { parseSpec, type ExperimentFile } from "./parse-spec.ts";
import { plan } from "./plan.ts";
import type { ExperimentResult, Executor, PlannedRun, RunRecord } from "./spec.ts";

export interface ExperimentOptions {
  readonly catalog: Catalog;
  readonly executor: Executor;
  /** Ends the experiment: what has ended stays. */
  readonly signal?: Signal;
  /** Called for each run as it ends, in the order of ending; also for those that were cancelled on the way. */
  readonly onRecord?: (record: RunRecord) => void;
  readonly onProgress?: (run: PlannedRun, progress: RunProgress) => void;
  /** Records of runs that ended before: they are not run again. */
  readonly known?: readonly RunRecord[];
  /** Which runs are carried out, by default all. The others are not in the result, unless they are known. */
  readonly only?: (run: PlannedRun) => boolean;
  /** Keeps long runs while they go, so that another process can go on with them in the middle. */
  readonly checkpoints?: {
    /** The last that was saved of this run. */
    readonly load: (run: PlannedRun) => StoredCheckpoint | undefined;
    readonly save: (run: PlannedRun, checkpoint: StoredCheckpoint) => void;
  };
}

/**
 * The records of an experiment, as parsed or as written. They are the same for every executor and any number of workers. Failed runs are records;
 * runs that were cancelled are not in the result. Never rejects on account of a run.
 * @throws SpecError for an experiment that cannot be run as written.
 */
export async function runExperiment(
  experiment: ExperimentFile,
  {
    catalog,
    executor,
    signal,
    onRecord,
    onProgress,
    known = [],
    only = () => true,
    checkpoints,
  }: ExperimentOptions,
): Promise<ExperimentResult> {
  const spec = parseSpec(experiment, catalog);
  const done = new Map(known.map((record) => [record.run.index, record]));
  // Seed by seed across the optimizers, so that a part of the experiment is already a comparison.
  const waiting = plan(spec)
    .filter((run) => !done.has(run.index) && only(run))
    .sort((a, b) => a.problem - b.problem || a.spec.replicate - b.spec.replicate || a.index - b.index);
  await Promise.all(
    waiting.map(async (run) => {
      const from = checkpoints?.load(run);
      const { result, attempts } = await executor.run(run.spec, {
        ...(from === undefined ? {} : { from }),
        ...(checkpoints === undefined
          ? {}
          : { onCheckpoint: (checkpoint) => checkpoints.save(run, checkpoint) }),
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress(run, progress) }),
      });
      const record = { run, result, attempts };
      if (result.ending !== "cancelled") done.set(run.index, record);
      onRecord?.(record);
    }),
  );
  return { spec, records: [...done.values()].sort((a, b) => a.run.index - b.run.index) };
}
