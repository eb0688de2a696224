// What a search asks about on a function: for tests of what its theory promises, such as the same points on f and 4 · f.
import { parseSettings, type Domain, type Outcome, type Vector } from "@basin/objective";
import { openStreams, rootKey } from "@basin/random";
import { isStop, type AnyOptimizer, type Search } from "../optimizer.ts";

/**
 * All points that it asks about, shapes [n], until `budget` is spent, a value is at most `target`, or it stops; and the reason that it gave. It may
 * ask values only.
 * @throws UsageError where the settings are not its own.
 */
export function pointsAsked(
  optimizer: AnyOptimizer,
  f: (x: Vector) => number,
  domain: Domain,
  start: Vector,
  budget: number,
  { settings = {}, seed = 1, target = -Infinity }: { settings?: object; seed?: number; target?: number } = {},
): { readonly points: Vector[]; readonly stop: string | undefined } {
  const search = optimizer.create(
    parseSettings(optimizer.hyperparameters, settings, "test"),
    domain,
    budget,
  ) as Search<unknown, "value">;
  const streams = openStreams(rootKey(seed));
  let state = search.init(start, streams.rng("init"));
  const points: Vector[] = [];
  for (let t = 0; ; t++) {
    const ask = search.ask(state);
    if (isStop(ask)) return { points, stop: ask.stop };
    // a last batch is answered in part
    const outcomes: Outcome<"value">[] = [];
    for (const { x } of ask.queries) {
      if (points.length === budget) return { points, stop: undefined };
      points.push(x);
      const value = f(x);
      if (value <= target) return { points, stop: undefined };
      outcomes.push({ kind: "value", x, value });
    }
    state = search.tell(state, outcomes, streams.rng("tell", t));
  }
}
