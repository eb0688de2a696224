import {
  add,
  div,
  exp,
  grad,
  log,
  matmul,
  mean,
  mul,
  neg,
  pow,
  print,
  relu,
  sigmoid,
  sin,
  sqrt,
  square,
  sub,
  sum,
  symbolic,
  tanh,
  toDot,
  trace,
  type Tensor,
} from "@basin/autodiff";
import { expect, test } from "vitest";

const derivatives: [(x: Tensor) => Tensor, string, string][] = [
  [(x) => mul(x, sin(x)), "sin(x) + x * cos(x)", "\\sin\\left(x\\right) + x \\, \\cos\\left(x\\right)"],
  [(x) => exp(neg(square(x))), "-2 * exp(-x^2) * x", "-2 \\, e^{-x^{2}} \\, x"],
  [(x) => neg(log(sigmoid(x))), "sigmoid(x) - 1", "\\sigma\\left(x\\right) - 1"],
  [(x) => pow(x, 5), "5 * x^4", "5 \\, x^{4}"],
  [(x) => mul(x, mul(x, x)), "3 * x^2", "3 \\, x^{2}"],
  [(x) => sqrt(add(1, square(x))), "x / sqrt(1 + x^2)", "\\frac{x}{\\sqrt{1 + x^{2}}}"],
  [tanh, "1 - tanh(x)^2", "1 - \\tanh\\left(x\\right)^{2}"],
  [relu, "0 < x", "0 < x"],
  [(x) => div(1, x), "-1 / x^2", "-\\frac{1}{x^{2}}"],
];
test.each(derivatives)("the derivative of %s is %s", (f, text, latex) => {
  expect(symbolic(f).text).toBe(text);
  expect(symbolic(f).latex).toBe(latex);
});

test("the derivative of a derivative", () => {
  const second = print(trace(grad(grad((x) => mul(x, sin(x)))), [[]]));
  expect(second.text).toBe("2 * cos(x) - x * sin(x)");
  expect(second.mathml).toMatch(/^<math>.*<mi>cos<\/mi>.*<\/math>$/u);
});

test("gradients of vectors and matrices", () => {
  expect(symbolic((x) => sum(square(x)), { shapes: [[3]] }).text).toBe("2 * x");
  const loss = (w: Tensor, X: Tensor, y: Tensor): Tensor => mean(square(sub(matmul(X, w), y)));
  expect(symbolic(loss, { shapes: [[3], [5, 3], [5]], names: ["w", "X", "y"] }).text).toBe(
    "Xᵀ @ (0.4 * (X @ w - y))",
  );
});

test("a graph in Graphviz's language", () => {
  expect(
    toDot(
      trace((x) => sum(square(x)), [[3]]),
      ["x"],
    ),
  ).toBe(
    `digraph {
  n0 [label="x\\n[3]", shape=box];
  n1 [label="square\\n[3]", shape=ellipse];
  n0 -> n1;
  n2 [label="sum\\n[]", shape=ellipse, peripheries=2];
  n1 -> n2;
}
`,
  );
});
