// Lets the objective answer what a checkpoint asks, with the randomness that belongs to it.
import { threw, type Ask, type Outcome } from "@basin/objective";
import type { Checkpoint } from "./checkpoint.ts";
import { LazyRng } from "./lazy-rng.ts";
import type { Run } from "./run.ts";

/**
 * The answers to what the checkpoint asks, synchronous where the objective is. An exception, or a promise refused,
 * becomes a failure of every query of the batch.
 */
export function answer(run: Run, checkpoint: Checkpoint): readonly Outcome[] | Promise<readonly Outcome[]> {
  const ask = checkpoint.next;
  if (ask === undefined) return [];
  try {
    const outcomes = run.objective.evaluate(ask, rngFor(run, checkpoint, ask));
    if (Array.isArray(outcomes)) return outcomes as readonly Outcome[];
    return Promise.resolve(outcomes).catch((error: unknown) => allThrew(ask, error));
  } catch (error) {
    return allThrew(ask, error);
  }
}

function allThrew(ask: Ask, error: unknown): readonly Outcome[] {
  return ask.queries.map(() => threw(error));
}

function rngFor(run: Run, { purpose, steps, log }: Checkpoint, { examples }: Ask): LazyRng {
  if (purpose !== "search")
    return new LazyRng(run.streams, "probe", log.rows.length + (purpose === "end" ? 1 : 0));
  if (examples === undefined) return new LazyRng(run.streams, "evaluate", steps);
  return examples.draw === "random"
    ? new LazyRng(run.shared(), "examples", examples.id)
    : new LazyRng(run.shared(), "epoch", examples.epoch);
}
