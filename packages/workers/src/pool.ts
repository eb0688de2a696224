// A pool of workers: runs queue up, each worker takes one at a time, and whatever happens to a worker costs one run.
import {
  failedResult,
  type Clock,
  type RunProgress,
  type RunResult,
  type RunSpec,
  type Signal,
  type StoredCheckpoint,
} from "@basin/runner";
import { wordsOf, type WorkerLike } from "./port.ts";
import { WorkerLost, openRemote, type Remote } from "./remote.ts";
import { after } from "./timers.ts";

export interface PoolOptions {
  /** Starts a worker whose entry calls `serve`. Called when a worker is needed, so it must be able to start several. */
  readonly spawn: () => WorkerLike;
  /** How many workers at most. */
  readonly size: number;
  /** Milliseconds without a sign of life after which a worker counts as hung. Default 10,000: longer than one evaluation may take. */
  readonly deadline?: number;
  /** The same while it starts. Default 30,000. */
  readonly boot?: number;
  /** Milliseconds between reports of progress, at least. Default 50. */
  readonly every?: number;
  /** Milliseconds between checkpoints of runs that ask for them, at least. Default 60,000. */
  readonly keep?: number;
  /** Tells the pool that its own thread was asleep, so that it does not blame a worker. */
  readonly clock?: Clock;
}

export interface PoolRunOptions {
  readonly signal?: Signal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** A checkpoint of this run to go on from. */
  readonly from?: StoredCheckpoint;
  /** Called about as often as `keep` says, and when the run is cancelled; one that loses its worker goes on from the last. */
  readonly onCheckpoint?: (checkpoint: StoredCheckpoint) => void;
  /** Called with the result so far whenever this run waits because of a pause, and after each step. */
  readonly onHeld?: (soFar: RunResult) => void;
}

/** An executor for experiments. */
export interface Pool {
  readonly size: number;
  /**
   * Carries a run out. Always resolves: a run that lost its worker twice ends "failed", a run that was cancelled ends
   * "cancelled", each with a reason in plain words.
   */
  run(
    spec: RunSpec,
    options?: PoolRunOptions,
  ): Promise<{ readonly result: RunResult; readonly attempts: number }>;
  /** Holds everything, between two steps of each run. */
  pause(): void;
  resume(): void;
  /**
   * While paused: each run that is held takes one step more, one ask and one tell. Where fewer than `atLeast` are held, runs that
   * wait begin and take their first, on workers beyond `size` if need be (a held worker costs no time), which go again after
   * their run. Settles when all have taken it, told `onHeld`, ended or lost their worker.
   */
  step(atLeast?: number): Promise<void>;
  /** Ends all runs, waiting and running; later ones are not concerned. */
  cancel(reason?: string): void;
  /** Ends all runs and all workers. Later runs end "cancelled" at once. */
  close(): void;
}

interface Job {
  readonly spec: RunSpec;
  readonly onProgress: ((progress: RunProgress) => void) | undefined;
  readonly onCheckpoint: ((checkpoint: StoredCheckpoint) => void) | undefined;
  readonly onHeld: ((soFar: RunResult) => void) | undefined;
  /** Where its next attempt goes on from. */
  from: StoredCheckpoint | undefined;
  readonly resolve: (outcome: { readonly result: RunResult; readonly attempts: number }) => void;
  attempts: number;
  /** Why its attempts were lost. */
  readonly reasons: string[];
  cancelled: string | undefined;
}

interface Slot {
  remote: Remote | undefined;
  job: Job | undefined;
}

/** A run that is lost is tried this often. */
const ATTEMPTS = 2;
/** Milliseconds that a worker has to end a run it was asked to end; and to end one that is kept, which is worth a wait. */
const GRACE = 1000;
const GRACE_TO_KEEP = 10_000;

/** Starts no worker yet. Results do not depend on the size. */
export function createPool(options: PoolOptions): Pool {
  const { spawn, size } = options;
  if (!(Number.isInteger(size) && size >= 1))
    throw new RangeError(`createPool: the size is ${size}; give a whole number of workers, at least 1.`);
  const remoteOptions = {
    deadline: options.deadline ?? 10_000,
    boot: options.boot ?? 30_000,
    every: options.every ?? 50,
    keep: options.keep ?? 60_000,
    clock: options.clock,
  };
  const slots: Slot[] = Array.from({ length: size }, () => ({ remote: undefined, job: undefined }));
  const queue: Job[] = [];
  /** One listener a signal, however many runs it is for: Node warns of more than ten. */
  const bySignal = new Map<Signal, { readonly jobs: Set<Job>; readonly abort: () => void }>();
  let [paused, closed] = [false, false];

  function listen(job: Job, signal: Signal): void {
    let heard = bySignal.get(signal);
    if (heard === undefined) {
      const jobs = new Set<Job>();
      const abort = (): void => {
        for (const each of jobs) cancelJob(each, reasonOf(signal.reason));
      };
      bySignal.set(signal, (heard = { jobs, abort }));
      signal.addEventListener("abort", abort, { once: true });
    }
    heard.jobs.add(job);
  }

  function unlisten(job: Job, signal: Signal): void {
    const heard = bySignal.get(signal);
    if (heard === undefined || !heard.jobs.delete(job) || heard.jobs.size > 0) return;
    signal.removeEventListener("abort", heard.abort);
    bySignal.delete(signal);
  }

  function finish(job: Job, result: RunResult): void {
    job.resolve({ result, attempts: Math.max(1, job.attempts) });
  }

  /** A worker that is there already is better than one to be started. */
  function free(): Slot | undefined {
    return (
      slots.find((slot) => slot.job === undefined && slot.remote !== undefined) ??
      slots.find((slot) => slot.job === undefined)
    );
  }
  const busy = (): number => slots.filter(({ job }) => job !== undefined).length;

  function dispatch(): void {
    if (paused) return;
    trim();
    while (queue.length > 0 && busy() < size) begin(free()!);
  }

  /** Sends those away that a step had begun beyond the size. */
  function trim(): void {
    for (let i = slots.length - 1; i >= 0 && slots.length > size; i--)
      if (slots[i]!.job === undefined) slots.splice(i, 1)[0]!.remote?.kill("no longer needed");
  }

  function begin(slot: Slot): void {
    const job = queue.shift()!;
    slot.job = job;
    void attempt(slot, job);
  }

  async function attempt(slot: Slot, job: Job): Promise<void> {
    job.attempts++;
    // one that died while it was idle costs nobody a run
    if (slot.remote?.lost === true) slot.remote = undefined;
    try {
      if (slot.remote === undefined) {
        slot.remote = openRemote(spawn(), remoteOptions);
        if (paused) slot.remote.pause();
      }
      const result = await slot.remote.run(job.spec, job.from, job);
      slot.job = undefined;
      finish(job, result);
    } catch (error) {
      const reason = error instanceof WorkerLost ? error.message : `its worker threw: ${wordsOf(error)}`;
      slot.remote?.kill(reason);
      slot.remote = undefined;
      slot.job = undefined;
      job.reasons.push(reason);
      if (job.cancelled !== undefined) finish(job, cancelledResult(job.cancelled, job.spec));
      else if (job.attempts >= ATTEMPTS) finish(job, failedResult(inWords(job.reasons), job.spec));
      else {
        // next in line, and this slot is empty, so what it gets is a fresh worker
        queue.unshift(job);
        if (!paused) return void begin(slot);
      }
    }
    dispatch();
  }

  function cancelJob(job: Job, reason: string): void {
    if (job.cancelled !== undefined) return;
    job.cancelled = reason;
    const waiting = queue.indexOf(job);
    if (waiting >= 0) {
      queue.splice(waiting, 1);
      return finish(job, cancelledResult(reason, job.spec));
    }
    const slot = slots.find((one) => one.job === job);
    const remote = slot?.remote;
    if (remote === undefined) return;
    remote.cancel(reason);
    after(job.onCheckpoint === undefined ? GRACE : GRACE_TO_KEEP, () => {
      if (slot?.job === job) remote.kill(reason);
    });
  }

  return {
    size,
    run(spec, { signal, onProgress, from, onCheckpoint, onHeld } = {}) {
      return new Promise((resolve) => {
        const keep = (checkpoint: StoredCheckpoint): void => {
          job.from = checkpoint;
          onCheckpoint?.(checkpoint);
        };
        const job: Job = {
          spec,
          onProgress,
          from,
          onCheckpoint: onCheckpoint === undefined ? undefined : keep,
          onHeld,
          resolve: (outcome) => {
            if (signal !== undefined) unlisten(job, signal);
            resolve(outcome);
          },
          attempts: 0,
          reasons: [],
          cancelled: undefined,
        };
        if (closed) return finish(job, cancelledResult("the pool is closed", spec));
        if (signal?.aborted === true) return finish(job, cancelledResult(reasonOf(signal.reason), spec));
        if (signal !== undefined) listen(job, signal);
        queue.push(job);
        dispatch();
      });
    },
    pause() {
      if (paused) return;
      paused = true;
      for (const { remote } of slots) remote?.pause();
    },
    resume() {
      if (!paused) return;
      paused = false;
      for (const { remote } of slots) remote?.resume();
      dispatch();
    },
    async step(atLeast = 0) {
      if (!paused || closed) return;
      for (let held = busy(); held < atLeast && queue.length > 0; held++) {
        let slot = free();
        if (slot === undefined) slots.push((slot = { remote: undefined, job: undefined }));
        begin(slot);
      }
      await Promise.all(slots.map(({ job, remote }) => (job === undefined ? undefined : remote?.step())));
    },
    cancel(reason = "cancelled") {
      for (const job of [...queue, ...slots.flatMap(({ job: running }) => running ?? [])])
        cancelJob(job, reason);
    },
    close() {
      closed = true;
      for (const job of queue.splice(0)) finish(job, cancelledResult("the pool was closed", job.spec));
      for (const { job, remote } of slots) {
        if (job !== undefined) job.cancelled ??= "the pool was closed";
        remote?.kill("the pool was closed");
      }
    },
  };
}

/** "its worker exited with code 1, twice" or both reasons. */
function inWords(reasons: readonly string[]): string {
  const [first, second] = reasons;
  return first === second ? `${first}, twice` : `first ${first}; then ${second}`;
}

function cancelledResult(reason: string, spec: RunSpec): RunResult {
  return { ...failedResult(reason, spec), ending: "cancelled", diverged: false };
}

function reasonOf(reason: unknown): string {
  const words = reason instanceof Error ? reason.message : typeof reason === "string" ? reason : "";
  return words === "" ? "cancelled" : words;
}
