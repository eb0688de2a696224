// The best point a search has been told of.
import { lossOf, type Outcome, type Vector } from "@basin/objective";

export type Incumbent = { readonly x: Vector; readonly value: number };

/** The better of what was known and the best of these answers; `points` holds the points asked about, shape [any × n]. */
export function better(known: Incumbent, outcomes: readonly Outcome<"value">[], points: Vector): Incumbent {
  const n = known.x.length;
  let [best, value] = [-1, known.value];
  for (let i = 0; i < outcomes.length; i++) {
    const loss = lossOf(outcomes[i]!);
    if (loss < value) [best, value] = [i, loss];
  }
  return best < 0 ? known : { x: points.slice(best * n, (best + 1) * n), value };
}
