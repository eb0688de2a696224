// Drives a run to its end: synchronously where the objective is synchronous, and with one await an evaluation elsewhere.
import type { Outcome } from "@basin/objective";
import { answer } from "./answer.ts";
import type { Checkpoint, Over } from "./checkpoint.ts";
import type { Clock } from "./clock.ts";
import { bestOf, resultOf } from "./finish.ts";
import { untimed, type Elapsed } from "./record.ts";
import type { RunResult } from "./result.ts";
import type { Run } from "./run.ts";
import type { Signal } from "./signal.ts";
import { begin, step } from "./step.ts";

/** Where a run stands, in a few numbers. */
export interface RunProgress {
  /** Cost spent so far, of the budget. */
  readonly cost: number;
  readonly budget: number;
  /** The recorded loss; NaN or +Infinity while there is none. */
  readonly loss: number;
  /** Transitions so far. */
  readonly steps: number;
}

export interface DriveOptions {
  /** Looked at after each step; while an evaluation is awaited it ends the wait. */
  readonly signal?: Signal;
  /** Called whenever something was recorded: a point of the grid, a target. */
  readonly onProgress?: (progress: RunProgress) => void;
  /** For the seconds of the trace, by default the run's; without a clock they are NaN. */
  readonly clock?: Clock;
  /** Where to go on from. Default: the beginning. */
  readonly from?: Checkpoint;
}

export function progressOf(run: Run, checkpoint: Checkpoint): RunProgress {
  return {
    cost: checkpoint.cost,
    budget: run.budget,
    loss: bestOf(run, checkpoint).loss,
    steps: checkpoint.steps,
  };
}

/** Seconds since now, added to those that a stored checkpoint had already taken. */
export function stopwatch(clock: Clock | undefined, from?: Checkpoint): Elapsed {
  if (clock === undefined) return untimed;
  const before = from?.log.rows.at(-1)?.seconds ?? 0;
  const began = clock();
  return () => (Number.isNaN(before) ? 0 : before) + (clock() - began) / 1000;
}

/** Why a run was broken off, in the words of the signal. */
export function cancelled(signal: Signal): Over {
  const { reason } = signal;
  const words = reason instanceof Error ? reason.message : typeof reason === "string" ? reason : "";
  return { ending: "cancelled", reason: words === "" ? "cancelled" : words };
}

/**
 * The run, carried out. Returns the result itself where the objective answers at once, and a promise of it elsewhere.
 * A cancelled run gives the result so far.
 * @throws UsageError where objective or search break their contract; what the objective throws is a failed evaluation.
 */
export function runToEnd(run: Run, options: DriveOptions = {}): RunResult | Promise<RunResult> {
  const { signal, onProgress, clock = run.clock } = options;
  const elapsed = stopwatch(clock, options.from);
  // where it begins here, all states are its own
  const alone = options.from === undefined;
  let checkpoint = options.from ?? begin(run);
  while (checkpoint.next !== undefined) {
    if (signal?.aborted === true) return resultOf(run, checkpoint, elapsed, cancelled(signal));
    const outcomes = answer(run, checkpoint);
    if (!isArray(outcomes)) return awaiting(run, checkpoint, outcomes, options, elapsed);
    const { log, state } = checkpoint;
    checkpoint = step(run, checkpoint, outcomes, elapsed);
    if (alone) run.search.recycle?.(state, checkpoint.state);
    if (onProgress !== undefined && checkpoint.log !== log) onProgress(progressOf(run, checkpoint));
  }
  return resultOf(run, checkpoint, elapsed);
}

async function awaiting(
  run: Run,
  from: Checkpoint,
  first: Promise<readonly Outcome[]>,
  { signal, onProgress, from: given }: DriveOptions,
  elapsed: Elapsed,
): Promise<RunResult> {
  let checkpoint = from;
  let outcomes: readonly Outcome[] | Promise<readonly Outcome[]> = first;
  while (true) {
    const answers = await orAborted(outcomes, signal);
    if (answers === undefined) return resultOf(run, checkpoint, elapsed, cancelled(signal!));
    const { log, state } = checkpoint;
    checkpoint = step(run, checkpoint, answers, elapsed);
    if (given === undefined) run.search.recycle?.(state, checkpoint.state);
    if (onProgress !== undefined && checkpoint.log !== log) onProgress(progressOf(run, checkpoint));
    if (checkpoint.next === undefined) return resultOf(run, checkpoint, elapsed);
    if (signal?.aborted === true) return resultOf(run, checkpoint, elapsed, cancelled(signal));
    outcomes = answer(run, checkpoint);
  }
}

function isArray<T>(value: readonly T[] | Promise<readonly T[]>): value is readonly T[] {
  return Array.isArray(value);
}

/** What is awaited, or undefined as soon as the signal says so: the evaluation under way is left to itself. */
export function orAborted<T>(awaited: T | Promise<T>, signal: Signal | undefined): Promise<T | undefined> {
  if (signal === undefined) return Promise.resolve(awaited);
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    Promise.resolve(awaited)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
