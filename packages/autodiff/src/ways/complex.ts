// A function in complex arithmetic, for the complex-step derivative: each node becomes a real and an imaginary part.
import { AutodiffError } from "../errors.ts";
import { consing, makeGraph, makeNode, type Graph } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { add, div, mul, neg, sqrt, square, sub } from "../ops/arithmetic.ts";
import { less, where } from "../ops/compare.ts";
import { cosh, exp, log, sinh } from "../ops/exponential.ts";
import { full } from "../ops/leaves.ts";
import { atan2, cos, sin } from "../ops/trigonometric.ts";
import type { Shape } from "../shape.ts";
import { input, trace, type Traceable } from "../trace.ts";

interface Complex {
  readonly re: Tensor;
  readonly im: Tensor;
}
type Extension = (a: Complex, b: Complex, node: Tensor) => Complex;

const size = (a: Complex): Tensor => add(square(a.re), square(a.im));
const times = (a: Complex, b: Complex): Complex => ({
  re: sub(mul(a.re, b.re), mul(a.im, b.im)),
  im: add(mul(a.re, b.im), mul(a.im, b.re)),
});
const over = (a: Complex, b: Complex): Complex => {
  // Smith's way would guard against overflow; here |Im| is tiny, and dividing by b.re first is what keeps bits.
  const ratio = div(b.im, b.re);
  const below = add(b.re, mul(b.im, ratio));
  return { re: div(add(a.re, mul(a.im, ratio)), below), im: div(sub(a.im, mul(a.re, ratio)), below) };
};
const one = (like: Tensor): Complex => ({ re: full(like.shape, 1), im: full(like.shape, 0) });
const expOf = (a: Complex): Complex => ({ re: mul(exp(a.re), cos(a.im)), im: mul(exp(a.re), sin(a.im)) });
const plus = (a: Complex, b: Complex): Complex => ({ re: add(a.re, b.re), im: add(a.im, b.im) });
const minus = (a: Complex): Complex => ({ re: neg(a.re), im: neg(a.im) });

/** Analytic elementwise ops. */
const extensions: Readonly<Record<string, Extension>> = {
  add: plus,
  sub: (a, b) => ({ re: sub(a.re, b.re), im: sub(a.im, b.im) }),
  neg: minus,
  mul: times,
  square: (a) => times(a, a),
  div: over,
  exp: expOf,
  log: (a) => ({ re: mul(0.5, log(size(a))), im: atan2(a.im, a.re) }),
  sin: (a) => ({ re: mul(sin(a.re), cosh(a.im)), im: mul(cos(a.re), sinh(a.im)) }),
  cos: (a) => ({ re: mul(cos(a.re), cosh(a.im)), im: neg(mul(sin(a.re), sinh(a.im))) }),
  sqrt: (a) => {
    // For Re > 0: √a = s + i Im / 2s
    const s = sqrt(mul(0.5, add(sqrt(size(a)), a.re)));
    return { re: s, im: div(a.im, mul(2, s)) };
  },
  sigmoid: (a) => over(one(a.re), plus(one(a.re), expOf(minus(a)))),
  tanh: (a) => {
    const e = expOf({ re: mul(2, a.re), im: mul(2, a.im) });
    return over(plus(e, minus(one(a.re))), plus(e, one(a.re)));
  },
  sinh: (a) => ({ re: mul(sinh(a.re), cos(a.im)), im: mul(cosh(a.re), sin(a.im)) }),
  cosh: (a) => ({ re: mul(cosh(a.re), cos(a.im)), im: mul(sinh(a.re), sin(a.im)) }),
  // log(1 + eᵃ), by its larger part
  softplus: (a) => {
    const positive = less(0, a.re);
    const e = expOf({ re: where(positive, neg(a.re), a.re), im: where(positive, neg(a.im), a.im) });
    const rest = extensions["log"]!(plus(one(a.re), e), e, a.re);
    return { re: add(where(positive, a.re, 0), rest.re), im: add(where(positive, a.im, 0), rest.im) };
  },
};

/** Graph of f of one argument → graph of [Re f, Im f] of its real and imaginary parts. @throws AutodiffError for ops that are not analytic. */
export function complexGraph(f: Traceable, shape: Shape): Graph {
  const graph = trace(f, [shape]);
  return consing(graph.nodes, () => {
    const re = graph.inputs[0]!;
    const im = input(shape);
    const parts = new Map<Tensor, Complex>([[re, { re, im }]]);
    for (const node of graph.nodes) {
      if (parts.has(node)) continue;
      const inputs = node.inputs.map((from) => parts.get(from)!);
      parts.set(node, extend(node, inputs));
    }
    const result = parts.get(graph.outputs[0]!)!;
    return makeGraph([re, im], [result.re, result.im]);
  });
}

function extend(node: Tensor, inputs: readonly Complex[]): Complex {
  if (inputs.every(({ im }) => im.op.name === "full" && im.attributes["value"] === 0))
    return { re: node, im: full(node.shape, 0) };
  const { derivative, name } = node.op;
  const extension = extensions[name];
  if (extension !== undefined) return extension(inputs[0]!, inputs[1] ?? inputs[0]!, node);
  const apply = (parts: readonly Tensor[]): Tensor => makeNode(node.op, parts, node.attributes);
  if (derivative.kind === "linear" && derivative.operands === "all")
    return { re: apply(inputs.map((one) => one.re)), im: apply(inputs.map((one) => one.im)) };
  if (derivative.kind === "multilinear" && inputs.length === 2) {
    const [a, b] = inputs as [Complex, Complex];
    return {
      re: sub(apply([a.re, b.re]), apply([a.im, b.im])),
      im: add(apply([a.re, b.im]), apply([a.im, b.re])),
    };
  }
  throw new AutodiffError(
    "complex-step",
    `the op ${name} has no complex extension`,
    "use the scheme central or richardson",
  );
}
