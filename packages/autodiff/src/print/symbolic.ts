// Symbolic differentiation: a gradient is a graph, and a graph, simplified by algebra, prints as mathematics.
import { makeGraph, type Graph } from "../graph.ts";
import { algebraicRules } from "../rules/algebraic.ts";
import { exactRules } from "../rules/exact.ts";
import type { Shape } from "../shape.ts";
import { trace, type Traceable } from "../trace.ts";
import { gradientGraph } from "../transforms/gradient.ts";
import { rewrite } from "../transforms/simplify.ts";
import { defaultNames, expressionOf, type Expression } from "./expression.ts";
import { toLatex } from "./latex.ts";
import { toMathml } from "./mathml.ts";
import { toText } from "./text.ts";

/** One output of a graph, as mathematics. */
export interface Printed {
  readonly text: string;
  readonly latex: string;
  /** A <math> element. */
  readonly mathml: string;
  readonly expression: Expression;
}

export interface SymbolicOptions {
  /** Shapes of the arguments; default scalars. */
  readonly shapes?: readonly Shape[];
  /** Names of the arguments; default x, y, z, or x1, x2 … */
  readonly names?: readonly string[];
  /** Which argument to differentiate with respect to; default the first. */
  readonly argument?: number;
}

/** Rules that print as a person would write; x/2ᵏ stays a quotient and x·x becomes a power. */
const readable = exactRules.filter((rule) => rule.name !== "x / 2ᵏ = x · 2⁻ᵏ" && rule.name !== "x · x = x²");

/** Simplified by algebra: equal as mathematics, not to the bit. */
export function simplify(graph: Graph): Graph {
  let [before, after] = [Infinity, graph.nodes.length];
  let result = graph;
  // Each pass may make room for another rule.
  for (let pass = 0; pass < 8 && (after < before || pass < 3); pass++) {
    result = rewrite(result, [...readable, ...algebraicRules]);
    [before, after] = [after, result.nodes.length];
  }
  return result;
}

/** The first output of a graph, simplified and printed. */
export function print(graph: Graph, names: readonly string[] = defaultNames(graph.inputs.length)): Printed {
  const simpler = simplify(makeGraph(graph.inputs, graph.outputs.slice(0, 1)));
  const called = new Map(simpler.inputs.map((node, k) => [node, names[k] ?? `x${k + 1}`]));
  const expression = expressionOf(simpler.outputs[0]!, called);
  return { text: toText(expression), latex: toLatex(expression), mathml: toMathml(expression), expression };
}

/** The derivative of a scalar function, printed: `symbolic((x) => mul(x, sin(x))).text` is "sin(x) + x * cos(x)". */
export function symbolic(f: Traceable, options: SymbolicOptions = {}): Printed {
  const shapes = options.shapes ?? Array.from({ length: f.length }, (): Shape => []);
  return print(gradientGraph(trace(f, shapes), options.argument ?? 0, "symbolic"), options.names);
}
