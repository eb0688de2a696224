// Values and derivatives of composed functions, against torch 1.13 autograd in float64 (fixtures/torch-derivatives.json).
import {
  abs,
  add,
  compile,
  concat,
  constant,
  cos,
  div,
  exp,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  log,
  logsumexp,
  matmul,
  max,
  maximum,
  mean,
  mul,
  pow,
  relu,
  reshape,
  sigmoid,
  sin,
  slice,
  softplus,
  sqrt,
  square,
  stack,
  sub,
  sum,
  tanh,
  vjp,
  type Tensor,
} from "@basin/autodiff";
import { describe, expect, test } from "vitest";
import fixture from "./fixtures/torch-derivatives.json" with { type: "json" };

type Nested = number | readonly Nested[];
interface Case {
  name: string;
  inputs: Record<string, Nested>;
  input_order: string[];
  constants: Record<string, Nested>;
  direction: number[];
  kind: string;
  value: Nested;
  gradient?: number[];
  hessian?: number[][];
  jacobian?: number[][];
  jvp: Nested;
  hvp?: number[];
  cotangent?: Nested;
  vjp?: number[];
}

const at = (x: Tensor, i: number): Tensor => reshape(slice(x, i, i + 1), []);
const shapeOf = (data: Nested): number[] =>
  typeof data === "number" ? [] : [data.length, ...shapeOf(data[0]!)];
const flat = (data: Nested): number[] => (typeof data === "number" ? [data] : data.flatMap(flat));

type Parts = Record<string, Tensor>;
const functions: Record<string, (p: Parts) => Tensor> = {
  "sum of squares": ({ x }) => sum(mul(x!, x!)),
  "quotient by sum": ({ x }) => div(at(x!, 0), sum(exp(x!))),
  "exp of quadratic": ({ x }) => exp(mul(-0.5, sum(mul(x!, x!)))),
  "nested sin": ({ x }) => sin(sin(sin(x!))),
  "relu mix": ({ x }) => sum(add(mul(relu(x!), x!), relu(mul(-2, x!)))),
  logsumexp: ({ x }) => logsumexp(x!),
  "matmul then tanh": ({ A, B }) => sum(tanh(matmul(A!, B!))),
  "variable used many times": ({ x, y }) => sub(add(mul(x!, y!), mul(sin(x!), x!)), div(y!, x!)),
  himmelblau: ({ x }) => {
    const [a, b] = [at(x!, 0), at(x!, 1)];
    return add(pow(sub(add(square(a), b), 11), 2), pow(sub(add(a, square(b)), 7), 2));
  },
  "linear model, squared loss": ({ X, w, b, y }) => mean(mul(0.5, pow(sub(add(matmul(X!, w!), b!), y!), 2))),
  "logistic regression NLL, saturated": ({ X, w, y }) => {
    const z = matmul(X!, w!);
    return sum(sub(softplus(z), mul(y!, z)));
  },
  "polar map": ({ r, t }) => stack([mul(r!, cos(t!)), mul(r!, sin(t!))]),
  "elementwise mix": ({ x, y }) => div(mul(sin(x!), exp(y!)), add(1, mul(x!, x!))),
};

const cases = fixture.cases as unknown as Case[];

/** The source's advice: relative 1e-10 plus absolute 1e-10, since math libraries differ in ulps. */
const tolerance = 1e-10;
function error(found: ArrayLike<number>, wanted: Nested): number {
  const values = flat(wanted);
  if (found.length !== values.length) return Infinity;
  return Math.max(...values.map((value, i) => Math.abs(found[i]! - value) / (1 + Math.abs(value))));
}

test("every case of the fixture is here", () => {
  expect(Object.keys(functions).toSorted()).toEqual(cases.map((one) => one.name).toSorted());
});

describe.each(cases)("$name", (one) => {
  const shapes = one.input_order.map((name) => shapeOf(one.inputs[name]!));
  const sizes = shapes.map((shape) => shape.reduce((a, b) => a * b, 1));
  const point = Float64Array.from(one.input_order.flatMap((name) => flat(one.inputs[name]!)));
  /** The function of all inputs in one vector. */
  const f = (x: Tensor): Tensor => {
    const parts: Parts = {};
    for (const [name, data] of Object.entries(one.constants)) parts[name] = constant(data);
    let start = 0;
    one.input_order.forEach((name, k) => {
      parts[name] = reshape(slice(x, start, start + sizes[k]!), shapes[k]!);
      start += sizes[k]!;
    });
    return functions[one.name]!(parts);
  };
  const n = [point.length];
  const run = (
    g: Parameters<typeof compile>[0],
    wide: number[][],
    ...inputs: Float64Array[]
  ): Float64Array[] => compile(g, { shapes: wide }).run(inputs);
  const along = Float64Array.from(one.direction);

  test("value and jvp", () => {
    const [value, product] = run((x, v) => jvp(f)([x], [v]), [n, n], point, along);
    expect(error(value!, one.value)).toBeLessThanOrEqual(tolerance);
    expect(error(product!, one.jvp)).toBeLessThanOrEqual(tolerance);
  });
  if (one.kind === "scalar") {
    test("gradient, Hessian, Hessian–vector product", () => {
      expect(error(run(grad(f), [n], point)[0]!, one.gradient!)).toBeLessThanOrEqual(tolerance);
      expect(error(run(hessian(f), [n], point)[0]!, one.hessian!)).toBeLessThanOrEqual(tolerance);
      expect(error(run((x, v) => hvp(f)(x, v), [n, n], point, along)[0]!, one.hvp!)).toBeLessThanOrEqual(
        tolerance,
      );
    });
  } else {
    test("Jacobian in both modes and vjp", () => {
      for (const mode of ["forward", "reverse"] as const)
        expect(error(run(jacobian(f, { mode }), [n], point)[0]!, one.jacobian!)).toBeLessThanOrEqual(
          tolerance,
        );
      const cotangent = Float64Array.from(flat(one.cotangent!));
      expect(
        error(run((x, w) => vjp(f)([x], [w]), [n, shapeOf(one.cotangent!)], point, cotangent)[1]!, one.vjp!),
      ).toBeLessThanOrEqual(tolerance);
    });
  }
});

describe("conventions at kinks and far out", () => {
  const edges: Record<string, (x: Tensor) => Tensor> = {
    "relu at 0": relu,
    "abs at 0": abs,
    "max with a tie": (x) => max(x),
    "elementwise max with a tie": (x) => maximum(x, 1),
    "softplus far out": softplus,
    "sigmoid far out": sigmoid,
    "tanh far out": tanh,
    "log of 0": log,
    "sqrt at 0": sqrt,
    "0 to the power 2": (x) => pow(x, 2),
    "0 to the power 0": (x) => pow(x, 0),
    "square of a sum through zero": (x) => pow(x, 1),
    "negative base, integer exponent": (x) => pow(x, 3),
  };
  const number = (x: number | string): number =>
    typeof x === "string" ? Number(x.replace("inf", "Infinity")) : x;
  test.each(fixture.edges)("$name", (edge) => {
    const f = edges[edge.name]!;
    const x = Float64Array.from(edge.x);
    const [value] = compile(f, { shapes: [[x.length]] }).run([x]);
    const [gradient] = compile(
      grad((all) => sum(f(all))),
      { shapes: [[x.length]] },
    ).run([x]);
    // softplus(−40) is e^−40 = 4e−18 here, and 0 in the fixture.
    const close = (found: number, wanted: number): boolean =>
      found === wanted || Math.abs(found - wanted) <= 1e-15 * Math.abs(wanted) + 1e-17;
    edge.value.forEach((wanted, i) => expect(close(value![i]!, number(wanted))).toBe(true));
    edge.gradient_of_sum.forEach((wanted, i) => expect(close(gradient![i]!, number(wanted))).toBe(true));
  });
  test("the whole list of the fixture was tried", () => {
    expect(Object.keys(edges)).toEqual(fixture.edges.map((edge) => edge.name));
  });
});

test("concat keeps derivatives apart", () => {
  // d/dx Σ (x, 2x)² = 2x + 8x
  const [found] = compile(
    grad((x) => sum(square(concat([x, mul(2, x)])))),
    { shapes: [[2]] },
  ).run([Float64Array.of(1, -3)]);
  expect([...found!]).toEqual([10, -30]);
});
