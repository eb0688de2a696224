// L-BFGS: a quasi-Newton method that remembers a few steps (Nocedal 1980; Liu & Nocedal 1989).
import { z, type Vector, freshVector } from "@basin/objective";
import { dot } from "./descent/box.ts";
import { downhill, type DirectionRule } from "./descent/direction-rule.ts";
import { lineDescent } from "./descent/line-descent.ts";
import { secantOf, type Secant } from "./descent/secant.ts";

/** The latest last. */
type Memory = readonly Secant[];

const none: Memory = [];

/** −H g by the two-loop recursion, with H₀ = s·y / y·y of the latest step (Nocedal & Wright 2006, algorithm 7.4). */
function twoLoops(memory: Memory, gradient: Vector): Float64Array {
  const d = downhill(gradient);
  const weights = freshVector(memory.length);
  for (let k = memory.length - 1; k >= 0; k--) {
    const { s, y, rho } = memory[k]!;
    const a = rho * dot(s, d);
    weights[k] = a;
    for (let i = 0; i < d.length; i++) d[i]! -= a * y[i]!;
  }
  const latest = memory.at(-1)!;
  const scale = 1 / (latest.rho * dot(latest.y, latest.y));
  for (let i = 0; i < d.length; i++) d[i]! *= scale;
  for (let k = 0; k < memory.length; k++) {
    const { s, y, rho } = memory[k]!;
    const b = weights[k]! - rho * dot(y, d);
    for (let i = 0; i < d.length; i++) d[i]! += b * s[i]!;
  }
  return d;
}

function limitedMemory(length: number): DirectionRule<Memory> {
  return {
    begin: none,
    direction: twoLoops,
    learn(memory, taken) {
      const secant = secantOf(taken);
      if (secant === undefined) return memory;
      return [...(memory.length < length ? memory : memory.slice(1)), secant];
    },
    search: { kind: "wolfe", curvature: 0.9 },
    scaled: true,
  };
}

/** L-BFGS with the line search of Moré and Thuente; bounds as all methods here that search along lines. */
export const lBfgs = lineDescent({
  name: "l-bfgs",
  summary:
    "Newton's method with a curvature guessed from the last few steps: the usual choice for smooth functions.",
  references: [
    "Liu & Nocedal, On the Limited Memory BFGS Method for Large Scale Optimization, Mathematical Programming 45, 1989",
    "Yuan, A Modified BFGS Algorithm for Unconstrained Optimization, IMA Journal of Numerical Analysis 11, 1991",
    "Moré & Thuente, Line Search Algorithms with Guaranteed Sufficient Decrease, ACM TOMS 20 (3), 1994",
    "Bertsekas, Projected Newton Methods for Optimization Problems with Simple Constraints, SIAM J. Control Optim. 20 (2), 1982",
  ],
  settings: {
    memory: z
      .int()
      .min(1)
      .max(100)
      .default(15)
      .meta({ label: "Memory", help: "Steps that are remembered.", range: [3, 30] }),
  },
  rule: ({ memory }) => limitedMemory(memory),
});
