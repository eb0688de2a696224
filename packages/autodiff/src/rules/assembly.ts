// Sums of vectors that are zero but in different places, as gradients by slices of one vector are: one concatenation.
import type { Tensor } from "../ir.ts";
import { add } from "../ops/arithmetic.ts";
import { concat } from "../ops/concat.ts";
import { full, knownValue } from "../ops/leaves.ts";
import type { Rule } from "./exact.ts";

/** A piece of a vector that is not known to be zero. */
interface Part {
  readonly start: number;
  readonly stop: number;
  readonly tensor: Tensor;
}

const isZero = (node: Tensor): boolean => Object.is(knownValue(node), 0);

/** The parts of a padded or concatenated vector, in order. */
function partsOf(node: Tensor): Part[] | undefined {
  if (node.shape.length !== 1) return undefined;
  const { name } = node.op;
  if (name !== "pad" && name !== "concat") return undefined;
  let start = name === "pad" ? (node.attributes["before"] as number) : 0;
  const parts: Part[] = [];
  for (const tensor of node.inputs) {
    const stop = start + tensor.size;
    if (!isZero(tensor)) parts.push({ start, stop, tensor });
    start = stop;
  }
  return parts;
}

/** x + 0, which turns −0 to +0; nothing for sums, which begin at +0 and never are −0. */
function plusZero(x: Tensor): Tensor {
  const source = x.op.name === "reshape" ? x.inputs[0]! : x;
  if (source.op.name === "contract" || source.op.name === "sum") return x;
  const done = x.op.name === "add" && x.inputs.some(isZero);
  return done ? x : add(x, 0);
}

export const disjointSum: Rule = {
  name: "a sum of vectors with disjoint parts is a concatenation",
  on: ["add"],
  apply: (node) => {
    const [a, b] = node.inputs.map(partsOf);
    if (a === undefined || b === undefined) return undefined;
    const parts = [...a, ...b].sort((p, q) => p.start - q.start);
    const pieces: Tensor[] = [];
    let at = 0;
    for (const { start, stop, tensor } of parts) {
      if (start < at) return undefined;
      if (start > at) pieces.push(full([start - at], 0));
      pieces.push(plusZero(tensor));
      at = stop;
    }
    const size = node.size - at;
    return concat(size > 0 ? [...pieces, full([size], 0)] : pieces);
  },
};
