// Multi-layer perceptron with tanh or ReLU units and cross-entropy (Rumelhart, Hinton & Williams 1986).
import {
  add,
  crossEntropy,
  einsum,
  mul,
  relu,
  reshape,
  sigmoid,
  softmax,
  softplus,
  sub,
  tanh,
} from "@basin/autodiff";
import type { Tensor } from "@basin/autodiff";
import { biasStart, glorot, type Link, type Model, type WeightBlock } from "./model.ts";

export interface MlpShape {
  readonly inputs: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** 2 are told apart by one output, more by one output a class. */
  readonly classes: number;
  readonly activation: "tanh" | "relu";
}

const subscript = (n: number): string => String.fromCharCode(0x2080 + n);

/** Layer l: W{l} of shape [units, inputs] and b{l} of shape [units]. */
export function mlp({ inputs, hidden, classes, activation }: MlpShape): Model {
  const outputs = classes === 2 ? 1 : classes;
  const widths = [inputs, ...hidden, outputs];
  const layers = widths.length - 1;
  const blocks = Array.from({ length: layers }, (_, l): WeightBlock[] => {
    const [from, to] = [widths[l]!, widths[l + 1]!];
    return [
      { name: `W${l + 1}`, shape: [to, from], start: glorot(from, to), penalised: true },
      { name: `b${l + 1}`, shape: [to], start: biasStart, penalised: false },
    ];
  }).flat();
  const unit = activation === "tanh" ? tanh : relu;
  const [score, link] = classes === 2 ? ["u", "σ(u)"] : ["z", "softmax(z)"];
  const before = (l: number): string => (l === 0 ? "x" : `h${subscript(l)}`);
  const affine = (l: number): string => `W${subscript(l + 1)}·${before(l)} + b${subscript(l + 1)}`;
  const links: Link[] = [
    ...hidden.map((units, l) => ({
      symbol: `h${subscript(l + 1)}`,
      formula: `${activation}(${affine(l)})`,
      meaning: `${units} hidden units`,
    })),
    { symbol: score!, formula: affine(layers - 1), meaning: classes === 2 ? "score" : "one score a class" },
    {
      symbol: "p",
      formula: link!,
      meaning: classes === 2 ? "probability of the second class" : "one probability a class",
    },
    { symbol: "L", formula: "−log p of the true class", meaning: "surprise at the truth" },
  ];
  return {
    name: "mlp",
    blocks,
    links,
    forward(weights, x) {
      const found: Record<string, Tensor> = {};
      let h = x;
      for (let l = 0; l < layers; l++) {
        const a = add(einsum("mk,ck->mc", h, weights[2 * l]!), weights[2 * l + 1]!);
        h = l === layers - 1 ? a : unit(a);
        if (l < layers - 1) found[`h${subscript(l + 1)}`] = h;
      }
      if (classes > 2) return { ...found, z: h, p: softmax(h) };
      const u = reshape(h, [x.shape[0]!]);
      return { ...found, u, p: sigmoid(u) };
    },
    losses: ({ u, z }, y) =>
      z === undefined ? sub(softplus(u!), mul(y, u!)) : crossEntropy(z, y, { reduction: "none" }),
    answer: "p",
  };
}
