// Which examples of a data set a mini-batch is: a function of the run's key and of what the ask says, of nothing else.
//
// The runner hands `evaluate` one stream of random numbers. For an ask with `examples` it is
//   draw "random":   streams.rng("examples", id)    → `size` of the N examples, without replacement;
//   draw "sequence": streams.rng("epoch", epoch)    → a permutation of the N examples for the whole epoch, of which the
//                    batch is entries index·size … index·size + size − 1 (the last batch of an epoch may be smaller).
// So whoever asks about the same id, or the same epoch and index, sees the same examples, in a line search too, and after
// a resume. The streams are those that a replicate's optimizers share: all of them see the same order of the data.
import type { Rng } from "@basin/random";
import type { Minibatch } from "./query.ts";
import { UsageError } from "./errors.ts";

/**
 * A mini-batch among `count` examples with its index brought into the epoch: batches are numbered on without end, and
 * an index beyond the last batch of an epoch is one of the epochs that follow. So an optimizer need not know how many
 * examples there are. Undefined where the batch holds every example: that is the full f.
 * @throws UsageError where the size, id, epoch or index is no whole number in range.
 */
export function resolveExamples(examples: Minibatch | undefined, count: number): Minibatch | undefined {
  if (examples === undefined) return undefined;
  whole(examples.size, 1, "size");
  if (examples.draw === "random") {
    whole(examples.id, 0, "id");
    return examples.size >= count ? undefined : examples;
  }
  whole(examples.epoch, 0, "epoch");
  whole(examples.index, 0, "index");
  const { size, epoch, index } = examples;
  if (size >= count) return undefined;
  const batches = Math.ceil(count / size);
  if (index < batches) return examples;
  return { size, draw: "sequence", epoch: epoch + Math.floor(index / batches), index: index % batches };
}

/** How many of `count` examples a mini-batch visits, once resolved: its size, but for the last batch of an epoch. */
export function examplesVisited(examples: Minibatch | undefined, count: number): number {
  if (examples === undefined) return count;
  return examples.draw === "random"
    ? Math.min(examples.size, count)
    : Math.max(0, Math.min(examples.size, count - examples.index * examples.size));
}

/** Remembers the last epoch's permutation: a permutation of N for each batch would cost more than the batch. */
export interface ExampleCache {
  epoch: number;
  /** The first 64 bits of the epoch's stream tell whether it is the same stream: another run has another order. */
  first: number;
  second: number;
  order: Int32Array;
}

/** An empty cache: one for each objective with data. It changes how long `exampleIndices` takes, never what it gives. */
export function exampleCache(): ExampleCache {
  return { epoch: -1, first: 0, second: 0, order: new Int32Array(0) };
}

/**
 * The examples of a mini-batch, as indices 0 … count − 1, shape [m]; `rng` is the stream that the runner handed to
 * `evaluate`, untouched. The result may be a view into the cache: read it, and do not keep it.
 * An objective with data calls this once an ask, with a cache of its own, and visits exactly these.
 */
export function exampleIndices(
  examples: Minibatch,
  count: number,
  rng: Rng,
  cache: ExampleCache = exampleCache(),
): Int32Array {
  const m = examplesVisited(examples, count);
  if (examples.draw === "random") return rng.sample(count, m);
  const first = rng.bits();
  const second = rng.bits();
  if (
    cache.epoch !== examples.epoch ||
    cache.first !== first ||
    cache.second !== second ||
    cache.order.length !== count
  ) {
    cache.order = rng.permutation(count);
    cache.epoch = examples.epoch;
    cache.first = first;
    cache.second = second;
  }
  const from = examples.index * examples.size;
  return cache.order.subarray(from, from + m);
}

function whole(value: number, least: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(
      "mini-batch",
      `its ${name} is ${value}`,
      `let the optimizer ask with a whole number ≥ ${least}`,
    );
}
