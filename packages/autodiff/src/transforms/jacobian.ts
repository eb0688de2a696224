// Whole Jacobians and Hessians: a pushforward or a pullback, mapped over the unit vectors.
import { AutodiffError } from "../errors.ts";
import { consing, makeGraph, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { constant, full } from "../ops/leaves.ts";
import { transpose } from "../ops/transpose.ts";
import { reshape } from "../ops/view.ts";
import { call, input } from "../trace.ts";
import { pushForward } from "./forward.ts";
import { grad } from "./gradient.ts";
import { inline, type TensorFunction } from "./inline.ts";
import { backpropagate, orZero } from "./reverse.ts";
import { vmapGraph } from "./vmap.ts";

export interface JacobianOptions {
  /** Which argument; default the first. */
  readonly argument?: number;
  /** Default: forward where the argument has fewer entries than the result, otherwise reverse. */
  readonly mode?: "forward" | "reverse";
}

function units(count: number): Float64Array {
  const matrix = new Float64Array(count * count);
  for (let i = 0; i < count; i++) matrix[i * (count + 1)] = 1;
  return matrix;
}

/** Graph of f (one output) → graph of its Jacobian, shape [...output, ...input]. */
export function jacobianGraph(graph: Graph, { argument = 0, mode }: JacobianOptions = {}): Graph {
  return consing(graph.nodes, () => {
    const [output, x] = [graph.outputs[0], graph.inputs[argument]];
    if (graph.outputs.length !== 1 || output === undefined || x === undefined)
      throw new AutodiffError(
        "jacobian",
        `${graph.outputs.length} outputs, argument ${argument} of ${graph.inputs.length}`,
        "give a function of one output and the number of an argument",
      );
    const forward = (mode ?? (x.size < output.size ? "forward" : "reverse")) === "forward";
    const [from, to] = forward ? [x, output] : [output, x];
    const direction = input(from.shape);
    const image = forward
      ? (pushForward([output], new Map([[x, direction]]))[0] ?? full(output.shape, 0))
      : orZero(backpropagate([output], [direction], [x])[0], x);
    const one = makeGraph([...graph.inputs, direction], [image]);
    const wide = vmapGraph(one, [...graph.inputs.map(() => false), true], from.size);
    const basis = constant(units(from.size), [from.size, ...from.shape]);
    const rows = reshape(call(wide, [...graph.inputs, basis])[0]!, [from.size, to.size]);
    return makeGraph(graph.inputs, [
      reshape(forward ? transpose(rows) : rows, [...output.shape, ...x.shape]),
    ]);
  });
}

/** ∂f/∂x of a function with one result: shape [...result, ...x]. */
export function jacobian(f: TensorFunction, options: JacobianOptions = {}): (...inputs: Tensor[]) => Tensor {
  return (...inputs) => inline(f, inputs, (graph) => jacobianGraph(graph, options))[0]!;
}

/** ∇²f of a scalar function: shape [...x, ...x]; forward over reverse. */
export function hessian(f: TensorFunction, argument = 0): (...inputs: Tensor[]) => Tensor {
  return jacobian(grad(f, argument), { argument, mode: "forward" });
}
