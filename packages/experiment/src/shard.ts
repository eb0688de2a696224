// A part of an experiment: every n-th run, so that n machines share the work and each has runs of every problem and optimizer.
import { UsageError } from "@basin/objective";
import type { PlannedRun } from "./spec.ts";

/** The part number `index` of 1 … `of`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * "2/5": the second of five.
 * @throws UsageError for anything else.
 */
export function parseShard(text: string): Shard {
  const [, index, of] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new UsageError("shard", `it is "${text}"`, "write it as i/n with 1 ≤ i ≤ n, for example 2/5");
  return { index, of };
}

/** Whether a run is of the part. Each run is of exactly one of n parts. */
export function inShard({ index: run }: PlannedRun, { index, of }: Shard): boolean {
  return run % of === index - 1;
}
