// Constant folding: what depends on no input is computed once, by the reference interpreter, so that bits stay.
import { consing, makeGraph, makeNode, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { evaluateNodes } from "../backends/interpret.ts";
import type { Precision } from "../backends/backend.ts";
import { constant, full } from "../ops/leaves.ts";

/** Larger constants than this many numbers are computed on each run rather than kept. */
const LARGEST = 65_536;

const isConstant = (node: Tensor): boolean => node.op.name === "full" || node.op.name === "constant";

export function foldConstants(graph: Graph, precision: Precision): Graph {
  return consing(graph.inputs, () => {
    const results = new Map<Tensor, Tensor>(graph.inputs.map((node) => [node, node]));
    for (const node of graph.nodes) {
      if (results.has(node)) continue;
      const inputs = node.inputs.map((from) => results.get(from)!);
      const rebuilt = inputs.length === 0 ? node : makeNode(node.op, inputs, node.attributes);
      const known = inputs.length > 0 && node.size <= LARGEST && inputs.every(isConstant);
      results.set(node, known ? valueOf(rebuilt, precision) : rebuilt);
    }
    return makeGraph(
      graph.inputs,
      graph.outputs.map((output) => results.get(output)!),
    );
  });
}

function valueOf(node: Tensor, precision: Precision): Tensor {
  const graph = makeGraph([], [node]);
  const values = Float64Array.from(evaluateNodes(graph, [], precision).get(node)!);
  const first = values[0];
  const alike = first !== undefined && values.every((value) => Object.is(value, first));
  return alike ? full(node.shape, first) : constant(values, node.shape);
}
