// An executor in this thread: one run after the other, with a pause for other tasks every few milliseconds.
import { createService, type Catalog, type Clock } from "@basin/runner";
import type { Executor } from "./spec.ts";

/**
 * Carries runs out in this thread, in the order they are given. The clock goes into seconds, progress and checkpoints only;
 * those that want checkpoints get them every `keep` milliseconds, by default every minute.
 */
export function inProcess(catalog: Catalog, clock: Clock, keep = 60_000): Executor {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(spec, { signal, onProgress, from, onCheckpoint } = {}) {
      const mine = last.then(async () => {
        // a service each, so that a signal cancels its own run and no other
        const service = createService({ catalog, clock });
        const cancel = (): void => service.cancel(reasonOf(signal?.reason));
        // a run that is cancelled before it begins must not take a step
        const late = signal?.aborted === true;
        const control = {
          paused: late,
          ...(from === undefined ? {} : { from }),
          ...(onCheckpoint === undefined ? {} : { keep }),
        };
        const running = service.run(spec, control, onProgress, onCheckpoint);
        if (late) cancel();
        signal?.addEventListener("abort", cancel, { once: true });
        const result = await running;
        signal?.removeEventListener("abort", cancel);
        return { result, attempts: 1 };
      });
      last = mine;
      return mine;
    },
  };
}

function reasonOf(reason: unknown): string {
  const words = reason instanceof Error ? reason.message : typeof reason === "string" ? reason : "";
  return words === "" ? "cancelled" : words;
}
