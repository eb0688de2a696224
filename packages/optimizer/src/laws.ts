// The laws of the contract between a search and whoever runs it, as data: each is one statement with a check.
import {
  LawBroken,
  UsageError,
  demand,
  firstDifference,
  kindNames,
  parseSettings,
  type Domain,
  type Encoding,
  type Failure,
  type Law,
  type Objective,
  type SettingsInput,
  type SettingsSchema,
} from "@basin/objective";
import { checkSettings } from "@basin/objective/laws";
import { decode, encode, type Json } from "./codec.ts";
import { structuredClone } from "./laws/clone.ts";
import { drive, revocable, streamsOf, type AnySearch, type Drive, type Driven } from "./laws/drive.ts";
import { constant, places, sphere, steep, type Place } from "./laws/fixtures.ts";
import { isStop, type AnyOptimizer, type Optimizer } from "./optimizer.ts";
import type { Plain } from "./plain.ts";

export type { Law } from "@basin/objective";
export { pointsAsked } from "./laws/points-asked.ts";

/** A law that does not hold for an optimizer, and why that is no mistake. */
export interface LawException {
  readonly law: OptimizerLawName;
  readonly reason: string;
}

export interface OptimizerLawOptions<H extends SettingsSchema = SettingsSchema> {
  /** Default: the defaults. */
  readonly hyperparameters?: SettingsInput<H>;
  /** Checked to be exceptions still: where the law holds after all, the exception is reported as out of date. */
  readonly exceptions?: readonly LawException[];
  /** What to search instead of a sphere; needed where the optimizer asks kinds beyond the built-in three. */
  readonly objective?: (domain: Domain) => Objective;
}

/** What a law is checked on: an optimizer with its hyperparameters, searching one encoding. */
interface Subject {
  readonly optimizer: AnyOptimizer;
  readonly hyperparameters: unknown;
  readonly encoding: Encoding;
  /** 3, or the nearest dimension that it searches. */
  readonly dimension: number;
  readonly objective: (domain: Domain) => Objective;
  /** Whether it asks the built-in kinds only, so that objectives known in closed form can answer. */
  readonly builtIn: boolean;
}

/** The budget that a search is made for where that matters not. */
const HORIZON = 500;

const create = (subject: Subject, domain: Domain, horizon: number = HORIZON): AnySearch =>
  subject.optimizer.create(subject.hyperparameters, domain, horizon) as AnySearch;

const usual = (subject: Subject): readonly [Place, ...Place[]] => places(subject.encoding, subject.dimension);

/** Drives a fresh search (or the one given) in a place, on the usual objective (or the one given). */
function run(subject: Subject, place: Place, options: Partial<Drive> = {}): Driven {
  return drive({
    search: create(subject, place.domain),
    objective: subject.objective(place.domain),
    place,
    streams: streamsOf(subject.optimizer),
    ...options,
  });
}

function same(a: unknown, b: unknown, what: string): void {
  const found = firstDifference(a, b);
  demand(found === undefined, () => `${what} differs: ${found!}`);
}

/** The search with `around` about each of its calls: it gets the call and its arguments (without an rng). */
function wrapped(
  search: AnySearch,
  around: <R>(name: string, args: readonly unknown[], call: () => R) => R,
): AnySearch {
  return {
    init: (start, rng) => around("init", [start], () => search.init(start, rng)),
    ask: (state) => around("ask", [state], () => search.ask(state)),
    tell: (state, outcomes, rng) =>
      around("tell", [state, outcomes], () => search.tell(state, outcomes, rng)),
    recommend: (state) => around("recommend", [state], () => search.recommend(state)),
    metrics: (state) => around("metrics", [state], () => search.metrics?.(state) ?? {}),
  };
}

/** Lets answers fail: those that `fails` gives a failure for, by their number in the run. */
function failing(fails: (answer: number) => Failure | undefined): NonNullable<Drive["distort"]> {
  let answer = 0;
  return (outcomes) => outcomes.map((outcome) => fails(answer++) ?? outcome);
}

const failures: readonly Failure[] = [
  { failed: "not-finite", message: "value is NaN" },
  { failed: "not-finite", message: "value is Infinity" },
  { failed: "not-finite", message: "value is -Infinity" },
  { failed: "threw", message: "out of memory" },
];

const table = {
  "has hyperparameters that are JSON, described, with defaults that parse"({ optimizer, hyperparameters }) {
    checkSettings(optimizer.hyperparameters as SettingsSchema, hyperparameters, optimizer.name);
  },

  "asks first about the start"(subject) {
    for (const place of usual(subject)) {
      const search = create(subject, place.domain);
      const ask = search.ask(search.init(place.start, streamsOf(subject.optimizer).rng("init")));
      demand(!isStop(ask), () => `in ${place.name}, it stops before its first question`);
      same(ask.queries[0]?.x, place.start, `in ${place.name}, the first point`);
    }
  },

  // `drive` checks this at every state of every run; here it is tried in every place.
  "asks about points of the domain and recommends one; metrics are finite, a stop says why"(subject) {
    for (const place of usual(subject)) run(subject, place, { transitions: 60 });
  },

  "asks only the kinds that it declares"(subject) {
    const needs: readonly string[] = subject.optimizer.needs;
    for (const place of usual(subject))
      run(subject, place, {
        watch: ({ ask }) => {
          for (const { kind } of ask.queries)
            demand(needs.includes(kind), `it asks ${kind}, but declares ${needs.join(", ")}`);
        },
      });
  },

  "never writes to its arguments, nor later to what it handed out"(subject) {
    for (const place of usual(subject)) {
      const given = structuredClone({ domain: place.domain, hyperparameters: subject.hyperparameters });
      const handedOut: { readonly now: unknown; readonly copy: unknown; readonly what: string }[] = [];
      const search = create(subject, place.domain);
      run(subject, place, {
        search: wrapped(search, (name, args, call) => {
          const before = structuredClone(args);
          const result = call();
          same(before, args, `in ${place.name}, what ${name} was given, before and after,`);
          return result;
        }),
        watch: ({ t, state, ask }) => {
          const recommended = search.recommend(state);
          handedOut.push({
            now: { state, ask, recommended },
            copy: structuredClone({ state, ask, recommended }),
            what: `in ${place.name}, what it handed out at transition ${t}, then and at the end,`,
          });
        },
      });
      for (const { now, copy, what } of handedOut) same(copy, now, what);
      same(
        given,
        { domain: place.domain, hyperparameters: subject.hyperparameters },
        "what create was given",
      );
    }
  },

  "gives the same bits for the same arguments"(subject) {
    for (const place of usual(subject)) {
      const search = create(subject, place.domain);
      const first = run(subject, place, { search });
      same(first.states, run(subject, place, { search }).states, "a second run of the same search");
      same(first.states, run(subject, place).states, "a run of a search made anew");
      const streams = streamsOf(subject.optimizer);
      run(subject, place, {
        search,
        watch: ({ t, state, ask, outcomes, next }) => {
          same(ask, search.ask(state), `a second ask of state ${t}`);
          const again = search.tell(structuredClone(state), [...outcomes], streams.rng("tell", t));
          same(next, again, `a second tell ${t}`);
        },
      });
    }
  },

  "writes over former states only once it is told that nobody looks at them, and then changes no result"(
    subject,
  ) {
    for (const place of usual(subject))
      for (const fails of [() => false, (answer: number) => answer % 7 > 2]) {
        const distort = (): NonNullable<Drive["distort"]> =>
          failing((answer) => (fails(answer) ? failures[0] : undefined));
        const { states } = run(subject, place, { distort: distort() });
        const search = create(subject, place.domain);
        const handedOut: { readonly now: unknown; readonly copy: unknown; readonly what: string }[] = [];
        run(subject, place, {
          search,
          distort: distort(),
          watch: ({ t, state, ask, outcomes, next }) => {
            const recommended = search.recommend(state);
            const now = { ask, outcomes, recommended };
            handedOut.push({ now, copy: structuredClone(now), what: `what was seen at transition ${t}` });
            search.recycle?.(state, next);
            same(states[t + 1], next, `in ${place.name}, state ${t + 1} with former ones written over`);
          },
        });
        for (const { now, copy, what } of handedOut)
          same(copy, now, `in ${place.name}, ${what}, then and at the end,`);
      }
  },

  "keeps no rng beyond the call that it was given for"(subject) {
    const [place] = usual(subject);
    const search = create(subject, place.domain);
    run(subject, place, {
      search: {
        ...wrapped(search, (_, __, call) => call()),
        init(start, rng) {
          const lent = revocable(rng);
          const state = search.init(start, lent.rng);
          lent.revoke();
          return state;
        },
        tell(state, outcomes, rng) {
          const lent = revocable(rng);
          const next = search.tell(state, outcomes, lent.rng);
          lent.revoke();
          return next;
        },
      },
    });
  },

  "keeps all it remembers in a plain state: any state can be stored, restored and continued"(subject) {
    for (const place of usual(subject)) {
      // every transition goes from a state out of the codec, in a search made anew
      const streams = streamsOf(subject.optimizer);
      run(subject, place, {
        watch: ({ t, state, ask, outcomes, next }) => {
          const stored = decode(JSON.parse(JSON.stringify(encode(state as Plain))) as Json);
          same(state, stored, `in ${place.name}, state ${t} through the codec`);
          same(state, structuredClone(state), `in ${place.name}, state ${t} through structuredClone`);
          const search = create(subject, place.domain);
          same(ask, search.ask(stored), `in ${place.name}, the ask of state ${t}, restored,`);
          same(
            next,
            search.tell(stored, outcomes, streams.rng("tell", t)),
            `in ${place.name}, tell ${t} from the state restored`,
          );
        },
      });
    }
  },

  "goes on after failures, wherever they come"(subject) {
    for (const place of usual(subject))
      for (const failure of failures) {
        const patterns: readonly ((answer: number) => boolean)[] = [
          () => true,
          (answer) => answer === 0,
          (answer) => answer > 0,
          (answer) => answer % 2 === 1,
          (answer) => answer % 7 > 2,
        ];
        for (const fails of patterns)
          run(subject, place, {
            transitions: 25,
            queries: 1000,
            distort: failing((answer) => (fails(answer) ? failure : undefined)),
          });
      }
  },

  "bears a function that is not a number in half of the box"(subject) {
    for (const place of usual(subject)) {
      const middle = (place.domain.region.lower[0]! + place.domain.region.upper[0]!) / 2;
      // the start's half is the good one, so that there is something to find
      const side = Math.sign(place.start[0]! - middle) || 1;
      run(subject, place, {
        distort: (outcomes, _, ask) =>
          outcomes.map((outcome, i) =>
            (ask.queries[i]!.x[0]! - middle) * side < 0 ? failures[0]! : outcome,
          ),
      });
    }
  },

  "bears a function that is constant"(subject) {
    if (subject.builtIn)
      for (const place of usual(subject)) run(subject, place, { objective: constant(place.domain) });
  },

  "bears slopes so steep that a step overflows"(subject) {
    if (subject.builtIn)
      for (const place of usual(subject)) run(subject, place, { objective: steep(place.domain) });
  },

  "takes a part of the answers where it says prefix"(subject) {
    for (const place of usual(subject))
      for (const part of [(n: number) => n - 1, (n: number) => (n + 1) >> 1, () => 1])
        run(subject, place, {
          distort: (outcomes, t, ask) =>
            ask.prefix === true && t % 2 === 1
              ? outcomes.slice(0, Math.max(1, part(outcomes.length)))
              : outcomes,
        });
  },

  "can be made for any budget, and goes on past it"(subject) {
    const [place] = usual(subject);
    for (const horizon of [0.5, 1, 7, 10.25, 1e6])
      run(subject, place, { search: create(subject, place.domain, horizon) });
  },

  "depends on the budget only if it declares so"(subject) {
    if (subject.optimizer.requires.horizon) return;
    const [place] = usual(subject);
    const [short, long] = [20, 2000].map((horizon) =>
      run(subject, place, { search: create(subject, place.domain, horizon) }),
    );
    same(short!.states, long!.states, "a run for a budget of 20 and one of 2000");
  },

  "searches the smallest dimension that it declares"(subject) {
    const [least] = subject.optimizer.requires.dimension;
    for (const place of places(subject.encoding, least))
      run(subject, place, { objective: subject.objective(place.domain) });
  },

  "descends on a sphere"(subject) {
    const [place, ...others] = usual(subject);
    const box = others[0] ?? place;
    for (const where of [place, box]) {
      const { best, first } = run(subject, where, { transitions: 2000, queries: 2000 });
      demand(best <= first / 2, `in ${where.name}, 2000 answers brought it from ${first} to ${best}`);
    }
  },
} satisfies Record<string, (subject: Subject) => void>;

export type OptimizerLawName = keyof typeof table;

/** The laws by name, without the name of any optimizer. */
export const optimizerLawNames: readonly OptimizerLawName[] = Object.keys(table) as OptimizerLawName[];

/**
 * The laws for one optimizer at one choice of hyperparameters. A test of an optimizer is
 * `for (const law of optimizerLaws(adam)) test(law.name, law.check)`.
 * @throws UsageError for hyperparameters that do not parse, and for exceptions without a reason.
 */
export function optimizerLaws<H extends SettingsSchema>(
  // oxlint-disable-next-line typescript/no-explicit-any -- the laws hand states and hyperparameters back, whatever they are
  optimizer: Optimizer<H, any, any>,
  options: OptimizerLawOptions<H> = {},
): readonly Law[] {
  const who = `optimizerLaws(${optimizer.name})`;
  const hyperparameters = parseSettings(optimizer.hyperparameters, options.hyperparameters, who);
  const builtIn = optimizer.needs.every((kind: string) => ["value", "gradient", "curvature"].includes(kind));
  if (!builtIn && options.objective === undefined)
    throw new UsageError(
      who,
      `it asks kinds beyond the built-in ones (of ${kindNames().join(", ")})`,
      "pass { objective: (domain) => … } that answers them",
    );
  const reasons = new Map<string, string>();
  for (const { law, reason } of options.exceptions ?? []) {
    if (!Object.hasOwn(table, law)) throw new UsageError(who, `there is no law "${law}"`, "name a law");
    if (reason.trim() === "")
      throw new UsageError(who, `the exception to "${law}" has no reason`, "say why it is no mistake");
    reasons.set(law, reason);
  }
  const [least, most] = optimizer.requires.dimension;
  return optimizer.requires.encodings.flatMap((encoding) => {
    const subject: Subject = {
      optimizer: optimizer as unknown as AnyOptimizer,
      hyperparameters,
      encoding,
      dimension: Math.min(Math.max(3, least), most),
      objective: options.objective ?? sphere,
      builtIn,
    };
    const suffix = optimizer.requires.encodings.length > 1 ? ` (${encoding})` : "";
    return optimizerLawNames.map((name): Law => {
      const check = (): void => table[name](subject);
      const reason = reasons.get(name);
      return reason === undefined
        ? { name: `${optimizer.name} ${name}${suffix}`, check }
        : {
            name: `${optimizer.name} does not: ${name}${suffix} (${reason})`,
            check: () => stillBroken(name, check),
          };
    });
  });
}

/** An exception must be one: the law is broken, as its reason says. */
function stillBroken(name: string, check: () => void): void {
  try {
    check();
  } catch {
    return;
  }
  throw new LawBroken(`"${name}" holds after all: remove the exception`);
}
