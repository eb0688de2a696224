// Numerical differentiation: differences of values. What the other ways are measured against, and why they are better.
import { compile } from "../compile.ts";
import { AutodiffError } from "../errors.ts";
import { sizeOf, type Shape } from "../shape.ts";
import type { Traceable } from "../trace.ts";
import { complexGraph } from "./complex.ts";

/**
 * - forward: (f(x + h) − f(x)) / h, error O(h); n + 1 evaluations.
 * - central: (f(x + h) − f(x − h)) / 2h, error O(h²); 2n.
 * - richardson: central differences of h and h/2, extrapolated, error O(h⁴); 4n (Richardson, 1911).
 * - complex-step: Im f(x + ih) / h, error O(h²) and no subtraction, so h may be tiny; n evaluations in complex arithmetic,
 *   counted as 4 (Squire and Trapp, 1998). For analytic functions only.
 */
export type Scheme = "forward" | "central" | "richardson" | "complex-step";

export interface NumericalOptions {
  /** Default central. */
  readonly scheme?: Scheme;
  /** h, relative to max(1, |x|); default: what balances truncation and rounding in the scheme. */
  readonly step?: number;
}

/** √ε, ∛ε, ε^(1/5), and a step whose square underflows. */
const STEPS: Readonly<Record<Scheme, number>> = {
  forward: 1.4901161193847656e-8,
  central: 6.0554544523933395e-6,
  richardson: 7.400959797414051e-4,
  "complex-step": 1e-200,
};

/** A gradient and what it cost, in evaluations of f. */
export interface Measured {
  readonly gradient: Float64Array;
  readonly evaluations: number;
}

/** Evaluations of f for a gradient of n entries. */
export function evaluationsOf(scheme: Scheme, n: number): number {
  return { forward: n + 1, central: 2 * n, richardson: 4 * n, "complex-step": 4 * n }[scheme];
}

/** Differences along one coordinate, of a function of how far it is moved. */
function difference(
  scheme: "forward" | "central" | "richardson",
  at: (x: number) => number,
  x: number,
  h: number,
  here: number,
): number {
  // The step that is taken is the one that x + h rounds to.
  const slope = (step: number): number => (at(x + step) - at(x - step)) / (x + step - (x - step));
  if (scheme === "forward") return (at(x + h) - here) / (x + h - x);
  return scheme === "central" ? slope(h) : (4 * slope(h / 2) - slope(h)) / 3;
}

/**
 * Numerical gradients of a scalar function of one argument of this shape.
 * @throws AutodiffError for complex-step where an op has no complex extension.
 */
export function numericalGradient(
  f: Traceable,
  shape: Shape,
  options: NumericalOptions = {},
): (x: Readonly<Float64Array>) => Measured {
  const { scheme = "central" } = options;
  if (!Object.hasOwn(STEPS, scheme))
    throw new AutodiffError(
      "numericalGradient",
      `the scheme ${scheme}`,
      `use one of: ${Object.keys(STEPS).join(", ")}`,
    );
  const relative = options.step ?? STEPS[scheme];
  const n = sizeOf(shape);
  const complex = scheme === "complex-step" ? compile(complexGraph(f, shape)) : undefined;
  const program = complex ?? compile(f, { shapes: [shape] });
  const value = [new Float64Array(1), new Float64Array(1)].slice(0, complex === undefined ? 1 : 2);
  return (x) => {
    const moved = Float64Array.from(x);
    const gradient = new Float64Array(n);
    const imaginary = new Float64Array(n);
    const run = (): number =>
      program.run(complex === undefined ? [moved] : [moved, imaginary], value)[0]![0]!;
    const here = scheme === "forward" ? run() : 0;
    for (let i = 0; i < n; i++) {
      const h = relative * (scheme === "complex-step" ? 1 : Math.max(1, Math.abs(x[i]!)));
      if (scheme === "complex-step") {
        imaginary[i] = h;
        run();
        gradient[i] = value[1]![0]! / h;
        imaginary[i] = 0;
        continue;
      }
      const at = (to: number): number => {
        moved[i] = to;
        return run();
      };
      gradient[i] = difference(scheme, at, x[i]!, h, here);
      moved[i] = x[i]!;
    }
    return { gradient, evaluations: evaluationsOf(scheme, n) };
  };
}
