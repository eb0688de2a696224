export type { Box, Vector } from "./vector.ts";
export { makeDomain } from "./domain.ts";
export type { Block, Bound, BoxLike, Domain, DomainOptions, Encoding } from "./domain.ts";
export type {
  Answers,
  Ask,
  Evaluation,
  Failure,
  Minibatch,
  Outcome,
  Queries,
  Query,
  QueryKind,
} from "./query.ts";
export type { AnyProblem, Objective, Problem } from "./objective.ts";
export { UsageError, nearest, suggest } from "./errors.ts";
export { parseSettings, z } from "./schema.ts";
export type { SettingMeta, Settings, SettingsInput, SettingsSchema } from "./schema.ts";
