// Graphs in the language of Graphviz.
import type { Graph } from "../graph.ts";
import { knownValue } from "../ops/leaves.ts";
import { shapeText } from "../shape.ts";

/** A directed graph: inputs as boxes, ops as ellipses with their shapes, outputs with a double edge. Names are kept. */
export function toDot(graph: Graph, names: readonly string[] = []): string {
  const number = new Map(graph.nodes.map((node, k) => [node, k]));
  const lines = graph.nodes.map((node) => {
    const id = number.get(node)!;
    const input = graph.inputs.indexOf(node);
    const value = knownValue(node);
    const own = node.op.name === "name" ? `"${String(node.attributes["name"])}"` : node.op.name;
    const label = input >= 0 ? (names[input] ?? `input ${input}`) : value === undefined ? own : String(value);
    const outer = graph.outputs.includes(node) ? ", peripheries=2" : "";
    const shape = input >= 0 ? "box" : "ellipse";
    const edges = node.inputs.map((from) => `\n  n${number.get(from)!} -> n${id};`).join("");
    return `  n${id} [label="${`${label}\\n${shapeText(node.shape)}`.replaceAll('"', '\\"')}", shape=${shape}${outer}];${edges}`;
  });
  return `digraph {\n${lines.join("\n")}\n}\n`;
}
