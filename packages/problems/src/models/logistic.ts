// Logistic regression as blocks u = w·x + b → p = σ(u) → −log p of the true class (Cox 1958).
import { add, matmul, mul, sigmoid, softplus, sub } from "@basin/autodiff";
import { biasStart, glorot, type Model } from "./model.ts";

export function logistic(inputs: number): Model {
  return {
    name: "logistic",
    blocks: [
      { name: "w", shape: [inputs], start: glorot(inputs, 1), penalised: true },
      { name: "b", shape: [], start: biasStart, penalised: false },
    ],
    links: [
      { symbol: "u", formula: "w·x + b", meaning: "score" },
      { symbol: "p", formula: "σ(u) = 1/(1 + e⁻ᵘ)", meaning: "probability of the second class" },
      {
        symbol: "L",
        formula: "−log p, or −log(1 − p) for the first class",
        meaning: "surprise at the truth",
      },
    ],
    forward([w, b], x) {
      const u = add(matmul(x, w!), b!);
      return { u, p: sigmoid(u) };
    },
    // −y log σ(u) − (1 − y) log(1 − σ(u)) = log(1 + eᵘ) − y·u, which stays finite where p rounds to 0 or 1.
    losses: ({ u }, y) => sub(softplus(u!), mul(y, u!)),
    answer: "p",
  };
}
