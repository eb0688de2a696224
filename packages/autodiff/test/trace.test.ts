import {
  add,
  AutodiffError,
  compile,
  derivatives,
  grad,
  linearize,
  log,
  matmul,
  mean,
  mul,
  name,
  neg,
  operations,
  sigmoid,
  square,
  sub,
  sum,
  trace,
  valueAndGrad,
  vmap,
  type Tensor,
} from "@basin/autodiff";
import { expect, test } from "vitest";

test("equal ops on equal inputs are one node", () => {
  const graph = trace((x) => add(mul(x, x), mul(x, x)), [[3]]);
  expect(graph.nodes.map((node) => node.op.name)).toEqual(["input", "mul", "add"]);
});

test("a function is traced once, and used inside and outside of a gradient without confusion", () => {
  // d/dx [x · d/dy (x y)] = d/dx x² = 2x, where y = x
  const f = (x: Tensor): Tensor => mul(x, grad((y) => mul(x, y))(x));
  expect([...compile(grad(f), { shapes: [[]] }).run([Float64Array.of(3)])[0]!]).toEqual([6]);
});

test("the price of a gradient is counted on the traced graph", () => {
  // f = Σ x²: n squares, n additions. ∇f: n products 2x; the cotangent 1 multiplies nothing.
  const f = (x: Tensor): Tensor => sum(square(x));
  expect(operations(trace(f, [[100]]))).toBe(200);
  expect(operations(trace(valueAndGrad(f), [[100]]))).toBe(300);
  // y = Xw: 2·5·3; the pullback Xᵀg: again 2·5·3
  const linear = (w: Tensor, x: Tensor): Tensor => sum(matmul(x, w));
  expect(operations(trace(linear, [[3], [5, 3]]))).toBe(30 + 5);
  expect(operations(trace(valueAndGrad(linear), [[3], [5, 3]]))).toBe(30 + 5 + 30);
});

test("derivatives by intermediates that have names", () => {
  // u = w·x, p = σ(u), L = −log p: ∂L/∂p = −1/p, ∂L/∂u = p − 1
  const loss = (w: Tensor, x: Tensor): Tensor => {
    const u = name(sum(mul(w, x)), "u");
    const p = name(sigmoid(u), "p");
    return neg(log(p));
  };
  const shapes = [[2], [2]];
  const [w, x] = [Float64Array.of(0.5, -1), Float64Array.of(2, 1)];
  const [byP, byU] = compile(derivatives(loss, ["p", "u"]), { shapes }).run([w, x]) as [
    Float64Array,
    Float64Array,
  ];
  expect(byP[0]).toBeCloseTo(-2, 14);
  expect(byU[0]).toBeCloseTo(-0.5, 14);
  expect(() => trace(derivatives(loss, ["q"]), shapes)).toThrow(
    /no intermediate is named "q".*the names are: u, p/,
  );
});

const failing: [string, () => unknown, RegExp][] = [
  ["shapes of elementwise ops", () => trace(add, [[3], [4]]), /^add: shapes \[3\] and \[4\]/],
  [
    "inner lengths of a matmul",
    () =>
      trace(matmul, [
        [2, 3],
        [4, 2],
      ]),
    /^matmul: shapes \[2, 3\] and \[4, 2\]/,
  ],
  [
    "a gradient of a vector",
    () => trace(grad(square), [[3]]),
    /^grad: the function returns \[3\]; return one scalar/,
  ],
  [
    "a branch on a value",
    () => trace((x) => ((x as unknown as number) > 0 ? x : neg(x)), [[]]),
    /where\(condition, a, b\)/,
  ],
  [
    "an axis that is not there",
    () => trace((x) => sum(x, { axis: 2 }), [[3, 3]]),
    /^sum: axis 2 of shape \[3, 3\]/,
  ],
  ["a result that is no tensor", () => trace(() => 3 as unknown as Tensor, [[]]), /return a tensor/],
  ["lengths of mapped axes", () => trace(vmap(add), [[3], [4]]), /^vmap: mapped axes have lengths 3, 4/],
  ["missing shapes", () => compile(square), /give the shapes/],
  [
    "a backend that is not there",
    () => compile(square, { shapes: [[]], backend: "cuda" as "tape" }),
    /no backend is named "cuda"/,
  ],
];
test.each(failing)("%s: the error says what to do", (_, f, message) => {
  expect(f).toThrow(AutodiffError);
  expect(f).toThrow(message);
});

test("linearize shares the function between tangents", () => {
  const f = (x: Tensor): Tensor => sigmoid(square(x));
  const graph = trace(
    (x, u, v) => {
      const [[y], push] = linearize(f)(x) as [[Tensor], (t: Tensor) => Tensor[]];
      return [y, ...push(u), ...push(v)];
    },
    [[2], [2], [2]],
  );
  expect(graph.nodes.filter((node) => node.op.name === "sigmoid")).toHaveLength(1);
  const [y, u, v] = compile(graph).run([Float64Array.of(0, 1), Float64Array.of(1, 1), Float64Array.of(0, 2)]);
  // σ(1) = s; derivative 2 x s (1 − s)
  const s = y![1]!;
  expect([...u!, ...v!]).toEqual([0, 2 * s * (1 - s), 0, 4 * s * (1 - s)]);
});

test("an error of tracing names the line of the caller", () => {
  expect(() => trace((x, y) => sub(x, y), [[3], [2]])).toThrow(/traced at .*trace\.test\.ts:\d+:\d+/);
});

test("a program keeps what was set, fills the caller's arrays, and refuses wrong lengths", () => {
  const program = compile((w, x) => mean(mul(w, x)), { shapes: [[2], [2]] });
  program.set(1, [10, 20]);
  const outs = [new Float64Array(1)];
  expect(program.run([Float64Array.of(1, 2)], outs)).toBe(outs);
  expect(outs[0]![0]).toBe(25);
  expect(() => program.run([Float64Array.of(1)])).toThrow(
    /input 0 has 1 numbers; give as many as shape \[2\] holds/,
  );
  program.dispose();
  expect(() => program.run([])).toThrow(/disposed/);
});
