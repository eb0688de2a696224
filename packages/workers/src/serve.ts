// The inside of a worker: offers a service to the pool outside, and shows that it is alive.
import type { Control, RunProgress, RunResult, RunSpec, Service, StoredCheckpoint } from "@basin/runner";
import { expose } from "comlink";
import { endpointOf, type NodePort, type WebPort } from "./port.ts";
import { every } from "./timers.ts";

/** What comlink carries: the service, but with one listener for all runs, so that a run costs no channel of its own. */
export interface Served {
  /**
   * `sign` is called with every report of progress or checkpoint and the number of its run, and without them as a sign of
   * life. It has a channel of its own, so that what it says may come after the run's result.
   */
  listen(sign: (run?: number, progress?: RunProgress, checkpoint?: StoredCheckpoint) => unknown): void;
  run(run: number, spec: RunSpec, control: Control): Promise<RunResult>;
  pause(): void;
  resume(): void;
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
  let sign: Parameters<Served["listen"]>[0] | undefined;
  const served: Served = {
    listen(callback) {
      sign = callback;
    },
    async run(run, spec, control) {
      const stop = every(BEAT, () => sign?.());
      try {
        return await service.run(
          spec,
          control,
          (progress) => sign?.(run, progress),
          (checkpoint) => sign?.(run, undefined, checkpoint),
        );
      } finally {
        stop();
      }
    },
    pause: () => service.pause(),
    resume: () => service.resume(),
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
