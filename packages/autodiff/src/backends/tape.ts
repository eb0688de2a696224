// A tape: one closure for each node, over arrays allocated once. Constant parts are computed when it is made.
import type { Graph } from "../graph.ts";
import type { Arithmetic, Tensor, Values } from "../ir.ts";
import type { Backend, Executable, Precision } from "./backend.ts";
import { allocate, arithmetics } from "./interpret.ts";

type Step = () => void;

/** The step that computes a node into `out`. */
function stepOf(node: Tensor, inputs: readonly Values[], out: Values, arithmetic: Arithmetic): Step {
  const { kernel } = node.op;
  if (kernel.kind === "array") return () => kernel.run(out, inputs, node, arithmetic);
  if (kernel.kind === "view") throw new Error("a view has no step");
  const [a, b, c] = inputs as [Values, Values?, Values?];
  const single = out instanceof Float32Array ? kernel.single : undefined;
  if (b === undefined) return () => unary(out, a, single ?? kernel.apply, arithmetic.round);
  if (c === undefined)
    return out instanceof Float64Array && node.op.name in loops
      ? () => loops[node.op.name]!(out, a, b)
      : () => binary(out, a, b, kernel.apply, arithmetic.round);
  return () => ternary(out, a, b, c, kernel.apply, arithmetic.round);
}

type Apply = (a: number, b: number, c: number) => number;
type Round = (x: number) => number;

function unary(out: Values, a: Values, apply: Apply, round: Round): void {
  for (let i = 0; i < out.length; i++) out[i] = round(apply(a[i]!, 0, 0));
}
function binary(out: Values, a: Values, b: Values, apply: Apply, round: Round): void {
  for (let i = 0; i < out.length; i++) out[i] = round(apply(a[i]!, b[i]!, 0));
}
function ternary(out: Values, a: Values, b: Values, c: Values, apply: Apply, round: Round): void {
  for (let i = 0; i < out.length; i++) out[i] = round(apply(a[i]!, b[i]!, c[i]!));
}

/** Loops of their own for the commonest ops, which an engine can keep monomorphic. */
const loops: Readonly<Record<string, (out: Values, a: Values, b: Values) => void>> = {
  add(out, a, b) {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]!;
  },
  sub(out, a, b) {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
  },
  mul(out, a, b) {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! * b[i]!;
  },
};

export const tape: Backend = {
  name: "tape",
  prepare(graph: Graph, precision: Precision): Executable {
    const arithmetic = arithmetics[precision];
    const values = new Map<Tensor, Values>();
    const varying = new Set<Tensor>(graph.inputs);
    const steps: Step[] = [];
    let memory = 0;
    for (const node of graph.nodes) {
      if (node.op.kernel.kind === "view") {
        values.set(node, values.get(node.inputs[0]!)!);
        if (varying.has(node.inputs[0]!)) varying.add(node);
        continue;
      }
      const out = allocate(precision, node.size);
      memory += out.byteLength;
      values.set(node, out);
      if (varying.has(node)) continue;
      const step = stepOf(
        node,
        node.inputs.map((from) => values.get(from)!),
        out,
        arithmetic,
      );
      if (node.inputs.some((from) => varying.has(from))) {
        varying.add(node);
        steps.push(step);
      } else step();
    }
    const inputs = graph.inputs.map((node) => values.get(node)!);
    const outputs = graph.outputs.map((node) => values.get(node)!);
    return {
      inputs,
      outputs,
      memory,
      execute() {
        for (let s = 0; s < steps.length; s++) steps[s]!();
      },
    };
  },
};
