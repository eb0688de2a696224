// What answers questions about one function at one point: from traced code, at a price counted on its graph.
import {
  compile,
  operations,
  trace,
  valueAndGrad,
  valueAndGradientGraph,
  valueGradHvp,
  type Program,
  type Shape,
  type Tensor,
  type Traceable,
} from "@basin/autodiff";
import type { Answers, Vector } from "@basin/objective";
import { populationOf, sharedProducts, type Population } from "./population.ts";
import { createShelf, type Shelf } from "./shelf.ts";

/** Answers about f. Outputs are written into vectors of the caller's, shape [n]; all return f(x). */
export interface Evaluator {
  value(x: Vector): number;
  gradient(x: Vector, gradient: Float64Array): number;
  curvature(x: Vector, direction: Vector, gradient: Float64Array, product: Float64Array): number;
  /** f, r and ∂r/∂x in arrays of their own; undefined where f is no sum of squares. */
  readonly residuals?: ((x: Vector) => Answers["residuals"]) | undefined;
  /** Answers runs of value queries together, where that is faster. */
  readonly population?: Population | undefined;
}

/** A loss as it is traced: weights (shape [n]), then data. Gives a scalar. */
export type Loss = (weights: Tensor, ...data: Tensor[]) => Tensor;

/** A sum of squares as it is traced: f, the residuals r whose squares add up to it (shape [m]), and ∂r/∂weights (shape [m, n]). */
export type Squares = (weights: Tensor, ...data: Tensor[]) => Tensor[];

/** Prices of answers in units of one f(x). */
export interface Prices {
  readonly value: number;
  readonly gradient: number;
  readonly curvature: number;
  readonly residuals?: number;
}

/** What a function costs, counted on its graph. */
export interface Costs {
  readonly prices: Prices;
  /** Operations of one f(x). */
  readonly operations: number;
  /** See sharedProducts. */
  readonly shared: number;
}

/**
 * Costs derived from what has to be computed: operations of the graphs as traced, by the fixed table of @basin/autodiff.
 * `shapes`: of the weights, then of the data. `squares`: where the loss is a sum of squares.
 */
export function costsOf(loss: Loss, shapes: readonly Shape[], squares?: Squares): Costs {
  const graph = trace(loss as Traceable, shapes);
  const one = operations(graph);
  return {
    prices: {
      value: 1,
      gradient: operations(valueAndGradientGraph(graph)) / one,
      curvature: operations(trace(curvatureOf(loss), withDirection(shapes))) / one,
      ...(squares && { residuals: operations(trace(squares as Traceable, shapes)) / one }),
    },
    operations: one,
    shared: sharedProducts(graph),
  };
}

/** (w, direction, ...data) → [f, ∇f, ∇²f·direction] */
const curvatureOf =
  (loss: Loss): Traceable =>
  (...inputs) =>
    valueGradHvp(loss as Traceable)(inputs[0]!, inputs[1]!, ...inputs.slice(2));

const withDirection = ([weights, ...data]: readonly Shape[]): Shape[] => [weights!, weights!, ...data];

/** An evaluator with data that can be exchanged. */
export interface TracedEvaluator extends Evaluator {
  /** Gives the data; they are copied into a program when it runs next. Keep them unchanged until then. */
  load(data: readonly ArrayLike<number>[]): void;
}

/** Where code is shared, and under which name: all that the loss and the shapes depend on. */
export interface Shared {
  readonly shelf: Shelf;
  readonly key: string;
}

export interface EvaluatorOptions {
  /** Without it the code is this evaluator's own. */
  readonly shared?: Shared;
  /** Where the loss is a sum of squares. */
  readonly squares?: Squares | undefined;
  /** Where populations may be evaluated together: what one f(x) costs. */
  readonly costs?: Pick<Costs, "operations" | "shared">;
}

/**
 * Compiles a loss for fixed shapes: a program for each kind of answer, made when it is first asked for.
 * `shapes`: of the weights, then of the data.
 */
export function tracedEvaluator(
  loss: Loss,
  shapes: readonly Shape[],
  { shared = { shelf: createShelf(), key: "" }, squares, costs }: EvaluatorOptions = {},
): TracedEvaluator {
  const { shelf, key } = shared;
  let data: readonly ArrayLike<number>[] = [];
  let version = 0;
  const scalar = new Float64Array(1);
  const lazily = (kind: string, make: () => Program, first: number): (() => Program) => {
    let program: Program | undefined;
    let loaded = -1;
    return () => {
      program ??= shelf.take(`${kind} ${key}`, make);
      if (loaded !== version) {
        for (let k = 0; k < data.length; k++) program.set(first + k, data[k]!);
        loaded = version;
      }
      return program;
    };
  };
  const value = lazily("value", () => compile(loss as Traceable, { shapes }), 1);
  const gradient = lazily("gradient", () => compile(valueAndGrad(loss as Traceable), { shapes }), 1);
  const curvature = lazily(
    "curvature",
    () => compile(curvatureOf(loss), { shapes: withDirection(shapes) }),
    2,
  );
  const residuals = squares && lazily("residuals", () => compile(squares as Traceable, { shapes }), 1);
  return {
    population:
      costs &&
      populationOf(loss as Traceable, shapes, costs, {
        program: (kind, make) => lazily(kind, make, 1),
        spend: (kind, spent) => shelf.spend(`${kind} ${key}`, spent),
      }),
    residuals:
      residuals &&
      ((x) => {
        const [value, r, jacobian] = residuals().run([x]);
        return { value: value![0]!, residuals: r!, jacobian: jacobian! };
      }),
    load(given) {
      data = given;
      version++;
    },
    value(x) {
      value().run([x], [scalar]);
      return scalar[0]!;
    },
    gradient(x, out) {
      gradient().run([x], [scalar, out]);
      return scalar[0]!;
    },
    curvature(x, direction, out, product) {
      curvature().run([x, direction], [scalar, out, product]);
      return scalar[0]!;
    },
  };
}
