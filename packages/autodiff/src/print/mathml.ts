// Expressions as MathML (presentation), for a page to show as it is.
import { factor, strength, type Expression } from "./expression.ts";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const operator = (sign: string): string => `<mo>${escape(sign)}</mo>`;
const row = (...parts: readonly string[]): string => `<mrow>${parts.join("")}</mrow>`;

/** A whole element: <math> … </math>. */
export function toMathml(expression: Expression): string {
  return `<math>${write(expression)}</math>`;
}

function write(expression: Expression): string {
  const inside = (part: Expression, least: number): string =>
    strength(part) < least ? row(operator("("), write(part), operator(")")) : write(part);
  switch (expression.kind) {
    case "number":
      return expression.value < 0
        ? row(operator("−"), `<mn>${-expression.value}</mn>`)
        : `<mn>${expression.value}</mn>`;
    case "symbol": {
      const name = `<mi>${escape(expression.name)}</mi>`;
      return expression.index === undefined ? name : `<msub>${name}<mn>${expression.index}</mn></msub>`;
    }
    case "add":
      return row(inside(expression.a, 2), operator("+"), inside(expression.b, 2));
    case "sub":
      return row(inside(expression.a, 2), operator("−"), inside(expression.b, 3));
    case "mul":
      return row(
        inside(expression.a, factor(expression.a)),
        operator(expression.b.kind === "number" ? "·" : "\u2062"),
        inside(expression.b, 4),
      );
    case "matmul":
      return row(inside(expression.a, 4), operator("\u2062"), inside(expression.b, 5));
    case "div":
      return `<mfrac>${write(expression.a)}${write(expression.b)}</mfrac>`;
    case "pow":
      return `<msup>${inside(expression.a, 6)}${write(expression.b)}</msup>`;
    case "neg":
      return row(operator("−"), inside(expression.a, 4));
    case "transpose":
      return `<msup>${inside(expression.a, 6)}<mo>⊤</mo></msup>`;
    case "relation":
      return row(inside(expression.a, 2), operator(expression.sign), inside(expression.b, 2));
    case "choice": {
      const line = (value: string, condition: string): string =>
        `<mtr><mtd>${value}</mtd><mtd>${condition}</mtd></mtr>`;
      const lines =
        line(write(expression.a), write(expression.condition)) +
        line(write(expression.b), "<mtext>otherwise</mtext>");
      return row(operator("{"), `<mtable>${lines}</mtable>`);
    }
    case "call": {
      const parts = expression.parts.map(write).join(operator(","));
      if (expression.name === "sqrt") return `<msqrt>${parts}</msqrt>`;
      if (expression.name === "abs") return row(operator("|"), parts, operator("|"));
      if (expression.name === "exp") return `<msup><mi>e</mi>${row(parts)}</msup>`;
      const name = expression.name === "sigmoid" ? "σ" : expression.name === "sum" ? "∑" : expression.name;
      return row(`<mi>${escape(name)}</mi>`, operator("\u2061"), operator("("), parts, operator(")"));
    }
    default:
      return expression satisfies never;
  }
}
