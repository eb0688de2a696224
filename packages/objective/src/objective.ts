// An objective answers queries; a problem is a family of objectives with settings.
import type { Rng } from "@basin/random";
import type { Domain } from "./domain.ts";
import type { Ask, Outcome, QueryKind } from "./query.ts";
import type { Settings, SettingsSchema } from "./schema.ts";
import type { Vector } from "./vector.ts";

/** f : ℝⁿ → ℝ, to be minimised. */
export interface Objective {
  readonly name: string;
  readonly domain: Domain;
  /** The kinds it answers → the price of one answer, in units of one full f(x). */
  readonly answers: { readonly [K in QueryKind]?: number };
  /** Examples that one full evaluation visits; 1 if f is no sum over data. */
  readonly examples: number;
  /** Whether the same question may get different answers (mini-batches alone do not make it so: their asks say so). */
  readonly noisy: boolean;
  readonly minimum?: { readonly value: number; readonly at: readonly Vector[] };
  /**
   * Answers a whole batch, in order, each query given back with its answer. Synchronous objectives return the array
   * itself, and nothing is awaited. Where the ask has `examples`, the answers estimate the full f from these alone: their
   * average over the batches of an epoch, weighted by size, is the full answer. Same ask, same stream: same bits.
   * `rng`: for this call; with `examples`, the stream that `exampleIndices` draws them from.
   */
  evaluate(ask: Ask, rng: Rng): readonly Outcome[] | Promise<readonly Outcome[]>;
  /** Test loss, accuracy …: probed on a schedule, not charged. */
  report?(at: Vector): Readonly<Record<string, number>>;
}

/** A family of objectives with settings (dimension, data set …). */
export interface Problem<S extends SettingsSchema = SettingsSchema> {
  /** Unique, kebab-case. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Where the function, the model and the data come from. */
  readonly references: readonly string[];
  readonly settings: S;
  /** `rng` decides what chance decides: the train/test split, a synthetic data set. */
  create(settings: Settings<S>, rng: Rng): Objective;
}

/** A problem of any settings: what a catalog holds. */
// oxlint-disable-next-line typescript/no-explicit-any -- the settings of a catalog's entries differ and are parsed by their own schema
export type AnyProblem = Problem<any>;
