// The reference interpreter: every node in order, by the op's own kernel. Plain, allocating, never clever.
import type { Graph } from "../graph.ts";
import type { Arithmetic, Tensor, Values } from "../ir.ts";
import type { Backend, Executable, Precision } from "./backend.ts";

export const arithmetics: Readonly<Record<Precision, Arithmetic>> = {
  f64: { round: (x) => x, lanes: 4 },
  f32: { round: Math.fround, lanes: 8 },
};

export function allocate(precision: Precision, size: number): Values {
  return precision === "f64" ? new Float64Array(size) : new Float32Array(size);
}

/** The values of all nodes, given those of the inputs. */
export function evaluateNodes(
  graph: Graph,
  inputs: readonly Values[],
  precision: Precision,
): Map<Tensor, Values> {
  const values = new Map<Tensor, Values>(graph.inputs.map((node, k) => [node, inputs[k]!]));
  for (const node of graph.nodes)
    if (!values.has(node))
      values.set(
        node,
        evaluateNode(
          node,
          node.inputs.map((from) => values.get(from)!),
          precision,
        ),
      );
  return values;
}

function evaluateNode(node: Tensor, inputs: readonly Values[], precision: Precision): Values {
  const { kernel } = node.op;
  const arithmetic = arithmetics[precision];
  if (kernel.kind === "view") return inputs[0]!;
  const out = allocate(precision, node.size);
  if (kernel.kind === "array") kernel.run(out, inputs, node, arithmetic);
  else if (precision === "f32" && kernel.single !== undefined)
    for (let i = 0; i < out.length; i++) out[i] = kernel.single(inputs[0]![i]!);
  else
    for (let i = 0; i < out.length; i++)
      out[i] = arithmetic.round(kernel.apply(inputs[0]![i]!, inputs[1]?.[i] ?? 0, inputs[2]?.[i] ?? 0));
  return out;
}

export const interpret: Backend = {
  name: "interpret",
  prepare(graph: Graph, precision: Precision): Executable {
    const inputs = graph.inputs.map((node) => allocate(precision, node.size));
    const outputs = graph.outputs.map((node) => allocate(precision, node.size));
    return {
      inputs,
      outputs,
      memory: [...inputs, ...outputs].reduce((bytes, array) => bytes + array.byteLength, 0),
      execute() {
        const values = evaluateNodes(graph, inputs, precision);
        graph.outputs.forEach((output, k) => outputs[k]!.set(values.get(output)!));
      },
    };
  },
};
