// One neuron σ(w·x + b) with squared error (Widrow & Hoff 1960 with a sigmoid; Rumelhart, Hinton & Williams 1986).
import { add, matmul, sigmoid as sigma } from "@basin/autodiff";
import { biasStart, glorot, squaredError, type Model } from "./model.ts";

/** Not convex: far from the data's border σ is flat, and so is the loss. Without `bias` it is σ(w·x). */
export function sigmoid(inputs: number, options: { readonly bias: boolean } = { bias: true }): Model {
  const vector = { name: "w", shape: [inputs], start: glorot(inputs, 1), penalised: true };
  const bias = { name: "b", shape: [], start: biasStart, penalised: false };
  return {
    name: "sigmoid",
    blocks: options.bias ? [vector, bias] : [vector],
    links: [
      { symbol: "d", formula: options.bias ? "w·x + b" : "w·x", meaning: "score" },
      { symbol: "p", formula: "σ(d) = 1/(1 + e⁻ᵈ)", meaning: "probability" },
      { symbol: "L", formula: "(y − p)²", meaning: "squared error" },
    ],
    forward([w, b], x) {
      const product = matmul(x, w!);
      const d = b === undefined ? product : add(product, b);
      return { d, p: sigma(d) };
    },
    ...squaredError("p"),
    answer: "p",
  };
}
