// Graphs as expressions of mathematics: a small tree that text, LaTeX and MathML are written from.
import type { Tensor } from "../ir.ts";
import type { Labels } from "../ops/contract.ts";
import { knownValue } from "../ops/leaves.ts";

export type Expression =
  | { readonly kind: "number"; readonly value: number }
  /** A name, perhaps with an index: x, x₂, w₁₀. */
  | { readonly kind: "symbol"; readonly name: string; readonly index?: string }
  | {
      readonly kind: "add" | "sub" | "mul" | "matmul" | "div" | "pow";
      readonly a: Expression;
      readonly b: Expression;
    }
  | { readonly kind: "neg" | "transpose"; readonly a: Expression }
  | {
      readonly kind: "relation";
      readonly sign: "<" | "≤" | "=" | "≠";
      readonly a: Expression;
      readonly b: Expression;
    }
  | {
      readonly kind: "choice";
      readonly condition: Expression;
      readonly a: Expression;
      readonly b: Expression;
    }
  | { readonly kind: "call"; readonly name: string; readonly parts: readonly Expression[] };

/** What an input is called; default x, y, z, or x1, x2 … of more than three. */
export function defaultNames(count: number): string[] {
  return count <= 3 ? ["x", "y", "z"].slice(0, count) : Array.from({ length: count }, (_, k) => `x${k + 1}`);
}

const relations: Readonly<Record<string, "<" | "≤" | "=" | "≠">> = {
  less: "<",
  lessEqual: "≤",
  equal: "=",
  notEqual: "≠",
};

/** The expression that a node is. Shared nodes are written out wherever they are used. */
export function expressionOf(root: Tensor, names: ReadonlyMap<Tensor, string>): Expression {
  const known = new Map<Tensor, Expression>();
  const of = (node: Tensor): Expression => {
    let found = known.get(node);
    if (found === undefined) known.set(node, (found = make(node)));
    return found;
  };
  const make = (node: Tensor): Expression => {
    const name = names.get(node);
    if (name !== undefined) return { kind: "symbol", name };
    const value = knownValue(node);
    if (value !== undefined) return { kind: "number", value };
    const [a, b, c] = node.inputs as [Tensor, Tensor, Tensor];
    const op = node.op.name;
    switch (op) {
      case "add":
      case "sub":
      case "mul":
      case "div":
      case "pow":
        return { kind: op, a: of(a), b: of(b) };
      case "neg":
        return { kind: "neg", a: of(a) };
      case "square":
        return { kind: "pow", a: of(a), b: { kind: "number", value: 2 } };
      case "where":
        return { kind: "choice", condition: of(a), a: of(b), b: of(c) };
      case "transpose":
        return { kind: "transpose", a: of(a) };
      case "contract":
        return contraction(node.attributes as Labels, of(a), of(b));
      case "name":
      case "stopGradient":
      case "broadcast":
        return of(a);
      case "reshape":
        return entry(a, names) ?? of(a);
      case "constant":
        return { kind: "symbol", name: "c" };
      default: {
        const sign = relations[op];
        if (sign !== undefined) return { kind: "relation", sign, a: of(a), b: of(b) };
        return { kind: "call", name: op, parts: node.inputs.map(of) };
      }
    }
  };
  return of(root);
}

/** x[i] of a named vector: a slice of length 1. */
function entry(node: Tensor, names: ReadonlyMap<Tensor, string>): Expression | undefined {
  const name = node.op.name === "slice" && node.size === 1 ? names.get(node.inputs[0]!) : undefined;
  return name === undefined
    ? undefined
    : { kind: "symbol", name, index: String(Number(node.attributes["start"]) + 1) };
}

/** A product of matrices, with transposes where the summed axis is not the inner one. */
function contraction({ a, b, out }: Labels, left: Expression, right: Expression): Expression {
  const summed = a.find((label) => !out.includes(label));
  const order = (
    first: readonly number[],
    second: readonly number[],
    x: Expression,
    y: Expression,
  ): Expression => {
    const turned = (expression: Expression, turn: boolean): Expression =>
      turn ? { kind: "transpose", a: expression } : expression;
    return {
      kind: "matmul",
      a: turned(x, first[first.length - 1] !== summed && summed !== undefined),
      b: turned(y, second.length > 1 && second[0] !== summed && summed !== undefined),
    };
  };
  // The operand that gives the first axis of the result stands first.
  return a.includes(out[0] ?? -1) || out.length === 0 ? order(a, b, left, right) : order(b, a, right, left);
}

/** Binding strength, from weakest: for parentheses. */
export function strength(expression: Expression): number {
  switch (expression.kind) {
    case "choice":
      return 0;
    case "relation":
      return 1;
    case "add":
    case "sub":
      return 2;
    case "neg":
      return 3;
    case "mul":
    case "div":
    case "matmul":
      return 4;
    case "pow":
    case "transpose":
      return 5;
    case "number":
      return expression.value < 0 ? 3 : 6;
    default:
      return 6;
  }
}

/** The strength below which a first factor needs parentheses: −2 x needs none. */
export function factor(expression: Expression): number {
  return expression.kind === "number" ? 3 : 4;
}
