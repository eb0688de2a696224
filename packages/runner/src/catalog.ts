// What a runner is handed to look names up in.
import type { AnyProblem } from "@basin/objective";
import type { AnyOptimizer } from "@basin/optimizer";

/** Every optimizer and problem by name. Data: passed in, never imported by the runner. */
export interface Catalog {
  readonly optimizers: Readonly<Record<string, AnyOptimizer>>;
  readonly problems: Readonly<Record<string, AnyProblem>>;
}
