export type { Catalog } from "./catalog.ts";
export type { Named, RunSpec } from "./run-spec.ts";
export type { Ending, RunResult, Tally, Trace } from "./result.ts";
export type { Signal } from "./signal.ts";
