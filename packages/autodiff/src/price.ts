// Prices: weighted operations of a graph as it was traced, so that no compiler changes what an evaluation costs.
import type { Graph } from "./graph.ts";

/**
 * Weighted operations of one evaluation: + − × and comparisons 1 an element, ÷ and √ 4, exp and log 10, other elementary
 * functions 12 to 25 (each op states its own), sums 1 an entry, contractions 2 a product, moving data 0. Shared nodes
 * count once. Counted before any simplification.
 */
export function operations(graph: Graph): number {
  return graph.nodes.reduce((total, node) => total + node.op.operations(node), 0);
}
