// Steepest descent with backtracking (Cauchy 1847; Armijo 1966).
import { downhill, type DirectionRule } from "./descent/direction-rule.ts";
import { lineDescent } from "./descent/line-descent.ts";

const steepest: DirectionRule<null> = {
  begin: null,
  direction: (_, gradient) => downhill(gradient),
  learn: () => null,
  search: { kind: "armijo" },
  scaled: false,
};

/** Gradient descent that needs no learning rate: each step is as long as the last one doubled, cut until f falls enough. */
export const steepestDescent = lineDescent({
  name: "steepest-descent",
  summary: "Gradient descent that finds its own step length by backtracking.",
  references: [
    "Armijo, Minimization of Functions Having Lipschitz Continuous First Partial Derivatives, Pacific J. Math. 16 (1), 1966",
  ],
  settings: {},
  rule: () => steepest,
});
