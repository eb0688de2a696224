// Reverse mode: cotangents flow from the outputs to the inputs; partials are multiplied, linear ops are transposed.
import { reachable } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { full } from "../ops/leaves.ts";
import { input } from "../trace.ts";
import { plus, scale } from "./scale.ts";

/**
 * For each of `targets`: Σ over outputs of (∂output/∂target)ᵀ cotangent, or undefined where no output depends on it.
 * Targets may be inputs or intermediates.
 */
export function backpropagate(
  outputs: readonly Tensor[],
  cotangents: readonly (Tensor | undefined)[],
  targets: readonly Tensor[],
): (Tensor | undefined)[] {
  const nodes = reachable(outputs);
  const wanted = new Set<Tensor>(targets);
  const depends = new Set<Tensor>();
  for (const node of nodes)
    if (wanted.has(node) || node.inputs.some((from) => depends.has(from))) depends.add(node);
  const gathered: Cotangents = new Map();
  for (let k = 0; k < outputs.length; k++) give(gathered, outputs[k]!, cotangents[k]);
  for (const node of nodes.toReversed()) {
    const cotangent = gathered.get(node);
    if (cotangent !== undefined && depends.has(node)) pullback(node, cotangent, depends, gathered);
  }
  return targets.map((target) => gathered.get(target));
}

/** The sum of what each node was given. */
type Cotangents = Map<Tensor, Tensor>;

function give(gathered: Cotangents, to: Tensor, cotangent: Tensor | undefined): void {
  const total = plus(gathered.get(to), cotangent);
  if (total !== undefined) gathered.set(to, total);
}

/** Gives the inputs of a node that are wanted their cotangents. */
function pullback(node: Tensor, cotangent: Tensor, wanted: ReadonlySet<Tensor>, gathered: Cotangents): void {
  const { inputs, op } = node;
  const { derivative } = op;
  switch (derivative.kind) {
    case "none":
      return;
    case "partials": {
      const partials = derivative.of(inputs, node);
      for (let k = 0; k < partials.length; k++)
        if (wanted.has(inputs[k]!)) give(gathered, inputs[k]!, scale(cotangent, partials[k]!));
      return;
    }
    case "linear":
    case "multilinear":
      for (let k = 0; k < inputs.length; k++)
        if (wanted.has(inputs[k]!) && (derivative.operands === "all" || derivative.operands.includes(k)))
          give(gathered, inputs[k]!, derivative.transpose(cotangent, k, node));
      return;
    case "pushforward":
      pullbackPushforward(node, derivative.of, cotangent, wanted, gathered);
      return;
    default:
      derivative satisfies never;
  }
}

/** A tangent is linear in the inputs' tangents, so reverse mode through it is its transpose. */
function pullbackPushforward(
  node: Tensor,
  pushforward: (node: Tensor, tangents: readonly (Tensor | undefined)[]) => Tensor,
  cotangent: Tensor,
  wanted: ReadonlySet<Tensor>,
  gathered: Cotangents,
): void {
  const tangents = node.inputs.map((from) => (wanted.has(from) ? input(from.shape) : undefined));
  const asked = tangents.filter((tangent) => tangent !== undefined);
  const parts = backpropagate([pushforward(node, tangents)], [cotangent], asked);
  tangents.forEach((tangent, k) => {
    if (tangent !== undefined) give(gathered, node.inputs[k]!, parts[asked.indexOf(tangent)]);
  });
}

/** Zeros in place of an absent cotangent. */
export function orZero(cotangent: Tensor | undefined, like: Tensor): Tensor {
  return cotangent ?? full(like.shape, 0);
}
