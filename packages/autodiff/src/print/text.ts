// Expressions as plain text, in the notation of programming languages.
import { factor, strength, type Expression } from "./expression.ts";

export function toText(expression: Expression): string {
  const inside = (part: Expression, least: number): string => {
    const text = toText(part);
    return strength(part) < least ? `(${text})` : text;
  };
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "symbol":
      return expression.index === undefined ? expression.name : `${expression.name}[${expression.index}]`;
    case "add":
      return `${inside(expression.a, 2)} + ${inside(expression.b, 2)}`;
    case "sub":
      return `${inside(expression.a, 2)} - ${inside(expression.b, 3)}`;
    case "mul":
      return `${inside(expression.a, factor(expression.a))} * ${inside(expression.b, 4)}`;
    case "matmul":
      return `${inside(expression.a, 4)} @ ${inside(expression.b, 5)}`;
    case "div":
      return `${inside(expression.a, 4)} / ${inside(expression.b, 5)}`;
    case "pow":
      return `${inside(expression.a, 6)}^${inside(expression.b, 6)}`;
    case "neg":
      return `-${inside(expression.a, 4)}`;
    case "transpose":
      return `${inside(expression.a, 6)}ᵀ`;
    case "relation":
      return `${inside(expression.a, 2)} ${expression.sign} ${inside(expression.b, 2)}`;
    case "choice":
      return `${inside(expression.condition, 1)} ? ${inside(expression.a, 1)} : ${inside(expression.b, 0)}`;
    case "call":
      return `${expression.name}(${expression.parts.map(toText).join(", ")})`;
    default:
      return expression satisfies never;
  }
}
