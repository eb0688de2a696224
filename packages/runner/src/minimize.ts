// One line: the minimum of a function.
import {
  functionObjective,
  leastSquaresObjective,
  withFiniteDifferences,
  type BoxLike,
  type Differentiable,
  type LeastSquares,
  type Objective,
  type Scalar,
  type Vector,
} from "@basin/objective";
import type { AnyOptimizer } from "@basin/optimizer";
import { rootKey } from "@basin/random";
import type { Clock } from "./clock.ts";
import type { RunResult } from "./result.ts";
import { createRun } from "./run.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Signal } from "./signal.ts";

export interface MinimizeOptions {
  /** Where to begin, shape [n]. */
  readonly start: readonly number[] | Vector;
  readonly optimizer: AnyOptimizer;
  /** Those that differ from the defaults. */
  readonly hyperparameters?: Readonly<Record<string, unknown>>;
  /** Where f may be evaluated; unbounded where left out. For an Objective: its own. */
  readonly bounds?: BoxLike;
  /** Where methods look that search a whole box. Default: the bounds where finite, else [−5, 5] widened to hold the start. */
  readonly region?: BoxLike;
  /** Default 0. The same seed gives the same result, to the last bit. */
  readonly seed?: number | string;
  /** In units of one f(x). Default 1000 · n, at most 100 000. */
  readonly budget?: number;
  /** Stop at or below this value. */
  readonly target?: number;
  /** How gradients are had where the optimizer wants them and f gives values only. Default forward. */
  readonly differences?: "forward" | "central";
  /** Price of a gradient, or of a Jacobian of residuals, that f gives, in units of one f(x). Default 3, or n + 1. */
  readonly gradientPrice?: number;
  readonly signal?: Signal;
  readonly clock?: Clock;
}

export interface MinimizeResult extends RunResult {
  /** The best point evaluated; where f is noisy, the point recommended. Shape [n]. */
  readonly x: Vector;
  /** f(x). */
  readonly value: number;
  /** How gradients were had: from f itself, or by differences of values, each at the price of n + 1 or 2n + 1 values. */
  readonly gradients: "not needed" | "given" | "forward differences" | "central differences";
}

/**
 * Minimises a function (at once or by promise), a function with its gradient, a sum of squared residuals, or an objective.
 * @throws UsageError for what does not fit: a start out of bounds, hyperparameters out of range, another encoding.
 */
export async function minimize(
  f: Scalar | Differentiable | LeastSquares | Objective,
  options: MinimizeOptions,
): Promise<MinimizeResult> {
  const { optimizer, start, signal, clock, differences = "forward" } = options;
  const given = isObjective(f) ? f : objectiveOf(f, options);
  const needed = (optimizer.needs as readonly string[]).some((kind) => kind !== "value");
  const objective = needed ? withFiniteDifferences(given, { scheme: differences }) : given;
  const run = createRun({
    objective,
    optimizer,
    start,
    key: rootKey(options.seed ?? 0),
    budget: options.budget ?? Math.min(1000 * start.length, 100_000),
    // every evaluation may be dear: none beyond the budget
    probe: false,
    ...(options.hyperparameters === undefined ? {} : { hyperparameters: options.hyperparameters }),
    ...(options.target === undefined ? {} : { target: options.target }),
  });
  const result = await runToEnd(run, {
    ...(signal === undefined ? {} : { signal }),
    ...(clock === undefined ? {} : { clock }),
  });
  const differenced =
    objective.answers.gradient !== given.answers.gradient ||
    (typeof f === "object" && "residuals" in f && f.jacobian === undefined);
  return {
    ...result,
    x: result.best.x,
    value: result.best.loss,
    gradients: !needed ? "not needed" : differenced ? `${differences} differences` : "given",
  };
}

function isObjective(f: Scalar | Differentiable | LeastSquares | Objective): f is Objective {
  return typeof f === "object" && "evaluate" in f;
}

function objectiveOf(f: Scalar | Differentiable | LeastSquares, options: MinimizeOptions): Objective {
  const { start, bounds, gradientPrice, differences = "forward" } = options;
  const region = options.region ?? (bounds === undefined ? regionAround(start) : undefined);
  const domain = {
    dimension: start.length,
    ...(bounds === undefined ? {} : { bounds }),
    ...(region === undefined ? {} : { region }),
  };
  if (typeof f === "object" && "residuals" in f)
    return leastSquaresObjective(f, {
      ...domain,
      differences,
      ...(gradientPrice === undefined ? {} : { jacobianPrice: gradientPrice }),
    });
  return functionObjective(f, { ...domain, ...(gradientPrice === undefined ? {} : { gradientPrice }) });
}

/** [−5, 5] in each coordinate, widened so that the start lies inside. */
function regionAround(start: ArrayLike<number>): BoxLike {
  const side = (pick: (a: number, b: number) => number, to: number): number[] =>
    Array.from(start, (x) => pick(to, x));
  return { lower: side(Math.min, -5), upper: side(Math.max, 5) };
}
