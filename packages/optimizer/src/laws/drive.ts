// Drives a search as a runner would, with a watch on it: what the laws have in common.
import { demand, type Ask, type Domain, type Objective, type Outcome, type Vector } from "@basin/objective";
import { foldIn, openStreams, rootKey, type Rng, type Streams } from "@basin/random";
import { isStop, type AnyOptimizer, type Search } from "../optimizer.ts";
import { faultOfPoint, type Place } from "./fixtures.ts";

export type AnySearch = Search<unknown>;

/** One transition: what was asked, what was told, what came of it. */
export interface Moment {
  readonly t: number;
  readonly state: unknown;
  readonly ask: Ask;
  readonly outcomes: readonly Outcome[];
  readonly next: unknown;
}

export interface Drive {
  readonly search: AnySearch;
  readonly objective: Objective;
  readonly place: Place;
  readonly streams: Streams;
  /** Ends after this many transitions … */
  readonly transitions?: number;
  /** … or before the ask that would exceed this many queries. */
  readonly queries?: number;
  /** Changes the answers on their way: failures, parts. */
  readonly distort?: (outcomes: readonly Outcome[], t: number, ask: Ask) => readonly Outcome[];
  readonly watch?: (moment: Moment) => void;
}

export interface Driven {
  readonly states: readonly unknown[];
  /** Lowest value told, and the value at the start (first answer); +Infinity where they failed. */
  readonly best: number;
  readonly first: number;
  readonly stop: string | undefined;
}

export function streamsOf(optimizer: AnyOptimizer, name = ""): Streams {
  return openStreams(foldIn(rootKey("optimizer laws"), optimizer.name, name));
}

/**
 * Runs the search and checks at every state what must hold at every state: asks are well-formed and in bounds, the
 * recommended point is a point of the domain, metrics are finite numbers, a stop says why.
 */
export function drive(options: Drive): Driven {
  const { search, objective, place, streams, transitions = 40, queries = 4000 } = options;
  let state = search.init(place.start, streams.rng("init"));
  const states = [state];
  let [best, first, asked] = [Infinity, Infinity, 0];
  for (let t = 0; ; t++) {
    const at = `in ${place.name}, on ${objective.name}, after ${t} transitions`;
    checkPoint(search.recommend(state), place.domain, `${at}, the recommended point`);
    checkMetrics(search, state, at);
    const ask = search.ask(state);
    if (isStop(ask)) {
      demand(
        typeof ask.stop === "string" && ask.stop.trim() !== "",
        `${at}, it stops without saying why: ${JSON.stringify(ask.stop)}`,
      );
      return { states, best, first, stop: ask.stop };
    }
    checkAsk(ask, place.domain, at);
    asked += ask.queries.length;
    if (t >= transitions || asked > queries) return { states, best, first, stop: undefined };
    const answered = objective.evaluate(ask, streams.rng("evaluate", t)) as readonly Outcome[];
    const outcomes = options.distort?.(answered, t, ask) ?? answered;
    for (const outcome of outcomes) {
      const value = outcome.failed === undefined ? outcome.value : Infinity;
      if (t === 0 && outcome === outcomes[0]) first = value;
      best = Math.min(best, value);
    }
    const next = search.tell(state, outcomes, streams.rng("tell", t));
    options.watch?.({ t, state, ask, outcomes, next });
    state = next;
    states.push(state);
  }
}

export function checkPoint(x: Vector, domain: Domain, what: string): void {
  const fault = faultOfPoint(x, domain);
  demand(fault === undefined, () => `${what} ${fault!}`);
}

function checkMetrics(search: AnySearch, state: unknown, at: string): void {
  for (const [name, value] of Object.entries(search.metrics?.(state) ?? {}))
    demand(Number.isFinite(value), () => `${at}, the metric ${name} is ${String(value)}`);
}

const whole = (value: unknown, least: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least;

function checkAsk(ask: Ask, domain: Domain, at: string): void {
  demand(
    Array.isArray(ask.queries) && ask.queries.length > 0,
    () => `${at}, it asks nothing and does not stop`,
  );
  for (const [i, query] of ask.queries.entries())
    checkPoint(query.x, domain, `${at}, the point of query ${i}`);
  const { examples } = ask;
  if (examples === undefined) return;
  demand(whole(examples.size, 1), () => `${at}, it asks about a mini-batch of size ${examples.size}`);
  const named =
    examples.draw === "random" ? whole(examples.id, 0) : whole(examples.epoch, 0) && whole(examples.index, 0);
  demand(named, () => `${at}, it asks about the mini-batch ${JSON.stringify(examples)}`);
}

/** An rng that can be taken back: whoever draws from it after `revoke` breaks a law. */
export function revocable(rng: Rng): { readonly rng: Rng; readonly revoke: () => void } {
  let open = true;
  const guard = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      demand(open, "it draws from an rng after the call for which it was given");
      return call(...args);
    };
  };
  return {
    rng: {
      bits: guard(() => rng.bits()),
      uniform: guard(() => rng.uniform()),
      normal: guard(() => rng.normal()),
      integer: guard((n) => rng.integer(n)),
      fillUniform: guard((out, lower, upper) => rng.fillUniform(out, lower, upper)),
      fillNormal: guard((out, mean, deviation) => rng.fillNormal(out, mean, deviation)),
      permutation: guard((n) => rng.permutation(n)),
      choice: guard((items) => rng.choice(items)) as Rng["choice"],
      sample: guard((n, k) => rng.sample(n, k)),
      fork: guard((name) => rng.fork(name)),
    },
    revoke: () => {
      open = false;
    },
  };
}
