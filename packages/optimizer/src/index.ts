export type { AnyOptimizer, Optimizer, Requirements, Search, Stop } from "./optimizer.ts";
export { isStop } from "./optimizer.ts";
export { defineOptimizer } from "./define.ts";
export type { OptimizerDefinition } from "./define.ts";
export { decode, encode } from "./codec.ts";
export type { Json } from "./codec.ts";
export type { Plain } from "./plain.ts";
// What optimizers share, so that an optimizer's author finds it in one place.
export { clampToBox, inBox, isEvaluation, isFiniteVector, lossOf } from "@basin/objective";
export type { Law } from "@basin/objective";
