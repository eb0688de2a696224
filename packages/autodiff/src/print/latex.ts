// Expressions as LaTeX (mathematics mode).
import { factor, strength, type Expression } from "./expression.ts";

const functions: Readonly<Record<string, string>> = {
  exp: "\\exp",
  log: "\\log",
  sin: "\\sin",
  cos: "\\cos",
  tan: "\\tan",
  sinh: "\\sinh",
  cosh: "\\cosh",
  tanh: "\\tanh",
  max: "\\max",
  min: "\\min",
  maximum: "\\max",
  minimum: "\\min",
  sum: "\\sum",
  sigmoid: "\\sigma",
};
const signs = { "<": "<", "≤": "\\le", "=": "=", "≠": "\\ne" } as const;
const word = (name: string): string =>
  name.length === 1 ? name : `\\mathrm{${name.replaceAll("_", "\\_")}}`;

/** A number, with powers of ten written out. */
function number(value: number): string {
  if (value === Infinity) return "\\infty";
  if (value === -Infinity) return "-\\infty";
  const [digits, power] = String(value).split("e") as [string, string?];
  return power === undefined ? digits : `${digits} \\cdot 10^{${Number(power)}}`;
}

export function toLatex(expression: Expression): string {
  const inside = (part: Expression, least: number): string => {
    const text = toLatex(part);
    return strength(part) < least ? `\\left(${text}\\right)` : text;
  };
  switch (expression.kind) {
    case "number":
      return number(expression.value);
    case "symbol":
      return expression.index === undefined
        ? word(expression.name)
        : `${word(expression.name)}_{${expression.index}}`;
    case "add":
      return `${inside(expression.a, 2)} + ${inside(expression.b, 2)}`;
    case "sub":
      return `${inside(expression.a, 2)} - ${inside(expression.b, 3)}`;
    case "mul": {
      const between = expression.b.kind === "number" ? " \\cdot " : " \\, ";
      return `${inside(expression.a, factor(expression.a))}${between}${inside(expression.b, 4)}`;
    }
    case "matmul":
      return `${inside(expression.a, 4)} \\, ${inside(expression.b, 5)}`;
    case "div":
      return `\\frac{${toLatex(expression.a)}}{${toLatex(expression.b)}}`;
    case "pow":
      return `${inside(expression.a, 6)}^{${toLatex(expression.b)}}`;
    case "neg":
      return `-${inside(expression.a, 4)}`;
    case "transpose":
      return `${inside(expression.a, 6)}^{\\top}`;
    case "relation":
      return `${inside(expression.a, 2)} ${signs[expression.sign]} ${inside(expression.b, 2)}`;
    case "choice":
      return `\\begin{cases} ${toLatex(expression.a)} & ${toLatex(expression.condition)} \\\\ ${toLatex(expression.b)} & \\text{otherwise} \\end{cases}`;
    case "call": {
      const parts = expression.parts.map(toLatex).join(", ");
      if (expression.name === "sqrt") return `\\sqrt{${parts}}`;
      if (expression.name === "abs") return `\\left|${parts}\\right|`;
      if (expression.name === "exp") return `e^{${parts}}`;
      return `${functions[expression.name] ?? `\\operatorname{${expression.name}}`}\\left(${parts}\\right)`;
    }
    default:
      return expression satisfies never;
  }
}
