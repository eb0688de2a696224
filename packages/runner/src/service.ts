// What a worker offers: carries out runs from their specs, can be paused, stepped and cancelled, and never goes deaf.
import type { Outcome } from "@basin/objective";
import { answer } from "./answer.ts";
import type { Catalog } from "./catalog.ts";
import type { Clock } from "./clock.ts";
import { decodeCheckpoint, encodeCheckpoint, type Over, type StoredCheckpoint } from "./checkpoint.ts";
import { failedResult, resultOf } from "./finish.ts";
import { runOf } from "./from-spec.ts";
import type { RunResult } from "./result.ts";
import type { RunSpec } from "./run-spec.ts";
import { progressOf, stopwatch, type RunProgress } from "./run-to-end.ts";
import { begin, step } from "./step.ts";
import { yieldTask } from "./yield-task.ts";

export interface ServiceOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** How long it computes before messages get their turn, in milliseconds. Default 16. */
  readonly slice?: number;
  /** Resolves in a later task. Default: what the engine has, see yieldTask. */
  readonly yieldTask?: () => Promise<void>;
}

/** How one run is to be carried out. Plain data. */
export interface Control {
  /** Milliseconds between reports of progress, at least. Default 50. */
  readonly every?: number;
  /** Wait before the first step, as if `pause` had been called. */
  readonly paused?: boolean;
  /** A checkpoint of this same run to go on from, to the same bits. Default: the beginning. */
  readonly from?: StoredCheckpoint;
  /** Milliseconds between checkpoints, at least; a run that is cancelled makes one more. Default: none are made. */
  readonly keep?: number;
}

/**
 * Everything that goes in or out is plain data, but for the listeners, which a worker's adapter wraps. One service
 * carries out one run at a time in a worker of its own; pause and resume hold for those that follow, too.
 */
export interface Service {
  /**
   * Always resolves: a run that throws gives a result whose ending is "failed", with the reason. `onHeld` is told the result
   * so far whenever the run waits because of a pause: as it begins to wait, and after each step that it was allowed.
   */
  run(
    spec: RunSpec,
    control?: Control,
    onProgress?: (progress: RunProgress) => void,
    onCheckpoint?: (checkpoint: StoredCheckpoint) => void,
    onHeld?: (soFar: RunResult) => void,
  ): Promise<RunResult>;
  pause(): void;
  resume(): void;
  /** While paused: that many more steps. Default 1. */
  step(steps?: number): void;
  /** Ends what is running, with the result so far; a later run is not concerned. */
  cancel(reason?: string): void;
}

/** A service over a catalog; the clock decides how often it yields and reports, never what it computes. */
export function createService(options: ServiceOptions): Service {
  const { catalog, clock, slice = 16 } = options;
  const pass = options.yieldTask ?? yieldTask;
  /** `allowed`: steps to be taken although it is paused. */
  const gate = { paused: false, allowed: 0 };
  let wake: (() => void) | undefined;
  const running = new Set<{ over: Over | undefined }>();

  const woken = (): Promise<void> =>
    new Promise((resolve) => {
      const before = wake;
      wake = () => {
        before?.();
        resolve();
      };
    });
  const stir = (): void => {
    wake?.();
    wake = undefined;
  };

  async function carryOut(
    spec: RunSpec,
    control: Control,
    onProgress: ((progress: RunProgress) => void) | undefined,
    onCheckpoint: ((checkpoint: StoredCheckpoint) => void) | undefined,
    onHeld: ((soFar: RunResult) => void) | undefined,
    me: { over: Over | undefined },
  ): Promise<RunResult> {
    const { every = 50, keep = Infinity } = control;
    if (control.paused === true) gate.paused = true;
    const run = runOf(spec, catalog);
    const from = control.from === undefined ? undefined : decodeCheckpoint(run, control.from);
    const watch = stopwatch(clock, from);
    /** Milliseconds that it was held: no time of the run's. */
    let waited = 0;
    const elapsed = (): number => watch() - waited / 1000;
    const first = from ?? begin(run);
    let checkpoint = first;
    let [sliced, reported] = [clock(), -Infinity];
    let kept = sliced;
    // The clock is read once in `stride` steps, so that it does not cost more than the steps it times.
    let [stride, since] = [1, 0];
    while (checkpoint.next !== undefined) {
      // looks at the full f are no steps of the search: they are not waited for, so that a step is never one of them
      const searches = checkpoint.purpose === "search";
      if (searches)
        while (gate.paused && gate.allowed <= 0 && me.over === undefined) {
          onProgress?.(progressOf(run, checkpoint));
          onHeld?.(resultOf(run, checkpoint, elapsed, { ending: "cancelled", reason: "paused" }));
          const held = clock();
          await woken();
          sliced = clock();
          waited += sliced - held;
        }
      if (me.over !== undefined) {
        // whoever keeps runs loses nothing of one that is cancelled
        if (keep < Infinity && checkpoint !== first) onCheckpoint?.(encodeCheckpoint(run, checkpoint));
        return resultOf(run, checkpoint, elapsed, me.over);
      }
      if (searches && gate.paused) gate.allowed--;
      const outcomes = answer(run, checkpoint);
      const { state } = checkpoint;
      checkpoint = step(
        run,
        checkpoint,
        Array.isArray(outcomes) ? (outcomes as readonly Outcome[]) : await outcomes,
        elapsed,
      );
      // a stored checkpoint is decoded here, so that every state is this run's own
      run.search.recycle?.(state, checkpoint.state);
      if (++since < stride) continue;
      since = 0;
      const now = clock();
      if (now - reported >= every) {
        reported = now;
        onProgress?.(progressOf(run, checkpoint));
      }
      if (now - kept >= keep) {
        onCheckpoint?.(encodeCheckpoint(run, checkpoint));
        // what encoding took is not counted, so that it never takes most of the time
        kept = clock();
      }
      const spent = now - sliced;
      if (spent >= slice) {
        // one look at the clock a slice is too few: look more often
        stride = Math.max(1, stride >> (spent > 2 * slice ? 2 : 1));
        await pass();
        sliced = clock();
      } else if (spent < slice / 8) stride = Math.min(stride * 2, 1024);
    }
    return resultOf(run, checkpoint, elapsed);
  }

  return {
    async run(spec, control = {}, onProgress, onCheckpoint, onHeld) {
      const me = { over: undefined };
      running.add(me);
      try {
        return await carryOut(spec, control, onProgress, onCheckpoint, onHeld, me);
      } catch (error) {
        return failedResult(error instanceof Error ? error.message : String(error), spec);
      } finally {
        running.delete(me);
      }
    },
    pause() {
      gate.paused = true;
      gate.allowed = 0;
    },
    resume() {
      gate.paused = false;
      gate.allowed = 0;
      stir();
    },
    step(steps = 1) {
      gate.allowed += steps;
      stir();
    },
    cancel(reason = "cancelled") {
      for (const me of running) me.over = { ending: "cancelled", reason };
      stir();
    },
  };
}
