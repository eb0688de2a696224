// basin run: carries an experiment out on all cores, and says what it shows.
import {
  SpecError,
  inShard,
  misfits,
  parseShard,
  plan,
  runExperiment,
  type ExperimentResult,
  type ExperimentSpec,
  type RunRecord,
  type Shard,
} from "@basin/experiment";
import { missing, openStore, reusable, runInStore, type Store } from "@basin/experiment/node";
import { join } from "node:path";
import { UsageError } from "@basin/objective";
import { catalog } from "@basin/catalog";
import { Exit } from "../errors.ts";
import { experimentOf, type SpecOptions } from "../experiment-file.ts";
import { commandLine, onInterrupt, sameCommand } from "../interrupt.ts";
import { environment, threadsFor, workersOf } from "../threads.ts";
import { conclude } from "../terminal/ending.ts";
import { progressOn } from "../terminal/progress.ts";
import { counted } from "../terminal/words.ts";

export interface RunOptions extends SpecOptions {
  readonly workers: string;
  readonly out?: string;
  readonly shard?: string;
  readonly reuse?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly plot: boolean;
}

export async function run(problem: string, options: RunOptions): Promise<void> {
  const spec = experimentOf(problem, options);
  const workers = workersOf(options.workers);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  if (shard !== undefined && options.out === undefined)
    throw new UsageError("--shard", "a part is kept in a folder", "add -o <folder>");
  if (options.reuse !== undefined && options.out === undefined)
    throw new UsageError("--reuse", "runs are taken over into a folder", "add -o <folder>");
  const wrong = misfits(spec, catalog);
  if (wrong.length > 0) throw new SpecError(wrong);
  const store = options.out === undefined ? undefined : opened(options.out, spec, workers, shard, options);
  try {
    const result = await carryOut(spec, store, workers, shard, options);
    if (missing(result, shard) > 0) stopped(result, shard, store);
    // a part tells nothing by itself, unless the other parts are in its folder already
    if (missing(result) === 0) conclude(result, store, options);
    else partDone(store!, shard!, options);
  } finally {
    store?.close();
  }
}

/** The folder, with what another one has of the experiment already. */
function opened(
  out: string,
  spec: ExperimentSpec,
  workers: number,
  shard: Shard | undefined,
  { force = false, reuse }: RunOptions,
): Store {
  const settings = {
    catalog,
    environment: { ...environment(workers), ...(shard === undefined ? {} : { shard }) },
  };
  const store = openStore(out, spec, { ...settings, force, extend: true });
  if (store.extendedFrom !== undefined)
    console.error(`${out}: ${spec.replicates} seeds now, ${store.extendedFrom} before.`);
  if (reuse === undefined) return store;
  try {
    const records = reusable(reuse, store, catalog);
    store.addAll(records);
    console.error(
      `${counted(records.length, "run")} ${records.length === 1 ? "is" : "are"} taken over from ${reuse}.`,
    );
  } finally {
    store.close();
  }
  // again, with what it has now
  return openStore(out, spec, settings);
}

async function carryOut(
  spec: ExperimentSpec,
  store: Store | undefined,
  workers: number,
  shard: Shard | undefined,
  options: RunOptions,
): Promise<ExperimentResult> {
  const mine = plan(spec).filter((planned) => shard === undefined || inShard(planned, shard));
  const total = mine.length;
  const there = new Set((store?.known ?? []).map((record) => record.run.index));
  const known = mine.filter(({ index }) => there.has(index)).length;
  const tell = options.json === true ? (event: object) => console.log(JSON.stringify(event)) : () => {};
  if (known > 0)
    console.error(
      `${options.out}: ${known} of ${counted(total, "run")} ${known === 1 ? "is" : "are"} there already.`,
    );
  tell({ event: "begin", runs: total, known, workers });

  const controller = new AbortController();
  const release = onInterrupt(() => controller.abort("stopped by Ctrl-C"));
  const pool = threadsFor(total - known, workers);
  const progress = progressOn(process.stderr, total, known, () => performance.now());
  const onRecord = (record: RunRecord): void => {
    const { run: planned, result, attempts } = record;
    if (result.ending === "cancelled") return;
    progress.ended(planned.index, result.ending === "failed");
    tell({
      event: "run",
      index: planned.index,
      problem: spec.problems[planned.problem]!.label,
      label: spec.optimizers[planned.entry]!.label,
      replicate: planned.spec.replicate,
      ending: result.ending,
      reason: result.reason,
      diverged: result.diverged,
      loss: Number.isFinite(result.best.loss) ? result.best.loss : String(result.best.loss),
      attempts,
      fingerprint: result.fingerprint,
    });
  };
  const common = {
    catalog,
    executor: pool,
    signal: controller.signal,
    onRecord,
    onProgress: ({ index }: { index: number }, { cost, budget }: { cost: number; budget: number }) =>
      progress.moved(index, cost / budget),
  };
  try {
    return await (store === undefined
      ? runExperiment(spec, common)
      : runInStore(store, { ...common, ...(shard === undefined ? {} : { shard }) }));
  } finally {
    progress.clear();
    pool.close();
    release();
  }
}

function partDone(store: Store, { index, of }: Shard, options: RunOptions): void {
  store.finish();
  if (options.json === true) console.log(JSON.stringify({ event: "end", shard: { index, of } }));
  else
    console.log(
      `Part ${index} of ${of} is complete, in ${store.folder}. Once all parts are:\n  basin merge <folders of the parts> -o <folder of the whole>`,
    );
}

/** What was piped in is not there a second time, but stands in the folder. */
function again({ folder }: Store): string {
  return process.argv.includes("-")
    ? commandLine("run", join(folder, "spec.json"), "-o", folder)
    : sameCommand();
}

function stopped(result: ExperimentResult, shard: Shard | undefined, store: Store | undefined): never {
  const left = missing(result, shard);
  const total = plan(result.spec).filter((one) => shard === undefined || inShard(one, shard)).length;
  const done = `${total - left} of ${counted(total, "run")} had ended`;
  const underWay = store?.checkpoints.count() ?? 0;
  const halfWay =
    underWay === 0 ? "" : `, and ${underWay} ${underWay === 1 ? "goes" : "go"} on in the middle`;
  console.error(
    store === undefined
      ? `Stopped: ${done}. Nothing was kept; with -o <folder> an experiment goes on where it was stopped.`
      : `Stopped: ${done} and ${total - left === 1 ? "is" : "are"} kept${halfWay}. The same command goes on from here:\n  ${again(store)}`,
  );
  throw new Exit(130);
}
