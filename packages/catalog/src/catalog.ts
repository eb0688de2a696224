// Name → module of every optimizer and problem here: what apps and the entries of workers import.
import type { AnyProblem } from "@basin/objective";
import type { AnyOptimizer } from "@basin/optimizer";
import { optimizers } from "./optimizers.ts";
import { problems } from "./problems.ts";

export const catalog: {
  readonly optimizers: Readonly<Record<string, AnyOptimizer>>;
  readonly problems: Readonly<Record<string, AnyProblem>>;
} = { optimizers, problems };
