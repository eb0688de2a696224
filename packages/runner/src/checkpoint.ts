// A checkpoint: everything a run is at between two steps, as plain data. Store it, and the run goes on to the same bits.
import { UsageError, type Ask, type Vector } from "@basin/objective";
import { decode, encode, type Json, type Plain } from "@basin/optimizer";
import { pathOf } from "@basin/random";
import type { Ending } from "./result.ts";
import type { Run } from "./run.ts";

/** A stretch of the grid over which nothing changed. */
export interface Row {
  /** It reaches from where the row before ends to here: index into the grid, exclusive. */
  readonly to: number;
  /** What had been spent. */
  readonly cost: number;
  /** NaN before the first answer, and while a probe is under way. */
  readonly loss: number;
  readonly queries: number;
  readonly examples: number;
  readonly seconds: number;
  readonly report: Readonly<Record<string, number>> | undefined;
  readonly metrics: Readonly<Record<string, number>> | undefined;
  readonly point: Vector | undefined;
  /** Points asked since the grid point before. */
  readonly asked: readonly Vector[] | undefined;
}

/** What was recorded so far: what changes seldom is kept apart from what every step changes. */
export interface Log {
  readonly rows: readonly Row[];
  /** The next point of the grid to be recorded. */
  readonly grid: number;
  /** The first target that was met (by the first answer), and the cost at which it and each one below it were met. */
  readonly firstTarget: number;
  readonly hits: readonly number[];
  /** The next target, in terms of loss − run.above; NaN before the first answer, −Infinity after the last target. */
  readonly level: number;
  readonly startLoss: number;
  /** Of the first evaluation that failed. */
  readonly failure: string | undefined;
  /** Where f is noisy or seen by mini-batches: the last point looked at in full. */
  readonly probed: { readonly x: Vector; readonly loss: number } | undefined;
  /** Whether an answer was noisy, so that losses are those of `probed`. */
  readonly noisy: boolean;
}

export interface Over {
  readonly ending: Ending;
  readonly reason: string;
}

/**
 * What the next question is for. search: the search's own. start, row, end: a look at the full f at the start, at what
 * was recommended at a point of the grid, at what is recommended at the end; not charged, and no business of the search.
 */
export type Purpose = "search" | "start" | "row" | "end";

export interface Checkpoint {
  readonly state: unknown;
  /** Transitions of the search. */
  readonly steps: number;
  readonly cost: number;
  /** Answers by kind, and examples visited by kind, in the order of `run.kinds`. Shapes [k]. */
  readonly answered: readonly number[];
  readonly visited: readonly number[];
  readonly failures: number;
  /** Lowest point evaluated in full and without noise. */
  readonly bestX: Vector | undefined;
  readonly bestLoss: number;
  /** Points asked since the last point of the grid, where they are recorded. */
  readonly asked: readonly Vector[] | undefined;
  readonly log: Log;
  readonly purpose: Purpose;
  /** What is asked now; undefined when the run is over. */
  readonly next: Ask | undefined;
  /** What the search asks once a probe is answered. */
  readonly later: Ask | undefined;
  readonly over: Over | undefined;
}

/** A checkpoint as it is stored. */
export interface StoredCheckpoint {
  readonly format: 1;
  readonly optimizer: string;
  readonly stateVersion: number;
  readonly objective: string;
  readonly key: string;
  readonly budget: number;
  readonly checkpoint: Json;
}

/** A checkpoint as JSON-able data, with the name of the run that it belongs to. */
export function encodeCheckpoint(run: Run, checkpoint: Checkpoint): StoredCheckpoint {
  return { ...nameOf(run), checkpoint: encode(checkpoint as unknown as Plain) };
}

/**
 * The checkpoint, to the last bit.
 * @throws UsageError where it is another run's, or was stored by a version whose states can no longer be read.
 */
export function decodeCheckpoint(run: Run, stored: StoredCheckpoint): Checkpoint {
  for (const [field, value] of Object.entries(nameOf(run))) {
    const found = (stored as unknown as Readonly<Record<string, unknown>>)[field];
    if (found !== value)
      throw new UsageError(
        "decodeCheckpoint",
        `its ${field} is ${String(found)}, but that of the run is ${String(value)}`,
        "make the run that it was stored from, with the same options",
      );
  }
  return decode(stored.checkpoint) as unknown as Checkpoint;
}

function nameOf(run: Run): Omit<StoredCheckpoint, "checkpoint"> {
  return {
    format: 1,
    optimizer: run.optimizer.name,
    stateVersion: run.optimizer.stateVersion,
    objective: run.objective.name,
    key: pathOf(run.key),
    budget: run.budget,
  };
}
