// Vectorisation: a function of one example becomes a function of a batch, with one more leading axis.
import { AutodiffError } from "../errors.ts";
import { fromLast } from "../axes.ts";
import { consing, makeGraph, makeNode, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { broadcast } from "../ops/sum-broadcast.ts";
import { lift, type Operand } from "../ops/leaves.ts";
import { transpose } from "../ops/transpose.ts";
import { shapeText } from "../shape.ts";
import { call, input, trace, type Traceable } from "../trace.ts";

/**
 * Graph of f → graph whose inputs marked in `mapped`, and all outputs, have a leading axis of length `count`. Since nodes
 * count axes from the last, a node is applied as it is; operands that are not mapped are stretched.
 */
export function vmapGraph(graph: Graph, mapped: readonly boolean[], count: number): Graph {
  return consing(graph.nodes, () => {
    const batched = new Map<Tensor, Tensor>();
    const inputs = graph.inputs.map((node, k) => {
      if (mapped[k] !== true) return node;
      const wide = input([count, ...node.shape]);
      batched.set(node, wide);
      return wide;
    });
    const stretched = (node: Tensor): Tensor => batched.get(node) ?? broadcast(node, [count, ...node.shape]);
    for (const node of graph.nodes) {
      if (batched.has(node) || !node.inputs.some((from) => batched.has(from))) continue;
      const widened =
        node.op.mapped === undefined
          ? makeNode(node.op, node.inputs.map(stretched), node.attributes)
          : makeNode(
              node.op,
              node.inputs.map((from) => batched.get(from) ?? from),
              node.op.mapped(
                node.attributes,
                node.inputs.map((from) => batched.has(from)),
              ),
            );
      batched.set(node, widened);
    }
    return makeGraph(inputs, graph.outputs.map(stretched));
  });
}

/** The axis of each argument that is mapped over; null for an argument that all share. */
export type MappedAxes = number | null | readonly (number | null)[];

/**
 * vmap(f) maps f over the leading axis of its arguments (or other axes, see MappedAxes); results are stacked along a new
 * leading axis. The same bits as a loop. @throws AutodiffError where mapped axes differ in length or are missing.
 */
export function vmap<R extends Tensor | readonly Tensor[]>(
  f: (...inputs: Tensor[]) => R,
  axes: MappedAxes = 0,
): (...inputs: Operand[]) => R {
  return (...operands) => {
    const tensors = operands.map(lift);
    const fronted = tensors.map((tensor, k) => {
      const axis = typeof axes === "object" && axes !== null ? axes[k] : axes;
      return axis === null || axis === undefined ? undefined : toFront(tensor, axis);
    });
    const lengths = new Set(fronted.flatMap((tensor) => (tensor === undefined ? [] : [tensor.shape[0]!])));
    if (lengths.size !== 1)
      throw new AutodiffError(
        "vmap",
        lengths.size === 0
          ? "no argument is mapped"
          : `mapped axes have lengths ${[...lengths].join(", ")} (shapes ${tensors.map((one) => shapeText(one.shape)).join(", ")})`,
        "map at least one argument; all mapped axes must be equally long",
      );
    const [count] = lengths as Set<number> & Iterable<number>;
    let single = false;
    const one: Traceable = (...inputs) => {
      const result = f(...inputs);
      single = !Array.isArray(result);
      return result;
    };
    const graph = trace(
      one,
      fronted.map((tensor, k) => tensor?.shape.slice(1) ?? tensors[k]!.shape),
    );
    const wide = vmapGraph(
      graph,
      fronted.map((tensor) => tensor !== undefined),
      count!,
    );
    const results = call(
      wide,
      fronted.map((tensor, k) => tensor ?? tensors[k]!),
    );
    return (single ? results[0]! : results) as R;
  };
}

function toFront(tensor: Tensor, axis: number): Tensor {
  const at = fromLast("vmap", axis, tensor.shape) + tensor.shape.length;
  const rest = tensor.shape.map((_, i) => i).filter((i) => i !== at);
  return transpose(tensor, [at, ...rest]);
}
