// The linear model f(x, W) = W·x + b with squared error (least squares: Legendre 1805, Gauss 1809).
import { add, matmul } from "@basin/autodiff";
import { biasStart, glorot, squaredError, type Model } from "./model.ts";

/** Without `bias` it is f(x, W) = W·x. */
export function linear(inputs: number, options: { readonly bias: boolean } = { bias: true }): Model {
  const matrix = { name: "W", shape: [inputs], start: glorot(inputs, 1), penalised: true };
  const bias = { name: "b", shape: [], start: biasStart, penalised: false };
  return {
    name: "linear",
    blocks: options.bias ? [matrix, bias] : [matrix],
    links: [
      { symbol: "f", formula: options.bias ? "W·x + b" : "W·x", meaning: "prediction" },
      { symbol: "L", formula: "(y − f)²", meaning: "squared error" },
    ],
    forward([w, b], x) {
      const product = matmul(x, w!);
      return { f: b === undefined ? product : add(product, b) };
    },
    ...squaredError("f"),
    answer: "f",
  };
}
