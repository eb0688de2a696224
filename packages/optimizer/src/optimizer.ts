// The side that asks: an optimizer is a method with hyperparameters, a search is that method applied to one domain.
import type {
  Ask,
  Domain,
  Encoding,
  Outcome,
  QueryKind,
  Settings,
  SettingsSchema,
  Vector,
} from "@basin/objective";
import type { Rng } from "@basin/random";

/** The end of a search, in words: "converged: step below 1e-12". */
export interface Stop {
  readonly stop: string;
}

/** Whether a search has ended instead of asking. */
export function isStop(asked: Ask | Stop): asked is Stop {
  return (asked as { stop?: string }).stop !== undefined;
}

/**
 * A Moore machine over plain data. The state holds the next questions, `ask` reads them out, `tell` is the only
 * transition; both are pure: they never write to their arguments, and the same arguments give the same bits.
 */
export interface Search<S, K extends QueryKind = QueryKind> {
  /** Its first question is about `start` (shape [n], inside the bounds). */
  init(start: Vector, rng: Rng): S;
  ask(state: S): Ask<K> | Stop;
  /** `outcomes` are the answers in the order asked; fewer only if the ask said `prefix`. */
  tell(state: S, outcomes: readonly Outcome<K>[], rng: Rng): S;
  /** The point it would give as its result now. */
  recommend(state: S): Vector;
  /**
   * Told by a driver that nobody will look at any state before `present` again; `past` is the one told before it. What only those
   * held (and neither a question, nor an answer, nor a recommendation) may be written over by later states. It may never be called,
   * and changes how much memory is used, no result: for methods whose states are large, and cost more to make than to fill.
   */
  recycle?(past: S, present: S): void;
  /** Step size, diversity, condition number …: worth plotting. */
  metrics?(state: S): Readonly<Record<string, number>>;
}

export interface Requirements {
  readonly encodings: readonly Encoding[];
  /** Smallest and largest dimension it searches. */
  readonly dimension: readonly [number, number];
  /** Whether its trace depends on the budget (a schedule over the whole run). */
  readonly horizon: boolean;
}

/** A method with hyperparameters. */
export interface Optimizer<
  H extends SettingsSchema = SettingsSchema,
  S = unknown,
  K extends QueryKind = QueryKind,
> {
  /** Unique, kebab-case. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** The family it belongs to: its folder's name. Charts draw a dash pattern for each. */
  readonly family: string;
  /** The papers that define it. */
  readonly references: readonly string[];
  /** Raised when an older checkpoint can no longer be told anything. */
  readonly stateVersion: number;
  /** The kinds it may ask: a mismatch is refused before the run. */
  readonly needs: readonly K[];
  readonly requires: Requirements;
  /** A schema with a default for each: parsing {} gives the defaults. */
  readonly hyperparameters: H;
  /** `horizon`: the budget in units of one full f(x). */
  create(hyperparameters: Settings<H>, domain: Domain, horizon: number): Search<S, K>;
}

/** An optimizer of any hyperparameters and state: what a catalog holds. */
// oxlint-disable-next-line typescript/no-explicit-any -- states of a catalog's entries differ; the runner only hands them back
export type AnyOptimizer = Optimizer<any, any, any>;
