// Simplifications that keep every bit, −0 and NaN included: what compilers may use.
import type { Tensor } from "../ir.ts";
import { add, mul, neg, sub } from "../ops/arithmetic.ts";
import { full, knownValue } from "../ops/leaves.ts";
import { makeNode } from "../graph.ts";
import { broadcastOp } from "../ops/sum-broadcast.ts";
import type { FromTo } from "../ops/view.ts";
import { reshape } from "../ops/view.ts";
import { sameShape } from "../shape.ts";

/** A rule gives another node of the same value, or undefined where it does not apply. */
export interface Rule {
  readonly name: string;
  /** The ops that it is for; absent: it looks for itself. */
  readonly on?: readonly string[];
  apply(node: Tensor): Tensor | undefined;
}

const is = ({ op }: Tensor, name: string): boolean => op.name === name;
const input = (node: Tensor, k = 0): Tensor => node.inputs[k]!;
/** c and x of a product with a constant. */
function scaled(node: Tensor): readonly [number, Tensor] | undefined {
  if (!is(node, "mul")) return undefined;
  const [a, b] = node.inputs as [Tensor, Tensor];
  const [left, right] = [knownValue(a), knownValue(b)];
  if (left !== undefined) return [left, b];
  return right === undefined ? undefined : [right, a];
}
/** ±2ᵏ whose reciprocal is exact: k from −126 to 126, for single precision too. */
function isPowerOfTwo(x: number): boolean {
  if (!(Math.abs(x) >= 1.1754943508222875e-38 && Math.abs(x) <= 8.507059173023462e37)) return false;
  let mantissa = Math.abs(x);
  while (mantissa >= 2) mantissa /= 2;
  while (mantissa < 1) mantissa *= 2;
  return mantissa === 1;
}

/**
 * Two broadcasts as one, where one can say it. Each keeps leading axes and puts new ones after them, so that axes of the source
 * must be either where they were or where the new axes have moved them.
 */
function joinedBroadcast(node: Tensor): Tensor | undefined {
  const inner = input(node);
  const source = input(inner);
  /** Where a broadcast puts each axis of what it stretches. */
  const position = ({ attributes }: Tensor, { shape }: Tensor, axis: number): number => {
    const { from, to } = attributes as FromTo;
    return axis < shape.length - from.length ? axis : axis + to.length - from.length;
  };
  const positions = source.shape.map((_, axis) => position(node, inner, position(inner, source, axis)));
  const added = node.shape.length - source.shape.length;
  const lead = added === 0 ? 0 : positions.filter((at, axis) => at === axis).length;
  const fits =
    positions.every((at, axis) => at === (axis < lead ? axis : axis + added)) &&
    sameShape(source.shape.slice(0, lead), node.shape.slice(0, lead));
  return fits
    ? makeNode(broadcastOp, [source], { from: source.shape.slice(lead), to: node.shape.slice(lead) })
    : undefined;
}

/** Each looks only at nodes of the ops that it is for. */
export const exactRules: readonly Rule[] = [
  {
    name: "x · 1 = x",
    on: ["mul"],
    apply: (node) => {
      if (knownValue(input(node, 1)) === 1) return input(node);
      return knownValue(input(node)) === 1 ? input(node, 1) : undefined;
    },
  },
  {
    name: "x / 1 = x",
    on: ["div"],
    apply: (node) => (knownValue(input(node, 1)) === 1 ? input(node) : undefined),
  },
  {
    name: "x / 2ᵏ = x · 2⁻ᵏ",
    on: ["div"],
    apply: (node) => {
      const by = knownValue(input(node, 1));
      return by !== undefined && isPowerOfTwo(by) ? mul(input(node), full(node.shape, 1 / by)) : undefined;
    },
  },
  {
    name: "x − 0 = x",
    on: ["sub"],
    apply: (node) => (Object.is(knownValue(input(node, 1)), 0) ? input(node) : undefined),
  },
  {
    name: "−(−x) = x",
    on: ["neg"],
    apply: (node) => (is(input(node), "neg") ? input(input(node)) : undefined),
  },
  {
    name: "−(c · x) = (−c) · x",
    on: ["neg"],
    apply: (node) => {
      const product = scaled(input(node));
      return product === undefined ? undefined : mul(full(node.shape, -product[0]), product[1]);
    },
  },
  {
    name: "(−x) · y = −(x · y)",
    on: ["mul"],
    apply: (node) => {
      const [a, b] = node.inputs as [Tensor, Tensor];
      if (is(a, "neg")) return is(b, "neg") ? mul(input(a), input(b)) : neg(mul(input(a), b));
      return is(b, "neg") ? neg(mul(a, input(b))) : undefined;
    },
  },
  {
    name: "x + (−y) = x − y",
    on: ["add"],
    apply: (node) => {
      const [a, b] = node.inputs as [Tensor, Tensor];
      if (is(b, "neg")) return sub(a, input(b));
      return is(a, "neg") ? sub(b, input(a)) : undefined;
    },
  },
  {
    name: "x − (−y) = x + y",
    on: ["sub"],
    apply: (node) => (is(input(node, 1), "neg") ? add(input(node), input(input(node, 1))) : undefined),
  },
  {
    // 2ᵏ x is exact, and where it overflows, so does the product with |c| ≥ 1.
    name: "c · (2ᵏ · x) = (2ᵏ c) · x for |c| ≥ 1, k ≥ 0",
    on: ["mul"],
    apply: (node) => {
      const outside = scaled(node);
      const inside = outside === undefined ? undefined : scaled(outside[1]);
      if (outside === undefined || inside === undefined) return undefined;
      const [c, power] = [outside[0], inside[0]];
      const fits =
        Math.abs(c) >= 1 &&
        Math.abs(power) >= 1 &&
        isPowerOfTwo(power) &&
        Math.abs(c * power) <= 1.2676506002282294e30;
      return fits ? mul(full(node.shape, c * power), inside[1]) : undefined;
    },
  },
  {
    name: "x · x = x²",
    on: ["square"],
    apply: (node) => mul(input(node), input(node)),
  },
  {
    name: "names and stops are transparent",
    on: ["name", "stopGradient"],
    apply: (node) => input(node),
  },
  {
    name: "reshapes join",
    on: ["reshape"],
    apply: (node) => (is(input(node), "reshape") ? reshape(input(input(node)), node.shape) : undefined),
  },
  {
    name: "a reshape to the same shape is nothing",
    on: ["reshape"],
    apply: (node) => (sameShape(input(node).shape, node.shape) ? input(node) : undefined),
  },
  {
    name: "constants stretch and reshape to constants",
    on: ["broadcast", "reshape", "transpose"],
    apply: (node) => {
      const value = knownValue(input(node));
      return value === undefined ? undefined : full(node.shape, value);
    },
  },
  {
    name: "broadcasts join",
    on: ["broadcast"],
    apply: (node) => (is(input(node), "broadcast") ? joinedBroadcast(node) : undefined),
  },
];
