// Gradients of scalar functions: `grad`, `valueAndGrad`, and derivatives with respect to named intermediates.
import { AutodiffError } from "../errors.ts";
import { consing, makeGraph, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { full } from "../ops/leaves.ts";
import { shapeText } from "../shape.ts";
import { transformed } from "../trace.ts";
import { inline, type TensorFunction } from "./inline.ts";
import { backpropagate, orZero } from "./reverse.ts";

/** Which arguments to differentiate with respect to: one, or several. */
export type Argument = number | readonly number[];

function scalarOutput(who: string, graph: Graph): Tensor {
  const [output] = graph.outputs;
  if (graph.outputs.length !== 1 || output === undefined || output.shape.length !== 0)
    throw new AutodiffError(
      who,
      `the function returns ${graph.outputs.map((one) => shapeText(one.shape)).join(", ")}`,
      "return one scalar, shape [] (sum or mean of it), or use jacobian",
    );
  return output;
}

function inputsAt(who: string, graph: Graph, argument: Argument): Tensor[] {
  return (typeof argument === "number" ? [argument] : argument).map((k) => {
    const found = graph.inputs[k];
    if (found === undefined)
      throw new AutodiffError(
        who,
        `argument ${k} of a function of ${graph.inputs.length}`,
        "count arguments from 0",
      );
    return found;
  });
}

/** ∂output/∂target of each target, in a graph of one scalar output. */
function gradientsOf(who: string, graph: Graph, targetsOf: () => readonly Tensor[]): Tensor[] {
  return consing(graph.nodes, () => {
    const output = scalarOutput(who, graph);
    const targets = targetsOf();
    const cotangents = backpropagate([output], [full([], 1)], targets);
    return cotangents.map((cotangent, k) => orZero(cotangent, targets[k]!));
  });
}

/** Graph of f → graph of [∂f/∂argument, …]. */
export function gradientGraph(graph: Graph, argument: Argument = 0, who = "grad"): Graph {
  return makeGraph(
    graph.inputs,
    gradientsOf(who, graph, () => inputsAt(who, graph, argument)),
  );
}

/** Graph of f → graph of [f, ∂f/∂argument, …]. */
export function valueAndGradientGraph(graph: Graph, argument: Argument = 0): Graph {
  const gradients = gradientsOf("valueAndGrad", graph, () => inputsAt("valueAndGrad", graph, argument));
  return makeGraph(graph.inputs, [graph.outputs[0]!, ...gradients]);
}

/** The gradient of a scalar function with respect to one argument (default: the first), or to several. */
export function grad(f: TensorFunction, argument?: number): (...inputs: Tensor[]) => Tensor;
export function grad(f: TensorFunction, argument: readonly number[]): (...inputs: Tensor[]) => Tensor[];
export function grad(f: TensorFunction, argument: Argument = 0): (...inputs: Tensor[]) => Tensor | Tensor[] {
  const transform = (graph: Graph): Graph => gradientGraph(graph, argument);
  const gradient = (...inputs: Tensor[]): Tensor | Tensor[] => {
    const gradients = inline(f, inputs, transform);
    return typeof argument === "number" ? gradients[0]! : gradients;
  };
  return transformed(gradient, f, transform);
}

/** [f, ∂f/∂argument, …], which share all that they have in common. */
export function valueAndGrad(f: TensorFunction, argument: Argument = 0): (...inputs: Tensor[]) => Tensor[] {
  const transform = (graph: Graph): Graph => valueAndGradientGraph(graph, argument);
  return transformed((...inputs: Tensor[]) => inline(f, inputs, transform), f, transform);
}

/** What intermediates of these names are, in a graph. @throws AutodiffError where there is no such name. */
export function named(graph: Graph, name: string): Tensor {
  const found = graph.nodes.filter((node) => node.op.name === "name" && node.attributes["name"] === name);
  if (found.length !== 1) {
    const names = graph.nodes
      .filter((node) => node.op.name === "name")
      .map((node) => String(node.attributes["name"]));
    throw new AutodiffError(
      "derivatives",
      found.length === 0
        ? `no intermediate is named "${name}"`
        : `${found.length} intermediates are named "${name}"`,
      `the names are: ${names.join(", ") || 'none; name(tensor, "u") gives one'}`,
    );
  }
  return found[0]!;
}

/** [∂f/∂u, …] for intermediates that f names with `name(tensor, "u")`: derivatives of each link of a chain. */
export function derivatives(f: TensorFunction, names: readonly string[]): (...inputs: Tensor[]) => Tensor[] {
  return (...inputs) =>
    inline(f, inputs, (graph) =>
      makeGraph(
        graph.inputs,
        gradientsOf("derivatives", graph, () => names.map((name) => named(graph, name))),
      ),
    );
}
