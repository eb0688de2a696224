// The fingerprint of a run: 64 bits over all that must be the same wherever and however it is carried out.
import type { Ending, Tally, Trace } from "./result.ts";
import { Fnv64 } from "./fnv.ts";

/**
 * 16 hex digits over the trace (but for seconds and what is recorded for maps), the result, the ending and the tally.
 * Names are taken in sorted order; the words of the reason do not count.
 */
export function fingerprintOf(result: {
  readonly ending: Ending;
  readonly best: { readonly x: ArrayLike<number>; readonly loss: number };
  readonly start: { readonly x: ArrayLike<number>; readonly loss: number };
  readonly tally: Tally;
  readonly trace: Trace;
}): string {
  const { ending, best, start, tally, trace } = result;
  const hash = new Fnv64().text(ending);
  for (const { x, loss } of [best, start]) hash.numbers(x).number(loss);
  hash.numbers([tally.cost, tally.examples, tally.failures, tally.steps]);
  for (const [kind, count] of sorted(tally.queries)) hash.text(kind).number(count);
  for (const column of [trace.cost, trace.loss, trace.queries, trace.examples]) hash.numbers(column);
  for (const group of [trace.report, trace.metrics])
    for (const [name, column] of sorted(group)) hash.text(name).numbers(column);
  return hash.numbers(trace.hits.k).numbers(trace.hits.cost).number(trace.hits.above).digest();
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
