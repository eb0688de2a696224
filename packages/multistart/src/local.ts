// What combinators of a local search share: the best point told, and when a search is not worth its end.
import { isEvaluation, lossOf, z, type Outcome, type Query, type Vector } from "@basin/objective";
import type { AnyOptimizer } from "@basin/optimizer";

export type Incumbent = { readonly x: Vector; readonly value: number };

/** A local search is looked at after so many gradients, or after the values that would tell as much. */
const STRETCH = 5;

/** After how many queries a local search is looked at. */
export function stretchOf(inner: AnyOptimizer, n: number): number {
  return STRETCH * (inner.needs.every((kind) => kind === "value") ? n + 1 : 1);
}

export const patienceSetting = z
  .number()
  .min(0)
  .max(1e6)
  .default(10)
  .meta({
    label: "Patience",
    help: "A local search is given up when as many times its latest fall would not bring it to the best value known; 0 for never.",
    range: [0, 100],
  });

/** Whether a search is on its way to a minimum that is worse: its latest fall, so many times over, would not reach the best known. */
export function isHopeless(patience: number, before: number, value: number, best: number): boolean {
  return patience > 0 && patience * (before - value) < value - best;
}

/** The best point among these answers, or the one known. */
export function better(known: Incumbent, queries: readonly Query[], outcomes: readonly Outcome[]): Incumbent {
  let found = known;
  for (let i = 0; i < outcomes.length; i++) {
    const outcome = outcomes[i]!;
    if (isEvaluation(outcome) && lossOf(outcome) < found.value)
      found = { x: queries[i]!.x, value: lossOf(outcome) };
  }
  return found;
}
