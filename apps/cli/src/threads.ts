// The threads that carry runs out, and what is to be known about the machine they are on.
import { availableParallelism, cpus } from "node:os";
import { Worker } from "node:worker_threads";
import { UsageError } from "@basin/objective";
import { createPool, THREAD_OPTIONS, type Pool } from "@basin/workers";

/** Milliseconds without a sign of life after which a thread counts as hung: no evaluation of the catalog takes so long. */
const DEADLINE = 60_000;

/** As many threads as `--workers` says, and no more than there are runs. */
export function threadsFor(runs: number, workers: number): Pool {
  return createPool({
    spawn: () => new Worker(new URL("worker.js", import.meta.url), THREAD_OPTIONS),
    size: Math.min(workers, Math.max(1, runs)),
    deadline: DEADLINE,
    boot: DEADLINE,
    clock: () => performance.now(),
  });
}

/** What `--workers` says. */
export function workersOf(text: string): number {
  if (text === "auto") return availableParallelism();
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 1024)
    throw new UsageError("--workers", `it is "${text}"`, "give a whole number from 1 to 1024, or auto");
  return value;
}

/** For environment.json: nothing of it decides a number. */
export function environment(workers: number): Record<string, unknown> {
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
