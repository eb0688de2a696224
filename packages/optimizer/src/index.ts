export type { AnyOptimizer, Optimizer, Requirements, Search, Stop } from "./optimizer.ts";
export type { Plain } from "./plain.ts";
