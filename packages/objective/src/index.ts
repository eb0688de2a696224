export type { Box, Vector } from "./vector.ts";
export { clampToBox, inBox, isFiniteVector } from "./vector.ts";
export { freshVector } from "./fresh-vector.ts";
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
export { isEvaluation, lossOf, threw } from "./outcome.ts";
export { addKind, faultOfNumber, faultOfVector, kindNames, kindRow } from "./kinds.ts";
export type { Fault, KindRow } from "./kinds.ts";
export { exampleCache, exampleIndices, examplesVisited, resolveExamples } from "./examples.ts";
export type { ExampleCache } from "./examples.ts";
export type { AnyProblem, Objective, Problem } from "./objective.ts";
export { LawBroken, demand } from "./law.ts";
export type { Law } from "./law.ts";
export { firstDifference } from "./bits.ts";
export { UsageError, nearest, suggest } from "./errors.ts";
export { parseSettings, z } from "./schema.ts";
export type { SettingMeta, Settings, SettingsInput, SettingsSchema } from "./schema.ts";
export { functionObjective } from "./function-objective.ts";
export type { Both, Differentiable, FunctionOptions, Scalar } from "./function-objective.ts";
export { leastSquaresObjective } from "./least-squares.ts";
export type { LeastSquares, LeastSquaresOptions } from "./least-squares.ts";
export { withFiniteDifferences } from "./finite-differences.ts";
export type { DifferenceOptions } from "./finite-differences.ts";
