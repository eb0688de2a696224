// Transforms as functions of functions: trace on fresh inputs, transform the graph, put the arguments in their place.
import type { Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { lift, type Operand } from "../ops/leaves.ts";
import { call, trace, type Traceable } from "../trace.ts";

export type TensorFunction = Traceable;

/**
 * The outputs of the transformed `f` at these arguments. Fresh inputs keep derivatives apart when an argument is used
 * inside and outside of a differentiated function.
 */
export function inline(
  f: TensorFunction,
  inputs: readonly Operand[],
  transform: (graph: Graph) => Graph,
): Tensor[] {
  const tensors = inputs.map(lift);
  const graph = trace(
    f,
    tensors.map((tensor) => tensor.shape),
  );
  return call(transform(graph), tensors);
}
