// One worker from outside. comlink's calls into a dead worker never settle; these do, each of them.
import type { Clock, RunProgress, RunResult, RunSpec, StoredCheckpoint } from "@basin/runner";
import { proxy, wrap } from "comlink";
import { endpointOf, onDeath, wordsOf, type WorkerLike } from "./port.ts";
import type { Served, Sign } from "./serve.ts";
import { every } from "./timers.ts";

/** The worker is gone, or was sent away; the message says why in plain words. */
export class WorkerLost extends Error {
  override readonly name: string = "WorkerLost";
}

export interface RemoteOptions {
  /** Milliseconds without a sign of life after which a run's worker counts as hung. */
  readonly deadline: number;
  /** The same for a worker that is starting: it has its code to load. */
  readonly boot: number;
  /** Milliseconds between reports of progress, at least. */
  readonly every: number;
  /** Milliseconds between checkpoints, at least. */
  readonly keep: number;
  readonly clock: Clock | undefined;
}

/** What belongs to one run. */
export interface Listeners {
  readonly onProgress: ((progress: RunProgress) => void) | undefined;
  readonly onCheckpoint: ((checkpoint: StoredCheckpoint) => void) | undefined;
  readonly onHeld: ((soFar: RunResult) => void) | undefined;
}

export interface Remote {
  /** @throws WorkerLost (as a rejection), or what the service itself threw. */
  run(spec: RunSpec, from: StoredCheckpoint | undefined, listeners: Listeners): Promise<RunResult>;
  pause(): void;
  resume(): void;
  /** While paused: one step more of what runs. Settles when it has been taken and told, or can no longer be; never rejects. */
  step(): Promise<void>;
  /** Asks for the end of what is running. */
  cancel(reason: string): void;
  /** Ends the worker; whatever was asked of it is lost. */
  kill(reason: string): void;
  /** Whether it is gone. */
  readonly lost: boolean;
}

/** Looks at the worker this often within a deadline: a single late message is forgiven. */
const LOOKS = 4;

/** The worker, once it was started. */
export function openRemote(worker: WorkerLike, options: RemoteOptions): Remote {
  const api = wrap<Served>(endpointOf(worker));
  const pending = new Set<(error: WorkerLost) => void>();
  let lost: WorkerLost | undefined;
  let [ready, running, paused, steps] = [false, false, false, 0];
  let listeners: Listeners | undefined;
  let current = 0;

  function lose(reason: string): void {
    if (lost !== undefined) return;
    lost = new WorkerLost(reason);
    unwatch();
    try {
      // of a hung worker nothing can be asked; Node's promise of its end is of no interest
      worker.terminate();
    } catch {
      // a worker that cannot even be ended is as lost
    }
    for (const reject of pending) reject(lost);
    pending.clear();
  }

  /** The promise, or a rejection as soon as the worker is lost. */
  function settling<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (lost !== undefined) return reject(lost);
      pending.add(reject);
      promise.then(
        (value) => {
          pending.delete(reject);
          resolve(value);
        },
        (error: unknown) => {
          pending.delete(reject);
          reject(error instanceof Error ? error : new Error(wordsOf(error)));
        },
      );
    });
  }
  /** For calls whose answer nobody waits for. */
  const send = (promise: PromiseLike<unknown>): void => void settling(promise).catch(() => {});

  // Silence is counted in looks, not in time, so that a page or process that was itself asleep does not blame the worker.
  let quiet = 0;
  let looked = options.clock?.() ?? 0;
  const heard = (): void => {
    quiet = 0;
  };
  const patience = Math.min(options.deadline, options.boot);
  const period = Math.max(1, patience / LOOKS);
  const unwatch = every(period, () => {
    const now = options.clock?.() ?? 0;
    const asleep = now - looked > 2 * period;
    looked = now;
    // what is held owes no sign of life, but for the step that it was asked for
    const held = paused && steps === 0;
    if (asleep || held || (ready && !running)) return heard();
    const limit = ready ? options.deadline : options.boot;
    if (++quiet > limit / period) lose(`its worker gave no sign of life for ${limit / 1000} s`);
  });

  onDeath(worker, lose);
  const listening = settling(
    api.listen(
      proxy<Sign>((run, said) => {
        heard();
        if (run !== current || said === undefined) return;
        const { progress, checkpoint, held } = said;
        if (progress !== undefined) listeners?.onProgress?.(progress);
        if (checkpoint !== undefined) listeners?.onCheckpoint?.(checkpoint);
        if (held !== undefined) listeners?.onHeld?.(held);
      }),
    ) as PromiseLike<void>,
  ).then(() => {
    ready = true;
    heard();
  });
  listening.catch((error: unknown) => lose(`its worker could not be spoken to: ${wordsOf(error)}`));

  return {
    async run(spec, from, wanted) {
      running = true;
      heard();
      listeners = wanted;
      const control = {
        every: options.every,
        ...(wanted.onCheckpoint === undefined ? {} : { keep: options.keep }),
        ...(from === undefined ? {} : { from }),
        ...(paused ? { paused } : {}),
      };
      // a step that the run before left over is not this one's
      if (paused) send(api.pause() as PromiseLike<void>);
      try {
        return await settling(api.run(++current, spec, control) as PromiseLike<RunResult>);
      } finally {
        running = false;
        listeners = undefined;
      }
    },
    pause() {
      paused = true;
      send(api.pause() as PromiseLike<void>);
    },
    resume() {
      paused = false;
      heard();
      send(api.resume() as PromiseLike<void>);
    },
    async step() {
      steps++;
      heard();
      try {
        await settling(api.step() as PromiseLike<void>);
      } catch {
        // the run's own promise says that its worker is lost
      } finally {
        steps--;
      }
    },
    cancel(reason) {
      send(api.cancel(reason) as PromiseLike<void>);
    },
    kill: lose,
    get lost() {
      return lost !== undefined;
    },
  };
}
