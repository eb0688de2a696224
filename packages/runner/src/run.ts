// A run: one search of one objective from one start, with a budget. Made once, checked once, and never changed.
import {
  UsageError,
  inBox,
  isFiniteVector,
  kindRow,
  parseSettings,
  type KindRow,
  type Objective,
  type QueryKind,
  type Vector,
} from "@basin/objective";
import type { AnyOptimizer, Search } from "@basin/optimizer";
import { openStreams, rootKey, type Key, type Streams } from "@basin/random";
import type { Clock } from "./clock.ts";
import { gridOf } from "./grid.ts";
import type { RunSpec } from "./run-spec.ts";
import { drawStart } from "./start.ts";

export interface RunOptions {
  readonly objective: Objective;
  readonly optimizer: AnyOptimizer;
  /** Those that differ from the defaults. */
  readonly hyperparameters?: Readonly<Record<string, unknown>>;
  /** Shape [n], in the bounds. Default: drawn from the domain's initial box at `shared`. */
  readonly start?: Vector | readonly number[];
  /** The run's path of randomness. Default: the root key of seed 0. */
  readonly key?: Key;
  /** The path that runs to be compared have in common: the order of the data comes from here. Default: `key`. */
  readonly shared?: Key;
  /** In units of one full f(x). */
  readonly budget: number;
  /** Stop once the recorded loss is at or below this. */
  readonly target?: number;
  readonly record?: RunSpec["record"];
  /**
   * Whether the point recommended at the end is looked at, uncharged, where it is not the best one evaluated: that tells
   * a run that diverged. Default true; false where every evaluation is dear. Noisy runs are always probed.
   */
  readonly probe?: boolean;
  /** For the seconds of the trace, unless a driver is given one of its own. */
  readonly clock?: Clock;
}

/** What stays the same throughout a run. */
export interface Run {
  readonly objective: Objective;
  readonly optimizer: AnyOptimizer;
  readonly search: Search<unknown>;
  readonly start: Vector;
  /** Whether no coordinate has a bound: any finite point is then in the domain, which is told in a fraction of the time. */
  readonly open: boolean;
  readonly key: Key;
  readonly budget: number;
  readonly target: number;
  readonly record: NonNullable<RunSpec["record"]>;
  readonly probe: boolean;
  readonly clock: Clock | undefined;
  /** The kinds it may ask, their prices and rows: counts of a checkpoint have the same order. Shapes [k]. */
  readonly kinds: readonly QueryKind[];
  readonly prices: readonly number[];
  readonly rows: readonly KindRow<QueryKind>[];
  /** The kind of question that looks at f, uncharged. */
  readonly probeKind: "value" | "gradient";
  /** Shape [m]; the last entry is the budget. */
  readonly grid: Float64Array;
  /** The most that may be spent: the budget and a hair, since 3 × 1.1 is a little more than 3.3 in doubles. */
  readonly limit: number;
  /** What targets count from: the known minimum of f, else 0. */
  readonly above: number;
  readonly streams: Streams;
  /** Streams at the shared key; opened when first needed. */
  readonly shared: () => Streams;
}

/**
 * A run, checked.
 * @throws UsageError where optimizer and objective do not fit, and for hyperparameters, budgets and starts out of range.
 */
export function createRun(options: RunOptions): Run {
  const { objective, optimizer, budget } = options;
  const { domain } = objective;
  const key = options.key ?? rootKey(0);
  const who = `${optimizer.name} on ${objective.name}`;
  const kinds = optimizer.needs as readonly QueryKind[];
  const { encodings, dimension } = optimizer.requires;
  if (!encodings.includes(domain.encoding))
    throw new UsageError(
      who,
      `${optimizer.name} searches ${encodings.join(", ")}, but the domain is ${domain.encoding}`,
      "choose an optimizer for this encoding",
    );
  // whoever searches another encoding is not to be told how to have its slopes
  const prices = kinds.map((kind) => priceOf(objective, kind, who));
  if (domain.dimension < dimension[0] || domain.dimension > dimension[1])
    throw new UsageError(
      who,
      `${optimizer.name} searches ${dimension[0]} to ${dimension[1]} dimensions, but the domain has ${domain.dimension}`,
      "choose another optimizer or dimension",
    );
  if (!(budget > 0 && budget < Infinity))
    throw new UsageError(who, `the budget is ${budget}`, "give a positive number of evaluations");
  if (Number.isNaN(options.target))
    throw new UsageError(who, "the target is NaN", "give a number, or leave it out");
  const shared = lazily(() => openStreams(options.shared ?? key));
  const start = checkedStart(
    options.start === undefined
      ? drawStart(domain, shared().rng("start"))
      : Float64Array.from(options.start as Vector),
    objective,
    who,
  );
  const hyperparameters = parseSettings(optimizer.hyperparameters, options.hyperparameters, optimizer.name);
  return {
    objective,
    optimizer,
    search: optimizer.create(hyperparameters, domain, budget) as Search<unknown>,
    start,
    open:
      domain.bounds.lower.every((l) => l === -Infinity) && domain.bounds.upper.every((u) => u === Infinity),
    key,
    budget,
    target: options.target ?? -Infinity,
    record: options.record ?? {},
    probe: options.probe ?? true,
    clock: options.clock,
    kinds,
    prices,
    rows: kinds.map((kind) => kindRow(kind)),
    probeKind: objective.answers.value === undefined ? "gradient" : "value",
    grid: gridOf(budget),
    limit: budget * (1 + 1e-12),
    above: objective.minimum?.value ?? 0,
    streams: openStreams(key),
    shared,
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function priceOf(objective: Objective, kind: QueryKind, who: string): number {
  const price = objective.answers[kind];
  if (price === undefined) {
    const values = objective.answers.value !== undefined && kind === "gradient";
    throw new UsageError(
      who,
      `the optimizer asks ${kind}, which ${objective.name} does not answer`,
      values
        ? "wrap it in withFiniteDifferences, or choose an optimizer that asks values only"
        : (kindRow(kind).otherwise ??
            `choose an optimizer that asks ${Object.keys(objective.answers).join(", ")}`),
    );
  }
  if (!(price > 0 && price < Infinity))
    throw new UsageError(who, `the price of ${kind} is ${price}`, "give a positive number");
  return price;
}

function checkedStart(start: Float64Array, { domain }: Objective, who: string): Float64Array {
  const refuse = (found: string): never => {
    throw new UsageError(who, found, `give ${domain.dimension} finite numbers inside the bounds`);
  };
  if (start.length !== domain.dimension)
    refuse(`the start has ${start.length} entries, but the dimension is ${domain.dimension}`);
  if (!isFiniteVector(start)) refuse("the start is not finite");
  if (!inBox(start, domain.bounds)) {
    const i = start.findIndex((x, j) => !(x >= domain.bounds.lower[j]! && x <= domain.bounds.upper[j]!));
    refuse(
      `the start is out of bounds: entry ${i} is ${start[i]}, outside [${domain.bounds.lower[i]}, ${domain.bounds.upper[i]}]`,
    );
  }
  return start;
}
