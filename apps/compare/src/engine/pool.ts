// The page's workers.
import { createPool } from "@basin/workers";
import type { Engine } from "../state/session.ts";

/** Milliseconds a worker may be silent before it counts as hung. It reports several times a second while it computes. */
const deadline = 5000;

export function startPool(size: number): Engine {
  return createPool({
    spawn: () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "run" }),
    size,
    deadline,
    clock: () => performance.now(),
  });
}
