// Simplification: rules applied from the inputs up, until none applies; hash-consing shares what is equal.
import { consing, makeGraph, makeNode, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { disjointSum } from "../rules/assembly.ts";
import { exactRules, type Rule } from "../rules/exact.ts";

/** Rewrites a graph by rules. Inputs stay as they are, also those that are no longer needed. */
export function rewrite(graph: Graph, rules: readonly Rule[]): Graph {
  return consing(graph.inputs, () => {
    const results = new Map<Tensor, Tensor>(graph.inputs.map((node) => [node, node]));
    const settle = (node: Tensor): Tensor => {
      for (const rule of rules) {
        const simpler = rule.apply(node);
        if (simpler !== undefined && simpler !== node) return settle(simpler);
      }
      return node;
    };
    for (const node of graph.nodes) {
      if (results.has(node)) continue;
      const inputs = node.inputs.map((from) => results.get(from)!);
      const same = inputs.every((from, k) => from === node.inputs[k]);
      results.set(node, settle(same ? node : makeNode(node.op, inputs, node.attributes)));
    }
    return makeGraph(
      graph.inputs,
      graph.outputs.map((output) => results.get(output)!),
    );
  });
}

/** What compilers use: every bit stays, −0 and NaN included. */
export function simplifyExactly(graph: Graph): Graph {
  return rewrite(graph, [...exactRules, disjointSum]);
}
