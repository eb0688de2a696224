// Simplifications that keep every bit, −0 and NaN included: what compilers may use.
import type { Tensor } from "../ir.ts";
import { mul } from "../ops/arithmetic.ts";
import { full, knownValue } from "../ops/leaves.ts";
import { broadcast } from "../ops/sum-broadcast.ts";
import { reshape } from "../ops/view.ts";

/** A rule gives another node of the same value, or undefined where it does not apply. */
export interface Rule {
  readonly name: string;
  apply(node: Tensor): Tensor | undefined;
}

const is = (node: Tensor, op: string): boolean => node.op.name === op;
const input = (node: Tensor, k = 0): Tensor => node.inputs[k]!;
/** ±2ᵏ whose reciprocal is exact: k from −1022 to 1022. */
function isPowerOfTwo(x: number): boolean {
  if (!(Math.abs(x) >= 2.2250738585072014e-308 && Math.abs(x) <= 4.49423283715579e307)) return false;
  let mantissa = Math.abs(x);
  while (mantissa >= 2) mantissa /= 2;
  while (mantissa < 1) mantissa *= 2;
  return mantissa === 1;
}

export const exactRules: readonly Rule[] = [
  {
    name: "x · 1 = x",
    apply: (node) => {
      if (!is(node, "mul")) return undefined;
      if (knownValue(input(node, 1)) === 1) return input(node);
      return knownValue(input(node)) === 1 ? input(node, 1) : undefined;
    },
  },
  {
    name: "x / 1 = x",
    apply: (node) => (is(node, "div") && knownValue(input(node, 1)) === 1 ? input(node) : undefined),
  },
  {
    name: "x / 2ᵏ = x · 2⁻ᵏ",
    apply: (node) => {
      const by = is(node, "div") ? knownValue(input(node, 1)) : undefined;
      return by !== undefined && isPowerOfTwo(by) ? mul(input(node), full(node.shape, 1 / by)) : undefined;
    },
  },
  {
    name: "x − 0 = x",
    apply: (node) => (is(node, "sub") && Object.is(knownValue(input(node, 1)), 0) ? input(node) : undefined),
  },
  {
    name: "−(−x) = x",
    apply: (node) => (is(node, "neg") && is(input(node), "neg") ? input(input(node)) : undefined),
  },
  {
    name: "x · x = x²",
    apply: (node) => (is(node, "square") ? mul(input(node), input(node)) : undefined),
  },
  {
    name: "names and stops are transparent",
    apply: (node) => (is(node, "name") || is(node, "stopGradient") ? input(node) : undefined),
  },
  {
    name: "reshapes join",
    apply: (node) =>
      is(node, "reshape") && is(input(node), "reshape") ? reshape(input(input(node)), node.shape) : undefined,
  },
  {
    name: "a reshape to the same shape is nothing",
    apply: (node) => {
      const [from, to] = [input(node)?.shape, node.shape];
      return is(node, "reshape") && from!.length === to.length && from!.every((length, i) => length === to[i])
        ? input(node)
        : undefined;
    },
  },
  {
    name: "constants stretch and reshape to constants",
    apply: (node) => {
      const value =
        is(node, "broadcast") || is(node, "reshape") || is(node, "transpose")
          ? knownValue(input(node))
          : undefined;
      return value === undefined ? undefined : full(node.shape, value);
    },
  },
  {
    name: "broadcasts join",
    apply: (node) =>
      is(node, "broadcast") && is(input(node), "broadcast")
        ? broadcast(input(input(node)), node.shape)
        : undefined,
  },
];
