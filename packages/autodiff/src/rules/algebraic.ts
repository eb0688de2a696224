// Simplifications of algebra, true of numbers but not of every bit (x + 0 → x loses −0, exp(log x) → x rounds less): for
// printing and symbolic work.
import type { Tensor } from "../ir.ts";
import { add, div, mul, neg, square, sub } from "../ops/arithmetic.ts";
import { map } from "../ops/elementwise.ts";
import { exp, powOp } from "../ops/exponential.ts";
import { full, knownValue } from "../ops/leaves.ts";
import type { Rule } from "./exact.ts";

type Match = (a: Tensor, b: Tensor, node: Tensor) => Tensor | undefined;

const is = (node: Tensor, op: string): boolean => node.op.name === op;
const on =
  (op: string, match: Match): Rule["apply"] =>
  (node) =>
    is(node, op) ? match(node.inputs[0]!, node.inputs[1] ?? node.inputs[0]!, node) : undefined;
const known = knownValue;
/** c and x of a product c · x with a constant. */
function scaled(node: Tensor): readonly [number, Tensor] | undefined {
  if (!is(node, "mul")) return undefined;
  const [a, b] = node.inputs as [Tensor, Tensor];
  const value = known(a);
  return value === undefined ? undefined : [value, b];
}

export const algebraicRules: readonly Rule[] = [
  {
    name: "numbers are computed",
    apply: (node) => {
      const { kernel } = node.op;
      if (kernel.kind !== "elementwise" || node.inputs.length === 0) return undefined;
      const values = node.inputs.map((from) => known(from));
      if (values.includes(undefined)) return undefined;
      // Only where the number stays readable: 2 · 3, not log 2.
      const value = kernel.apply(values[0]!, values[1] ?? 0, values[2] ?? 0);
      const readable = String(value).length <= 8 || ["mul", "add", "sub", "neg"].includes(node.op.name);
      return readable ? full(node.shape, value) : undefined;
    },
  },
  { name: "x + 0 = x", apply: on("add", (a, b) => (known(b) === 0 ? a : known(a) === 0 ? b : undefined)) },
  {
    name: "x − 0 = x, 0 − x = −x",
    apply: on("sub", (a, b) => (known(b) === 0 ? a : known(a) === 0 ? neg(b) : undefined)),
  },
  { name: "x − x = 0", apply: on("sub", (a, b, node) => (a === b ? full(node.shape, 0) : undefined)) },
  { name: "x + x = 2 x", apply: on("add", (a, b) => (a === b ? mul(2, a) : undefined)) },
  {
    name: "x + (−y) = x − y",
    apply: on("add", (a, b) =>
      is(b, "neg") ? sub(a, b.inputs[0]!) : is(a, "neg") ? sub(b, a.inputs[0]!) : undefined,
    ),
  },
  { name: "x − (−y) = x + y", apply: on("sub", (a, b) => (is(b, "neg") ? add(a, b.inputs[0]!) : undefined)) },
  {
    name: "x − (−c) · y = x + c · y",
    apply: on("sub", (a, b) => {
      const right = scaled(b);
      return right !== undefined && right[0] < 0 ? add(a, mul(-right[0], right[1])) : undefined;
    }),
  },
  {
    name: "0 · x = 0",
    apply: on("mul", (a, b, node) => (known(a) === 0 || known(b) === 0 ? full(node.shape, 0) : undefined)),
  },
  { name: "1 · x = x", apply: on("mul", (a, b) => (known(a) === 1 ? b : known(b) === 1 ? a : undefined)) },
  {
    name: "−1 · x = −x",
    apply: on("mul", (a, b) => (known(a) === -1 ? neg(b) : known(b) === -1 ? neg(a) : undefined)),
  },
  {
    name: "x · c = c · x",
    apply: on("mul", (a, b) => (known(b) !== undefined && known(a) === undefined ? mul(b, a) : undefined)),
  },
  {
    name: "c · (d · x) = (c d) · x",
    apply: on("mul", (a, b) => {
      const [left, right] = [known(a), scaled(b)];
      return left !== undefined && right !== undefined ? mul(left * right[0], right[1]) : undefined;
    }),
  },
  {
    name: "x · (c · y) = c · (x · y)",
    apply: on("mul", (a, b) => {
      const right = known(a) === undefined ? scaled(b) : undefined;
      if (right !== undefined) return mul(right[0], mul(a, right[1]));
      const left = known(b) === undefined ? scaled(a) : undefined;
      return left === undefined ? undefined : mul(left[0], mul(left[1], b));
    }),
  },
  {
    name: "(−x) · y = −(x · y)",
    apply: on("mul", (a, b) =>
      is(a, "neg") ? neg(mul(a.inputs[0]!, b)) : is(b, "neg") ? neg(mul(a, b.inputs[0]!)) : undefined,
    ),
  },
  {
    name: "x · (y / z) = (x · y) / z",
    apply: on("mul", (a, b) =>
      is(b, "div")
        ? div(mul(a, b.inputs[0]!), b.inputs[1]!)
        : is(a, "div")
          ? div(mul(a.inputs[0]!, b), a.inputs[1]!)
          : undefined,
    ),
  },
  {
    name: "(−x) / y = −(x / y)",
    apply: on("div", (a, b) => (is(a, "neg") ? neg(div(a.inputs[0]!, b)) : undefined)),
  },
  {
    name: "x / 1 = x, 0 / x = 0",
    apply: on("div", (a, b, node) => (known(b) === 1 ? a : known(a) === 0 ? full(node.shape, 0) : undefined)),
  },
  { name: "x / x = 1", apply: on("div", (a, b, node) => (a === b ? full(node.shape, 1) : undefined)) },
  { name: "−(−x) = x", apply: on("neg", (a) => (is(a, "neg") ? a.inputs[0] : undefined)) },
  {
    name: "−(c · x) = (−c) · x",
    apply: on("neg", (a) => (scaled(a) === undefined ? undefined : mul(-scaled(a)![0], scaled(a)![1]))),
  },
  {
    name: "−(x − y) = y − x",
    apply: on("neg", (a) => (is(a, "sub") ? sub(a.inputs[1]!, a.inputs[0]!) : undefined)),
  },
  { name: "x · x = x²", apply: on("mul", (a, b) => (a === b ? square(a) : undefined)) },
  {
    name: "xᵖ · x^q = x^(p + q)",
    apply: on("mul", (a, b) => {
      const [[x, p], [y, q]] = [powered(a), powered(b)];
      return x === y && p + q > 2 ? power(x, p + q) : undefined;
    }),
  },
  {
    name: "(xᵖ)² = x^(2p)",
    apply: on("square", (a) => (powered(a)[1] > 1 ? power(powered(a)[0], 2 * powered(a)[1]) : undefined)),
  },
  {
    name: "(x / y) / z = x / (y z)",
    apply: on("div", (a, b) => (is(a, "div") ? div(a.inputs[0]!, mul(a.inputs[1]!, b)) : undefined)),
  },
  {
    name: "(x · y) / x = y",
    apply: on("div", (a, b) => {
      if (!is(a, "mul")) return undefined;
      return a.inputs[0] === b ? a.inputs[1] : a.inputs[1] === b ? a.inputs[0] : undefined;
    }),
  },
  {
    name: "c · x + d · x = (c + d) · x",
    apply: on("add", (a, b) => {
      const [[c, x], [d, y]] = [scaled(a) ?? [1, a], scaled(b) ?? [1, b]];
      return x === y && c + d !== 2 ? mul(c + d, x) : undefined;
    }),
  },
  {
    name: "(x + y) + x = 2 x + y",
    apply: on("add", (a, b) => {
      if (is(a, "add") && a.inputs.includes(b)) return add(mul(2, b), a.inputs[a.inputs[0] === b ? 1 : 0]!);
      return is(a, "sub") && a.inputs[0] === b ? sub(mul(2, b), a.inputs[1]!) : undefined;
    }),
  },
  { name: "exp(log x) = x", apply: on("exp", (a) => (is(a, "log") ? a.inputs[0] : undefined)) },
  { name: "log(exp x) = x", apply: on("log", (a) => (is(a, "exp") ? a.inputs[0] : undefined)) },
  {
    name: "eˣ · eʸ = eˣ⁺ʸ",
    apply: on("mul", (a, b) =>
      is(a, "exp") && is(b, "exp") ? exp(add(a.inputs[0]!, b.inputs[0]!)) : undefined,
    ),
  },
  { name: "names are transparent", apply: on("name", (a) => a) },
  { name: "stops are transparent", apply: on("stopGradient", (a) => a) },
];

/** xᵖ as a power, which `pow` would make products of for small p. */
function power(x: Tensor, p: number): Tensor {
  return p === 2 ? square(x) : map(powOp, x, p);
}

/** x and p of xᵖ. */
function powered(node: Tensor): readonly [Tensor, number] {
  if (is(node, "square")) return [node.inputs[0]!, 2];
  const p = is(node, "pow") ? known(node.inputs[1]!) : undefined;
  return p === undefined ? [node, 1] : [node.inputs[0]!, p];
}
