// Softmax (multinomial logistic) regression: z = W·x + b → p = softmax(z) → −log p of the true class (Bridle 1990).
import { add, crossEntropy, einsum, softmax as soft } from "@basin/autodiff";
import { biasStart, glorot, type Model } from "./model.ts";

export function softmax(inputs: number, classes: number): Model {
  return {
    name: "softmax",
    blocks: [
      { name: "W", shape: [classes, inputs], start: glorot(inputs, classes), penalised: true },
      { name: "b", shape: [classes], start: biasStart, penalised: false },
    ],
    links: [
      { symbol: "z", formula: "W·x + b", meaning: "one score a class" },
      { symbol: "p", formula: "softmax(z) = eᶻ / Σ eᶻ", meaning: "one probability a class" },
      { symbol: "L", formula: "−log p of the true class", meaning: "surprise at the truth" },
    ],
    forward([w, b], x) {
      const z = add(einsum("mk,ck->mc", x, w!), b!);
      return { z, p: soft(z) };
    },
    // log Σ eᶻ − z of the true class, with the largest score taken out first.
    losses: ({ z }, y) => crossEntropy(z!, y, { reduction: "none" }),
    answer: "p",
  };
}
