// Forward mode: tangents flow from the inputs to the outputs.
import { makeNode, reachable } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { full } from "../ops/leaves.ts";
import { plus, scale } from "./scale.ts";

/** The tangents of the outputs, given tangents of some nodes; undefined is zero. */
export function pushForward(
  outputs: readonly Tensor[],
  seeds: ReadonlyMap<Tensor, Tensor>,
): (Tensor | undefined)[] {
  const tangents = new Map<Tensor, Tensor | undefined>(seeds);
  for (const node of reachable(outputs)) {
    if (tangents.has(node)) continue;
    const given = node.inputs.map((from) => tangents.get(from));
    tangents.set(node, given.every((tangent) => tangent === undefined) ? undefined : tangentOf(node, given));
  }
  return outputs.map((output) => tangents.get(output));
}

function tangentOf(node: Tensor, given: readonly (Tensor | undefined)[]): Tensor | undefined {
  const { derivative } = node.op;
  switch (derivative.kind) {
    case "none":
      return undefined;
    case "partials": {
      const partials = derivative.of(node.inputs, node);
      return given.reduce<Tensor | undefined>(
        (total, tangent, k) => plus(total, tangent === undefined ? undefined : scale(tangent, partials[k]!)),
        undefined,
      );
    }
    case "linear": {
      const { operands } = derivative;
      const linear = (k: number): boolean => operands === "all" || operands.includes(k);
      if (!given.some((tangent, k) => tangent !== undefined && linear(k))) return undefined;
      const inputs = node.inputs.map((from, k) => (linear(k) ? (given[k] ?? full(from.shape, 0)) : from));
      return makeNode(node.op, inputs, node.attributes);
    }
    case "multilinear":
      return given.reduce<Tensor | undefined>((total, tangent, k) => {
        if (tangent === undefined || !(derivative.operands === "all" || derivative.operands.includes(k)))
          return total;
        const inputs = node.inputs.map((from, i) => (i === k ? tangent : from));
        return plus(total, makeNode(node.op, inputs, node.attributes));
      }, undefined);
    case "pushforward":
      return derivative.of(node, given);
    default:
      derivative satisfies never;
  }
}
