// The inside of a worker: offers a service to the pool outside, and shows that it is alive.
import type { Control, RunProgress, RunResult, RunSpec, Service, StoredCheckpoint } from "@basin/runner";
import { expose } from "comlink";
import { endpointOf, type NodePort, type WebPort } from "./port.ts";
import { after, every } from "./timers.ts";

/** What is said of a run while it goes; without any of it, a sign of life. */
export type Sign = (
  run?: number,
  said?: {
    readonly progress?: RunProgress;
    readonly checkpoint?: StoredCheckpoint;
    /** The result so far, while it waits. */
    readonly held?: RunResult;
  },
) => unknown;

/** What comlink carries: the service, but with one listener for all runs, so that a run costs no channel of its own. */
export interface Served {
  /** The listener has a channel of its own, so that what it is told may come after the run's result. */
  listen(sign: Sign): void;
  run(run: number, spec: RunSpec, control: Control): Promise<RunResult>;
  pause(): void;
  resume(): void;
  /** While paused: one step more. Settles when the run has taken it and its listener has heard; at once where nothing runs. */
  step(): Promise<void>;
  cancel(reason: string): void;
}

/** Milliseconds between signs of life of a run that waits for its objective. */
const BEAT = 250;

/**
 * Serves runs to a pool. Call it once, in the worker's entry: `serve(createService({ catalog, clock }))` in a Web Worker,
 * `serve(createService({ … }), parentPort)` in a worker of node:worker_threads.
 * @throws TypeError where there is no pool on the other side: outside a worker, or in Node without `parentPort`.
 */
export function serve(service: Service, port: WebPort | NodePort | null = globalPort()): void {
  if (port === null)
    throw new TypeError(
      "serve: nobody is on the other side of this thread; call it in a Web Worker, or pass parentPort of node:worker_threads.",
    );
  let sign: Sign | undefined;
  let running = false;
  const stepping: (() => void)[] = [];
  const stepped = (): void => {
    for (const settle of stepping.splice(0)) settle();
  };
  const served: Served = {
    listen(callback) {
      sign = callback;
    },
    async run(run, spec, control) {
      const stop = every(BEAT, () => sign?.());
      let kept: unknown;
      running = true;
      try {
        const result = await service.run(
          spec,
          control,
          (progress) => sign?.(run, { progress }),
          (checkpoint) => {
            kept = sign?.(run, { checkpoint });
          },
          (held) => {
            const settled = stepping.splice(0);
            // the other channel may be slower: whoever waits for the step is answered when it has been heard of
            void Promise.resolve(sign?.(run, { held })).then(() => settled.forEach((settle) => settle()));
          },
        );
        // the last checkpoint of a run that was cancelled must be heard before its result ends the listening
        if (result.ending === "cancelled") await kept;
        return result;
      } finally {
        running = false;
        stop();
        // in a later task, so that the result goes first
        after(0, stepped);
      }
    },
    pause: () => service.pause(),
    resume() {
      service.resume();
      stepped();
    },
    step: () =>
      new Promise((resolve) => {
        if (!running) return resolve();
        stepping.push(resolve);
        service.step();
      }),
    cancel: (reason) => service.cancel(reason),
  };
  expose(served, endpointOf(port));
}

/** The global scope of a Web Worker, which is its port. */
function globalPort(): WebPort | null {
  const scope = globalThis as unknown as Partial<WebPort> & { readonly document?: unknown };
  const isWorker =
    typeof scope.postMessage === "function" &&
    typeof scope.addEventListener === "function" &&
    scope.document === undefined;
  return isWorker ? (scope as WebPort) : null;
}
