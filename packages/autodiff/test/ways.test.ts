import {
  checkGradient,
  cos,
  div,
  errorsByStep,
  exp,
  log,
  mul,
  numericalGradient,
  pow,
  relativeError,
  relu,
  sigmoid,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  waysOf,
  type Scheme,
  type Tensor,
} from "@basin/autodiff";
import { spread } from "@basin/autodiff/laws";
import { expect, test } from "vitest";

// Σ sin²(x) e^x, with its gradient by hand
const f = (x: Tensor): Tensor => sum(mul(square(sin(x)), exp(x)));
const byHand = (x: Tensor): Tensor => mul(mul(sin(x), exp(x)), sub(sin(x), mul(-2, cos(x))));
const x = spread(6, -1.5, 1.5, 4);

test("four ways agree, and each states what it costs", () => {
  const schemes = ["forward", "central", "richardson", "complex-step"] as const;
  const ways = waysOf(f, [6], { manual: byHand, schemes });
  const exact = ways.find((way) => way.label === "automatic, reverse mode")!.gradient(x);
  const errors = Object.fromEntries(ways.map((way) => [way.label, relativeError(way.gradient(x), exact)]));
  for (const label of ["by hand", "symbolic", "automatic, forward mode", "complex step"])
    expect(errors[label]).toBeLessThan(1e-14);
  // √ε, ε^⅔ and ε^⅘, times derivatives of order 1
  expect(errors["forward differences"]).toBeLessThan(1e-6);
  expect(errors["central differences"]).toBeLessThan(1e-9);
  expect(errors["Richardson extrapolation"]).toBeLessThan(1e-11);
  expect(errors["forward differences"]).toBeGreaterThan(errors["central differences"]!);
  const cost = Object.fromEntries(ways.map((way) => [way.label, way.cost]));
  expect(cost["forward differences"]).toBe(7);
  expect(cost["central differences"]).toBe(12);
  // The cheap-gradient principle (Griewank and Walther, 2008): at most 5 times the function, whatever n is.
  expect(cost["automatic, reverse mode"]).toBeLessThan(5);
  expect(cost["automatic, forward mode"]).toBeGreaterThan(6);
  expect(ways.find((way) => way.kind === "manual")!.printed!.text).toBe(
    "sin(x) * exp(x) * (sin(x) + 2 * cos(x))",
  );
});

test("the error of a difference falls with the step until rounding takes over", () => {
  const steps = [1e-2, 1e-4, 1e-8, 1e-12];
  const [coarse, fine, best, rounding] = errorsByStep(f, [6], x, "forward", steps) as unknown as [
    number,
    number,
    number,
    number,
  ];
  expect(fine).toBeLessThan(coarse / 10);
  expect(best).toBeLessThan(fine / 10);
  expect(rounding).toBeGreaterThan(100 * best);
  // and never takes over for a complex step
  expect(
    [...errorsByStep(f, [6], x, "complex-step", [1e-20, 1e-100, 1e-250])].every((error) => error < 1e-14),
  ).toBe(true);
});

test("complex steps go through every op with a complex extension", () => {
  const g = (v: Tensor): Tensor =>
    sum(div(mul(sigmoid(v), tanh(v)), sqrt(softplus(mul(v, log(exp(cos(v))))))));
  const schemes: Scheme[] = ["complex-step", "richardson"];
  const [complex, richardson] = schemes.map((scheme) => numericalGradient(g, [6], { scheme })(x).gradient);
  expect(relativeError(complex!, richardson!)).toBeLessThan(1e-9);
  expect(() => numericalGradient((v) => sum(relu(v)), [6], { scheme: "complex-step" })).toThrow(
    /relu has no complex extension/,
  );
});

test("checkGradient finds a wrong entry", () => {
  const cubes = (v: Tensor): Tensor => sum(pow(v, 3));
  expect(checkGradient(cubes, [6], x).ok).toBe(true);
  const wrong = (at: Readonly<Float64Array>): number[] =>
    [...at].map((value, i) => 3 * value * value + (i === 4 ? 1 : 0));
  expect(checkGradient(cubes, [6], x, { gradient: wrong })).toMatchObject({ ok: false, index: 4 });
});
