// Contractions of two tensors (a restricted einsum): matmul, matvec, batched or not, and all their transposes are one op.
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Arithmetic, Op, Tensor, Values } from "../ir.ts";
import { shapeText, sizeOf, stridesOf, type Shape } from "../shape.ts";
import { mul } from "./arithmetic.ts";
import { lift, type Operand } from "./leaves.ts";
import { sum } from "./sum-broadcast.ts";
import { reshape } from "./view.ts";

/** A label for each axis of a, b and the output. Each label occurs in at least two of the three, once in each. */
export type Labels = {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly out: readonly number[];
};

/**
 * out[…] = Σₖ a[…] b[…] over the labels k that the output lacks. Order: for each output element, starting at +0, in
 * increasing k (several: lexicographic in the order of a's axes), each product rounded before it is added.
 */
export const contractOp: Op<Labels> = {
  name: "contract",
  arity: 2,
  infer: ([a, b], labels) => {
    const lengths = labelLengths(a!, b!, labels);
    return labels.out.map((label) => lengths.get(label)!);
  },
  kernel: {
    kind: "array",
    run: (out, [a, b], node, arithmetic) => contractKernel(out, a!, b!, node, arithmetic),
  },
  derivative: {
    kind: "multilinear",
    operands: "all",
    transpose: (cotangent, k, node) => {
      const { a, b, out } = node.attributes;
      return k === 0
        ? makeNode(contractOp, [cotangent, node.inputs[1]!], { a: out, b, out: a })
        : makeNode(contractOp, [cotangent, node.inputs[0]!], { a: out, b: a, out: b });
    },
  },
  operations: (node) => {
    const { a, b } = node.attributes;
    const lengths = labelLengths(node.inputs[0]!.shape, node.inputs[1]!.shape, node.attributes);
    let products = 1;
    for (const length of lengths.values()) products *= length;
    const contracted = a.some((label) => b.includes(label) && !node.attributes.out.includes(label));
    return contracted ? 2 * products : products;
  },
  mapped: ({ a, b, out }, [inA, inB]) => {
    const label = 1 + Math.max(-1, ...a, ...b);
    return { a: inA === true ? [label, ...a] : a, b: inB === true ? [label, ...b] : b, out: [label, ...out] };
  },
};

function labelLengths(a: Shape, b: Shape, labels: Labels): Map<number, number> {
  const lengths = new Map<number, number>();
  if (a.length !== labels.a.length || b.length !== labels.b.length)
    throw new AutodiffError(
      "matmul",
      `shapes ${shapeText(a)} and ${shapeText(b)}`,
      `give tensors of ${labels.a.length} and ${labels.b.length} axes`,
    );
  for (const [shape, names] of [
    [a, labels.a],
    [b, labels.b],
  ] as const)
    names.forEach((label, i) => {
      const length = shape[i]!;
      const known = lengths.get(label);
      if (known !== undefined && known !== length)
        throw new AutodiffError(
          "matmul",
          `shapes ${shapeText(a)} and ${shapeText(b)}`,
          `axes that are multiplied must be equally long, not ${known} and ${length}`,
        );
      lengths.set(label, length);
    });
  return lengths;
}

/** One label with its length and the strides with which it moves through a, b and the output (0: not at all). */
export interface Loop {
  readonly length: number;
  readonly a: number;
  readonly b: number;
  readonly out: number;
}

/** The loops of a contraction: over the output's axes in order, then over contracted labels in the order of a's axes. */
export function loopsOf(node: Tensor): { readonly free: Loop[]; readonly contracted: Loop[] } {
  const { a, b, out } = node.attributes as Labels;
  const [A, B] = [node.inputs[0]!.shape, node.inputs[1]!.shape];
  const lengths = labelLengths(A, B, { a, b, out });
  const [sa, sb, so] = [stridesOf(A), stridesOf(B), stridesOf(node.shape)];
  const stride = (names: readonly number[], strides: readonly number[], label: number): number => {
    const at = names.indexOf(label);
    return at < 0 ? 0 : strides[at]!;
  };
  const loop = (label: number): Loop => ({
    length: lengths.get(label)!,
    a: stride(a, sa, label),
    b: stride(b, sb, label),
    out: stride(out, so, label),
  });
  return { free: out.map(loop), contracted: a.filter((label) => !out.includes(label)).map(loop) };
}

/** Offsets (a, b, out) of every step of nested loops, in lexicographic order, flat. */
function offsetsOf(loops: readonly Loop[]): Int32Array {
  const steps = sizeOf(loops.map((loop) => loop.length));
  const offsets = new Int32Array(3 * steps);
  let repeat = steps;
  for (const loop of loops) {
    repeat = loop.length === 0 ? 0 : repeat / loop.length;
    for (let s = 0; s < steps; s++) {
      const index = Math.trunc(s / repeat) % loop.length;
      offsets[3 * s] = offsets[3 * s]! + index * loop.a;
      offsets[3 * s + 1] = offsets[3 * s + 1]! + index * loop.b;
      offsets[3 * s + 2] = offsets[3 * s + 2]! + index * loop.out;
    }
  }
  return offsets;
}

/** Where the last output axis runs along rows of one operand, whole rows are accumulated at once: the same order per element. */
function contractKernel(out: Values, a: Values, b: Values, node: Tensor, { round }: Arithmetic): void {
  const { free, contracted } = loopsOf(node);
  const last = free[free.length - 1];
  const ks = offsetsOf(contracted);
  if (last !== undefined && last.a + last.b === 1) {
    const rows = offsetsOf(free.slice(0, -1));
    out.fill(0);
    for (let r = 0; r < rows.length; r += 3)
      for (let k = 0; k < ks.length; k += 3) {
        const [atA, atB, to] = [rows[r]! + ks[k]!, rows[r + 1]! + ks[k + 1]!, rows[r + 2]!];
        if (last.b === 1) accumulateRow(out, to, a[atA]!, b, atB, last.length, round);
        else accumulateRow(out, to, b[atB]!, a, atA, last.length, round);
      }
    return;
  }
  const elements = offsetsOf(free);
  for (let e = 0; e < elements.length; e += 3) {
    const [atA, atB] = [elements[e]!, elements[e + 1]!];
    let total = 0;
    for (let k = 0; k < ks.length; k += 3)
      total = round(total + round(a[atA + ks[k]!]! * b[atB + ks[k + 1]!]!));
    out[elements[e + 2]!] = total;
  }
}

/** out[to + i] += factor · row[from + i]. */
function accumulateRow(
  out: Values,
  to: number,
  factor: number,
  row: Values,
  from: number,
  length: number,
  round: (x: number) => number,
): void {
  if (out instanceof Float64Array)
    for (let i = 0; i < length; i++) out[to + i] = out[to + i]! + factor * row[from + i]!;
  else for (let i = 0; i < length; i++) out[to + i] = round(out[to + i]! + round(factor * row[from + i]!));
}

/**
 * Matrix product: […, m, k] × […, k, n] → […, m, n]; leading axes broadcast. A vector counts as one row (left) or one
 * column (right) and its axis vanishes; two vectors give their dot product.
 * @throws AutodiffError where the inner lengths or the leading axes do not fit.
 */
export function matmul(x: Operand, y: Operand): Tensor {
  let [a, b] = [lift(x), lift(y)];
  if (a.shape.length === 0 || b.shape.length === 0)
    throw new AutodiffError(
      "matmul",
      `shapes ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
      "scalars have no axis to sum over: use mul",
    );
  if (a.shape.length === 1 && b.shape.length === 1) return dot(a, b);
  const [m, k, n] = [0, 1, 2];
  const coreA = a.shape.length === 1 ? [k] : [m, k];
  const coreB = b.shape.length === 1 ? [k] : [k, n];
  const leadRank = Math.max(a.shape.length - coreA.length, b.shape.length - coreB.length);
  const leadOf = (shape: Shape, core: number[]): number[] => {
    const lead = shape.slice(0, shape.length - core.length);
    return [...new Array<number>(leadRank - lead.length).fill(1), ...lead];
  };
  const [leadA, leadB] = [leadOf(a.shape, coreA), leadOf(b.shape, coreB)];
  // An axis of length 1 that stretches is dropped: its operand is read again for each step of the other.
  const own = (lead: number[], other: number[]): number[] =>
    lead.map((_, i) => i).filter((i) => lead[i] !== 1 || (other[i] === 1 && lead === leadA));
  const [keepA, keepB] = [own(leadA, leadB), own(leadB, leadA)];
  a = reshape(a, [...keepA.map((i) => leadA[i]!), ...a.shape.slice(a.shape.length - coreA.length)]);
  b = reshape(b, [...keepB.map((i) => leadB[i]!), ...b.shape.slice(b.shape.length - coreB.length)]);
  const label = (i: number): number => 3 + i;
  const tail = [...(coreA.length === 2 ? [m] : []), ...(coreB.length === 2 ? [n] : [])];
  return makeNode(contractOp, [a, b], {
    a: [...keepA.map(label), ...coreA],
    b: [...keepB.map(label), ...coreB],
    out: [...leadA.map((_, i) => label(i)), ...tail],
  });
}

/** Σᵢ aᵢ bᵢ of two vectors. @throws AutodiffError where the lengths differ. */
export function dot(x: Operand, y: Operand): Tensor {
  const [a, b] = [lift(x), lift(y)];
  if (a.shape.length !== 1 || b.shape.length !== 1 || a.size !== b.size)
    throw new AutodiffError(
      "dot",
      `shapes ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
      "give two vectors of one length (matmul takes matrices)",
    );
  return sum(mul(a, b));
}

/** aᵢ bⱼ: shape [m, n] of vectors of lengths m and n. */
export function outer(x: Operand, y: Operand): Tensor {
  const [a, b] = [lift(x), lift(y)];
  if (a.shape.length !== 1 || b.shape.length !== 1)
    throw new AutodiffError(
      "outer",
      `shapes ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
      "give two vectors",
    );
  return mul(reshape(a, [a.size, 1]), reshape(b, [1, b.size]));
}

/** A contraction by letters: einsum("bij,jk->bik", a, b). Each letter occurs in at least two of the three, once in each. */
export function einsum(equation: string, x: Operand, y: Operand): Tensor {
  const parts = /^([a-zA-Z]*),([a-zA-Z]*)->([a-zA-Z]*)$/.exec(equation.replaceAll(" ", ""));
  const words = parts?.slice(1).map((word) => Array.from(word, (letter) => letter.charCodeAt(0)));
  const [a, b, out] = words ?? [];
  const distinct = (word: number[]): boolean => new Set(word).size === word.length;
  const paired = (word: number[], p: number[], q: number[]): boolean =>
    word.every((c) => p.includes(c) || q.includes(c));
  if (
    !a ||
    !b ||
    !out ||
    ![a, b, out].every(distinct) ||
    !paired(a, b, out) ||
    !paired(b, a, out) ||
    !paired(out, a, b)
  )
    throw new AutodiffError(
      "einsum",
      `the equation "${equation}"`,
      'write it like "ij,jk->ik": each letter in at least two of the three, once in each',
    );
  return makeNode(contractOp, [lift(x), lift(y)], { a, b, out });
}
