// basin run: carries an experiment out on all cores, and says what it shows.
import { availableParallelism, cpus } from "node:os";
import { Worker } from "node:worker_threads";
import { UsageError } from "@basin/objective";
import {
  SpecError,
  fingerprint,
  misfits,
  plan,
  runExperiment,
  type ExperimentResult,
  type ExperimentSpec,
  type RunRecord,
} from "@basin/experiment";
import { openStore, type Store } from "@basin/experiment/node";
import { createPool } from "@basin/workers";
import { catalog } from "@basin/catalog";
import { Exit } from "../errors.ts";
import { experimentOf, type SpecOptions } from "../experiment-file.ts";
import { filesOf } from "../files/outputs.ts";
import { shown } from "../terminal/shown.ts";
import { progressOn } from "../terminal/progress.ts";
import { styleOf } from "../terminal/style.ts";
import { counted } from "../terminal/words.ts";

export interface RunOptions extends SpecOptions {
  readonly workers: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly plot: boolean;
}

/** Milliseconds without a sign of life after which a thread counts as hung: no evaluation of the catalog takes so long. */
const DEADLINE = 60_000;

export async function run(problem: string, options: RunOptions): Promise<void> {
  const spec = experimentOf(problem, options);
  const workers = workersOf(options.workers);
  const wrong = misfits(spec, catalog);
  if (wrong.length > 0) throw new SpecError(wrong);
  const store =
    options.out === undefined
      ? undefined
      : openStore(options.out, spec, {
          catalog,
          force: options.force === true,
          environment: environment(workers),
        });
  try {
    await carryOut(spec, store, workers, options);
  } finally {
    store?.close();
  }
}

async function carryOut(
  spec: ExperimentSpec,
  store: Store | undefined,
  workers: number,
  options: RunOptions,
): Promise<void> {
  const total = plan(spec).length;
  const known = store?.known ?? [];
  const say = options.json === true ? () => {} : (text: string) => console.log(text);
  const tell = options.json === true ? (event: object) => console.log(JSON.stringify(event)) : () => {};
  if (known.length > 0)
    console.error(
      `${options.out}: ${known.length} of ${counted(total, "run")} ${known.length === 1 ? "is" : "are"} there already.`,
    );
  tell({ event: "begin", runs: total, known: known.length, workers });

  const controller = new AbortController();
  const release = onInterrupt(() => controller.abort("stopped by Ctrl-C"));
  const pool = createPool({
    spawn: () => new Worker(new URL("../worker.js", import.meta.url)),
    size: Math.min(workers, Math.max(1, total - known.length)),
    deadline: DEADLINE,
    boot: DEADLINE,
    clock: () => performance.now(),
  });
  const progress = progressOn(process.stderr, total, known.length, () => performance.now());
  let broken: unknown;
  const onRecord = (record: RunRecord): void => {
    const { run: planned, result, attempts } = record;
    if (result.ending === "cancelled") return;
    try {
      store?.add(record);
    } catch (error) {
      // a full disk, say: nothing more can be kept, so nothing more is computed
      broken ??= error;
      controller.abort("the record could not be written");
    }
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
  let result: ExperimentResult;
  try {
    result = await runExperiment(spec, {
      catalog,
      executor: pool,
      signal: controller.signal,
      known,
      onRecord,
      onProgress: ({ index }, { cost, budget }) => progress.moved(index, cost / budget),
    });
  } finally {
    progress.clear();
    pool.close();
    release();
  }
  if (broken !== undefined) throw broken;
  if (result.records.length < total) stopped(result, total, store);

  for (const [name, text] of store === undefined ? [] : filesOf(result)) store!.write(name, text);
  store?.finish();
  const failed = result.records.filter((record) => record.result.ending === "failed");
  say(shown(result, { style: styleOf(process.stdout), plot: options.plot }));
  if (store !== undefined)
    say(`\nWritten to ${options.out}: spec.json, runs.ndjson, runs.csv, curves.csv, curves.svg`);
  tell({ event: "end", runs: total, failed: failed.length, fingerprint: fingerprint(result) });
  if (failed.length > 0) {
    console.error(`basin: ${counted(failed.length, "run")} failed:`);
    for (const reason of new Set(failed.map((record) => record.result.reason))) console.error(`  ${reason}`);
    throw new Exit(1);
  }
}

function stopped(result: ExperimentResult, total: number, store: Store | undefined): never {
  const done = `${result.records.length} of ${counted(total, "run")} had ended`;
  console.error(
    store === undefined
      ? `Stopped: ${done}. Nothing was kept; with -o <folder> an experiment goes on where it was stopped.`
      : `Stopped: ${done} and ${result.records.length === 1 ? "is" : "are"} kept. The same command goes on from here:\n  ${sameCommand()}`,
  );
  throw new Exit(130);
}

function sameCommand(): string {
  const plain = /^[\w@%+=:,./-]+$/;
  const words = process.argv
    .slice(2)
    .filter((word) => word !== "--force")
    .map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return ["basin", ...words].join(" ");
}

/** The first Ctrl-C (or polite kill) stops in order, the second one at once. */
function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const listener = (): void => {
    if (asked) process.exit(130);
    asked = true;
    stop();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, listener);
  return () => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, listener);
  };
}

function workersOf(text: string): number {
  if (text === "auto") return availableParallelism();
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 1024)
    throw new UsageError("--workers", `it is "${text}"`, "give a whole number from 1 to 1024, or auto");
  return value;
}

function environment(workers: number): Record<string, unknown> {
  const { node, v8 } = process.versions;
  return {
    node,
    v8,
    platform: process.platform,
    architecture: process.arch,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    workers,
  };
}
