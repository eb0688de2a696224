// Tracing: a function is called once, on inputs without numbers, and the ops it calls are its graph.
import { AutodiffError } from "./errors.ts";
import { consing, fresh, leaf, makeGraph, makeNode, substitute, type Graph } from "./graph.ts";
import { Tensor, type Op } from "./ir.ts";
import { inputOp } from "./ops/leaves.ts";
import { sameShape, shapeText, type Shape } from "./shape.ts";

/** A function on tensors, as it is traced. */
export type Traceable = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** A function that a transform made: of what, and how. */
interface Origin {
  readonly f: Traceable;
  readonly transform: (graph: Graph) => Graph;
}
const origins = new WeakMap<Traceable, Origin>();

/** Remembers what a function was made of, so that it is traced as that: its inputs are nobody else's then, and stay. */
export function transformed<F extends Traceable>(made: F, f: Traceable, transform: Origin["transform"]): F {
  origins.set(made, { f, transform });
  return made;
}

/**
 * The graph of `f` on inputs of these shapes. `f` is called once; whatever it does besides calling ops is done now.
 * @throws AutodiffError where shapes do not fit, with the line that called the op.
 */
export function trace(f: Traceable, shapes: readonly Shape[]): Graph {
  return consing([], () => {
    const origin = origins.get(f);
    if (origin !== undefined) return origin.transform(trace(origin.f, shapes));
    const inputs = shapes.map((shape) => input(shape));
    return makeGraph(inputs, outputsOf(f(...inputs)));
  });
}

/** A new input, unlike any other. */
export function input(shape: Shape): Tensor {
  if (!shape.every((length) => Number.isInteger(length) && length >= 0))
    throw new AutodiffError("trace", `a shape is ${shapeText(shape)}`, "give whole numbers ≥ 0");
  return leaf(inputOp, [], { unique: fresh() }, shape);
}

function outputsOf(result: Tensor | readonly Tensor[]): readonly Tensor[] {
  const outputs = result instanceof Tensor ? [result] : result;
  if (!Array.isArray(outputs) || !outputs.every((output) => output instanceof Tensor))
    throw new AutodiffError(
      "trace",
      "the traced function returned something else than tensors",
      "return a tensor or an array of tensors (constant(2) makes one of a number)",
    );
  return outputs;
}

/** The outputs of a graph with these tensors as its inputs. */
export function call(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  if (inputs.length !== graph.inputs.length)
    throw new AutodiffError(
      "call",
      `${inputs.length} arguments were given to a function of ${graph.inputs.length}`,
      "give one tensor for each input",
    );
  inputs.forEach((given, k) => {
    const wanted = graph.inputs[k]!.shape;
    if (!sameShape(given.shape, wanted))
      throw new AutodiffError(
        "call",
        `argument ${k} has shape ${shapeText(given.shape)}`,
        `give shape ${shapeText(wanted)}, for which the function was traced`,
      );
  });
  return substitute(graph.outputs, new Map(graph.inputs.map((from, k) => [from, inputs[k]!])));
}

/** Applies an op of one's own (see `Op`) to tensors. */
export function apply(op: Op, inputs: readonly Tensor[], attributes: Tensor["attributes"] = {}): Tensor {
  return makeNode(op, inputs, attributes);
}
