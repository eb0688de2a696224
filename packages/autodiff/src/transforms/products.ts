// Jacobian–vector, vector–Jacobian and Hessian–vector products.
import { AutodiffError } from "../errors.ts";
import { consing, makeGraph, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { full, lift, type Operand } from "../ops/leaves.ts";
import { sameShape, shapeText } from "../shape.ts";
import { call, input, trace } from "../trace.ts";
import { pushForward } from "./forward.ts";
import { gradientGraph } from "./gradient.ts";
import type { TensorFunction } from "./inline.ts";
import { backpropagate, orZero } from "./reverse.ts";

/** Graph of f → graph of [f, …, J·tangents, …], whose inputs are f's inputs and then their tangents. */
export function jvpGraph(graph: Graph): Graph {
  return consing(graph.nodes, () => {
    const tangents = graph.inputs.map((primal) => input(primal.shape));
    const pushed = pushForward(
      graph.outputs,
      new Map(graph.inputs.map((primal, k) => [primal, tangents[k]!])),
    );
    const products = pushed.map((tangent, k) => tangent ?? full(graph.outputs[k]!.shape, 0));
    return makeGraph([...graph.inputs, ...tangents], [...graph.outputs, ...products]);
  });
}

/** Graph of f → graph of [f, …, Jᵀ·cotangents, …], whose inputs are f's inputs and then cotangents of its outputs. */
export function vjpGraph(graph: Graph): Graph {
  return consing(graph.nodes, () => {
    const cotangents = graph.outputs.map((output) => input(output.shape));
    const pulled = backpropagate(graph.outputs, cotangents, graph.inputs);
    const products = pulled.map((cotangent, k) => orZero(cotangent, graph.inputs[k]!));
    return makeGraph([...graph.inputs, ...cotangents], [...graph.outputs, ...products]);
  });
}

const shapesOf = (tensors: readonly Tensor[]): string =>
  tensors.map((one) => shapeText(one.shape)).join(", ") || "none";

function matching(who: string, given: readonly Tensor[], wanted: readonly Tensor[], what: string): void {
  if (given.length === wanted.length && given.every((one, k) => sameShape(one.shape, wanted[k]!.shape)))
    return;
  throw new AutodiffError(
    who,
    `${what} of shapes ${shapesOf(given)}`,
    `give one for each, of shapes ${shapesOf(wanted)}`,
  );
}

/** jvp(f)(primals, tangents) = [f(primals), …, J·tangents, …]: one forward pass, whatever the number of inputs. */
export function jvp(
  f: TensorFunction,
): (primals: readonly Operand[], tangents: readonly Operand[]) => Tensor[] {
  return (primals, tangents) => {
    const [at, along] = [primals.map(lift), tangents.map(lift)];
    matching("jvp", along, at, "tangents");
    const graph = trace(
      f,
      at.map((one) => one.shape),
    );
    return call(jvpGraph(graph), [...at, ...along]);
  };
}

/** vjp(f)(primals, cotangents) = [f(primals), …, Jᵀ·cotangents, …]: one reverse pass, whatever the number of outputs. */
export function vjp(
  f: TensorFunction,
): (primals: readonly Operand[], cotangents: readonly Operand[]) => Tensor[] {
  return (primals, cotangents) => {
    const [at, back] = [primals.map(lift), cotangents.map(lift)];
    const graph = trace(
      f,
      at.map((one) => one.shape),
    );
    matching("vjp", back, graph.outputs, "cotangents");
    return call(vjpGraph(graph), [...at, ...back]);
  };
}

/**
 * linearize(f)(...primals) = [f(primals) …, pushforward]: the pushforward takes tangents to J·tangents, and what it shares
 * with f (and with other tangents) is computed once.
 */
export function linearize(
  f: TensorFunction,
): (...primals: Operand[]) => readonly [Tensor[], (...tangents: Operand[]) => Tensor[]] {
  return (...primals) => {
    const at = primals.map(lift);
    const graph = trace(
      f,
      at.map((one) => one.shape),
    );
    const pushed = jvpGraph(graph);
    const count = graph.outputs.length;
    return [
      call(graph, at),
      (...tangents) => {
        const along = tangents.map(lift);
        matching("linearize", along, at, "tangents");
        return call(pushed, [...at, ...along]).slice(count);
      },
    ];
  };
}

/** hvp(f)(x, v, ...rest) = ∇²f(x)·v for the first argument of a scalar function: the jvp of its gradient. */
export function hvp(f: TensorFunction): (x: Operand, v: Operand, ...rest: Operand[]) => Tensor {
  return (x, v, ...rest) => valueGradHvp(f)(x, v, ...rest)[2]!;
}

/** [f(x), ∇f(x), ∇²f(x)·v] for the first argument of a scalar function, which share all that they have in common. */
export function valueGradHvp(f: TensorFunction): (x: Operand, v: Operand, ...rest: Operand[]) => Tensor[] {
  return (x, v, ...rest) => {
    const [at, along, others] = [lift(x), lift(v), rest.map(lift)];
    matching("hvp", [along], [at], "a direction");
    const graph = trace(
      f,
      [at, ...others].map((one) => one.shape),
    );
    const combined = consing(graph.nodes, () => {
      const [gradient] = gradientGraph(graph, 0, "hvp").outputs as [Tensor];
      const direction = input(at.shape);
      const [product] = pushForward([gradient], new Map([[graph.inputs[0]!, direction]]));
      return makeGraph(
        [...graph.inputs, direction],
        [graph.outputs[0]!, gradient, product ?? full(at.shape, 0)],
      );
    });
    return call(combined, [at, ...others, along]);
  };
}
