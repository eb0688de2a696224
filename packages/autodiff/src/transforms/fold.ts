// Constant folding: what depends on no input is computed once, by the reference interpreter, so that bits stay.
import { consing, makeGraph, onResults, reachable, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { evaluateNodes } from "../backends/interpret.ts";
import type { Precision } from "../backends/backend.ts";
import { constant, full } from "../ops/leaves.ts";

/** Larger constants than this many numbers are computed on each run rather than kept. */
const LARGEST = 65_536;

const isConstant = (node: Tensor): boolean => node.op.name === "full" || node.op.name === "constant";

/** Whether a node is known: all that it is computed from is. */
const isKnown = (node: Tensor): boolean =>
  node.inputs.length > 0 && node.size <= LARGEST && node.inputs.every(isConstant);

export function foldConstants(graph: Graph, precision: Precision): Graph {
  if (!graph.nodes.some(isKnown)) return graph;
  return consing(graph.nodes, () => folded(graph, precision));
}

function folded(graph: Graph, precision: Precision): Graph {
  const results = new Map<Tensor, Tensor>();
  for (const node of graph.nodes) {
    const made = onResults(node, results);
    results.set(node, isKnown(made) ? valueOf(made, precision) : made);
  }
  const outputs = graph.outputs.map((output) => results.get(output)!);
  // In the order of what they replace.
  const needed = new Set(reachable([...graph.inputs, ...outputs]));
  const nodes = [...new Set(results.values())].filter((node) => needed.has(node));
  return { inputs: graph.inputs, outputs, nodes };
}

function valueOf(node: Tensor, precision: Precision): Tensor {
  const graph = makeGraph([], [node]);
  const values = new Float64Array(evaluateNodes(graph, [], precision).get(node)!);
  const first = values[0];
  if (first === undefined) return constant(values, node.shape);
  for (const value of values) if (!Object.is(value, first)) return constant(values, node.shape);
  return full(node.shape, first);
}
