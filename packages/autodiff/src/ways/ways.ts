// Four ways to differentiate one function, side by side: by hand, symbolically, numerically, automatically.
import { compile } from "../compile.ts";
import { operations } from "../price.ts";
import { print, simplify, type Printed } from "../print/symbolic.ts";
import { sizeOf, type Shape } from "../shape.ts";
import { trace, type Traceable } from "../trace.ts";
import { gradientGraph } from "../transforms/gradient.ts";
import { jvpGraph } from "../transforms/products.ts";
import { evaluationsOf, numericalGradient, type Scheme } from "./numerical.ts";

export interface Way {
  readonly kind: "manual" | "symbolic" | "numerical" | "automatic";
  /** "by hand", "symbolic", "central differences" … */
  readonly label: string;
  /** What one gradient costs, in units of one f(x): by operations, or by evaluations of f. */
  readonly cost: number;
  gradient(x: Readonly<Float64Array>): Float64Array;
  /** The derivative as mathematics, where the way knows it. */
  readonly printed?: Printed;
}

export interface WaysOptions {
  /** A closed form of the gradient: a function of tensors. */
  readonly manual?: Traceable;
  readonly schemes?: readonly Scheme[];
  /** The name of the argument in print. */
  readonly name?: string;
}

const labels: Readonly<Record<Scheme, string>> = {
  forward: "forward differences",
  central: "central differences",
  richardson: "Richardson extrapolation",
  "complex-step": "complex step",
};

/** The ways to differentiate a scalar function of one argument of this shape. */
export function waysOf(f: Traceable, shape: Shape, options: WaysOptions = {}): Way[] {
  const graph = trace(f, [shape]);
  const one = operations(graph);
  const n = sizeOf(shape);
  const names = [options.name ?? "x"];
  const reverse = gradientGraph(graph);
  const symbolic = simplify(reverse);
  const running = (g: Parameters<typeof compile>[0]): Way["gradient"] => {
    const program = compile(g, { shapes: [shape] });
    return (x) => program.run([x])[0]!;
  };
  const ways: Way[] = [];
  if (options.manual !== undefined) {
    const manual = trace(options.manual, [shape]);
    ways.push({
      kind: "manual",
      label: "by hand",
      cost: operations(manual) / one,
      gradient: running(manual),
      printed: print(manual, names),
    });
  }
  ways.push({
    kind: "symbolic",
    label: "symbolic",
    cost: operations(symbolic) / one,
    gradient: running(symbolic),
    printed: print(reverse, names),
  });
  for (const scheme of options.schemes ?? (["forward", "central"] as const)) {
    const measure = numericalGradient(f, shape, { scheme });
    ways.push({
      kind: "numerical",
      label: labels[scheme],
      cost: evaluationsOf(scheme, n),
      gradient: (x) => measure(x).gradient,
    });
  }
  const pushed = compile(jvpGraph(graph));
  ways.push({
    kind: "automatic",
    label: "automatic, forward mode",
    cost: (n * operations(jvpGraph(graph))) / one,
    gradient: (x) => x.map((_, i) => pushed.run([x, x.map((__, j) => (i === j ? 1 : 0))])[1]![0]!),
  });
  ways.push({
    kind: "automatic",
    label: "automatic, reverse mode",
    cost: operations(reverse) / one,
    gradient: running(reverse),
  });
  return ways;
}

/** ‖found − wanted‖ / ‖wanted‖ in the ∞-norm (‖wanted‖ at least the smallest normal number). */
export function relativeError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let [error, size] = [0, 2.2250738585072014e-308];
  for (let i = 0; i < wanted.length; i++) {
    error = Math.max(error, Math.abs(found[i]! - wanted[i]!));
    size = Math.max(size, Math.abs(wanted[i]!));
  }
  return error / size;
}

/** The relative error of a scheme at x for each step: truncation falls with h, rounding rises. */
export function errorsByStep(
  f: Traceable,
  shape: Shape,
  x: Readonly<Float64Array>,
  scheme: Scheme,
  steps: readonly number[],
): Float64Array {
  const [exact] = compile(gradientGraph(trace(f, [shape]))).run([x]);
  return Float64Array.from(steps, (step) =>
    relativeError(numericalGradient(f, shape, { scheme, step })(x).gradient, exact!),
  );
}
