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
  const gathered = new Map<Tensor, Tensor>();
  const give = (to: Tensor, cotangent: Tensor | undefined): void => {
    const total = plus(gathered.get(to), cotangent);
    if (total !== undefined) gathered.set(to, total);
  };
  outputs.forEach((output, k) => give(output, cotangents[k]));
  for (const node of nodes.toReversed()) {
    const cotangent = gathered.get(node);
    if (cotangent === undefined || !depends.has(node)) continue;
    pullback(
      node,
      cotangent,
      (k) => depends.has(node.inputs[k]!),
      (k, part) => give(node.inputs[k]!, part),
    );
  }
  return targets.map((target) => gathered.get(target));
}

/** Hands the cotangents of a node's inputs to `give`. */
function pullback(
  node: Tensor,
  cotangent: Tensor,
  needed: (k: number) => boolean,
  give: (k: number, part: Tensor | undefined) => void,
): void {
  const { derivative } = node.op;
  switch (derivative.kind) {
    case "none":
      return;
    case "partials":
      derivative.of(node.inputs, node).forEach((partial, k) => {
        if (needed(k)) give(k, scale(cotangent, partial));
      });
      return;
    case "linear":
    case "multilinear":
      node.inputs.forEach((_, k) => {
        if (needed(k) && (derivative.operands === "all" || derivative.operands.includes(k)))
          give(k, derivative.transpose(cotangent, k, node));
      });
      return;
    case "pushforward": {
      // The tangent is linear in the inputs' tangents, so reverse mode through it is its transpose.
      const tangents = node.inputs.map((from, k) => (needed(k) ? input(from.shape) : undefined));
      const asked = tangents.filter((tangent) => tangent !== undefined);
      const parts = backpropagate([derivative.of(node, tangents)], [cotangent], asked);
      tangents.forEach((tangent, k) => {
        if (tangent !== undefined) give(k, parts[asked.indexOf(tangent)]);
      });
      return;
    }
    default:
      derivative satisfies never;
  }
}

/** Zeros in place of an absent cotangent. */
export function orZero(cotangent: Tensor | undefined, like: Tensor): Tensor {
  return cotangent ?? full(like.shape, 0);
}
