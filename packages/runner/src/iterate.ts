// A loop one owns: a run as an iterable, one step at a time.
import { UsageError, type Outcome, type Vector } from "@basin/objective";
import { answer } from "./answer.ts";
import { encodeCheckpoint, type Checkpoint, type StoredCheckpoint } from "./checkpoint.ts";
import { bestOf, resultOf, tallyOf } from "./finish.ts";
import type { Elapsed } from "./record.ts";
import type { RunResult, Tally } from "./result.ts";
import { createRun, type Run, type RunOptions } from "./run.ts";
import { stopwatch } from "./run-to-end.ts";
import { begin, step } from "./step.ts";

/** A run after one of its steps; what is read is computed when read. */
export class Now {
  readonly run: Run;
  readonly checkpoint: Checkpoint;
  private readonly elapsed: Elapsed;

  constructor(run: Run, checkpoint: Checkpoint, elapsed: Elapsed) {
    this.run = run;
    this.checkpoint = checkpoint;
    this.elapsed = elapsed;
  }
  /** Transitions of the search so far. */
  get steps(): number {
    return this.checkpoint.steps;
  }
  /** In units of one full f(x). */
  get cost(): number {
    return this.checkpoint.cost;
  }
  get tally(): Tally {
    return tallyOf(this.run, this.checkpoint);
  }
  /** The best point so far: evaluated, or, where f is noisy, recommended and looked at. */
  get best(): { readonly x: Vector; readonly loss: number } {
    return bestOf(this.run, this.checkpoint);
  }
  get loss(): number {
    return this.best.loss;
  }
  /** The point that the search recommends now. */
  get recommended(): Vector {
    return this.run.search.recommend(this.checkpoint.state);
  }
  /** The search's own metrics, if it has any. */
  get metrics(): Readonly<Record<string, number>> {
    return this.run.search.metrics?.(this.checkpoint.state) ?? {};
  }
  /** JSON-able: store it, and `iterate({ …, from })` goes on from here to the same bits. */
  store(): StoredCheckpoint {
    return encodeCheckpoint(this.run, this.checkpoint);
  }
  /** The result if the run were to end here. */
  result(): RunResult {
    return resultOf(this.run, this.checkpoint, this.elapsed);
  }
}

export interface IterateOptions extends RunOptions {
  /** Where to go on from. Default: the beginning. */
  readonly from?: Checkpoint;
}

/** `for await` works for any objective; a plain `for` for one that answers at once, without a promise a step. */
export interface Steps extends AsyncIterable<Now>, Iterable<Now> {
  readonly run: Run;
}

/**
 * The steps of a run: break off, store, look, change your mind.
 * @throws UsageError as createRun does; and a plain `for` over an objective that answers by promises.
 */
export function iterate(options: IterateOptions): Steps {
  const run = createRun(options);
  const { from } = options;
  return {
    run,
    *[Symbol.iterator]() {
      const elapsed = stopwatch(run.clock, from);
      let checkpoint = from ?? begin(run);
      let seen = checkpoint.steps;
      while (checkpoint.next !== undefined) {
        const outcomes = answer(run, checkpoint);
        if (!Array.isArray(outcomes))
          throw new UsageError("iterate", `${run.objective.name} answers by promises`, "use for await");
        checkpoint = step(run, checkpoint, outcomes as readonly Outcome[], elapsed);
        if (isNext(checkpoint, seen)) yield new Now(run, checkpoint, elapsed);
        if (checkpoint.purpose === "search") seen = checkpoint.steps;
      }
    },
    async *[Symbol.asyncIterator]() {
      const elapsed = stopwatch(run.clock, from);
      let checkpoint = from ?? begin(run);
      let seen = checkpoint.steps;
      while (checkpoint.next !== undefined) {
        checkpoint = step(run, checkpoint, await answer(run, checkpoint), elapsed);
        if (isNext(checkpoint, seen)) yield new Now(run, checkpoint, elapsed);
        if (checkpoint.purpose === "search") seen = checkpoint.steps;
      }
    },
  };
}

/** Whether the search has made a step and all that had to be looked at has been. */
function isNext({ purpose, steps }: Checkpoint, seen: number): boolean {
  return purpose === "search" && steps > seen;
}
