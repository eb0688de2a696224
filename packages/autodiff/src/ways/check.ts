// Whether a gradient agrees with differences of values.
import { compile } from "../compile.ts";
import { AutodiffError } from "../errors.ts";
import type { Shape } from "../shape.ts";
import type { Traceable } from "../trace.ts";
import { grad } from "../transforms/gradient.ts";
import { numericalGradient, type NumericalOptions } from "./numerical.ts";

export interface CheckOptions extends NumericalOptions {
  /** Largest |difference| / (1 + |numerical|) allowed; default 1e-6. */
  readonly tolerance?: number;
  /** The gradient to check; default automatic differentiation's. */
  readonly gradient?: (x: Readonly<Float64Array>) => ArrayLike<number>;
}

export interface Checked {
  readonly ok: boolean;
  /** The largest |difference| / (1 + |numerical|), and where. */
  readonly error: number;
  readonly index: number;
  readonly numerical: Float64Array;
  readonly gradient: Float64Array;
}

/** Compares the gradient of a scalar function of one argument with numerical differentiation (default: central) at x. */
export function checkGradient(
  f: Traceable,
  shape: Shape,
  x: Readonly<Float64Array>,
  options: CheckOptions = {},
): Checked {
  const numerical = numericalGradient(f, shape, options)(x).gradient;
  const given = options.gradient?.(x) ?? compile(grad(f), { shapes: [shape] }).run([x])[0]!;
  if (given.length !== numerical.length)
    throw new AutodiffError(
      "checkGradient",
      `a gradient of ${given.length} entries`,
      `give ${numerical.length}, one for each of x`,
    );
  let [error, index] = [0, 0];
  for (let i = 0; i < numerical.length; i++) {
    const difference = Math.abs(given[i]! - numerical[i]!) / (1 + Math.abs(numerical[i]!));
    // NaN is the largest error of all.
    if (!(difference <= error)) [error, index] = [difference, i];
  }
  return {
    ok: error <= (options.tolerance ?? 1e-6),
    error,
    index,
    numerical,
    gradient: Float64Array.from(given),
  };
}
