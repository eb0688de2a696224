// Simplification: rules applied from the inputs up, until none applies; hash-consing shares what is equal.
import { consing, makeGraph, onResults, shared, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { disjointSum } from "../rules/assembly.ts";
import { exactRules, type Rule } from "../rules/exact.ts";

/** Rewrites a graph by rules. Inputs stay as they are, also those that are no longer needed. */
export function rewrite(graph: Graph, rules: readonly Rule[]): Graph {
  return consing(graph.inputs, () => settled(graph, new RuleBook(rules)));
}

function settled(graph: Graph, book: RuleBook): Graph {
  const results = new Map<Tensor, Tensor>();
  for (const node of graph.inputs) results.set(node, node);
  for (const node of graph.nodes) {
    if (results.has(node)) continue;
    const made = onResults(node, results);
    results.set(node, book.settle(made === node ? shared(node) : made));
  }
  return makeGraph(
    graph.inputs,
    graph.outputs.map((output) => results.get(output)!),
  );
}

/** Rules by the op that they are for, looked up once for each op of a graph. */
class RuleBook {
  private readonly rules: readonly Rule[];
  private readonly byOp = new Map<string, readonly Rule[]>();
  constructor(rules: readonly Rule[]) {
    this.rules = rules;
  }
  /** What rules make of a node, until none applies. */
  settle(node: Tensor): Tensor {
    for (const rule of this.rulesOf(node.op.name)) {
      const simpler = rule.apply(node);
      if (simpler !== undefined && simpler !== node) return this.settle(simpler);
    }
    return node;
  }
  private rulesOf(op: string): readonly Rule[] {
    let found = this.byOp.get(op);
    if (found === undefined) {
      found = this.rules.filter((rule) => rule.on === undefined || rule.on.includes(op));
      this.byOp.set(op, found);
    }
    return found;
  }
}

/** What compilers use: every bit stays, −0 and NaN included. */
export function simplifyExactly(graph: Graph): Graph {
  return rewrite(graph, [...exactRules, disjointSum]);
}
