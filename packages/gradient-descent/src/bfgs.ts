// BFGS: a quasi-Newton method with a whole matrix (Broyden, Fletcher, Goldfarb, Shanno 1970).
import { freshVector, type Vector } from "@basin/objective";
import { dot } from "./descent/box.ts";
import { downhill, type DirectionRule } from "./descent/direction-rule.ts";
import { lineDescent } from "./descent/line-descent.ts";
import { secantOf, type Secant } from "./descent/secant.ts";

/** The inverse Hessian, as far as it is known; shape [n × n], symmetric. Empty before the first step. */
type Memory = Vector;

const none: Memory = new Float64Array(0);

/** H v for symmetric H. Shape [n]. */
function product(h: Vector, v: Vector): Float64Array {
  const n = v.length;
  const out = freshVector(n);
  for (let i = 0, at = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++, at++) sum += h[at]! * v[j]!;
    out[i] = sum;
  }
  return out;
}

/** H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ (Nocedal & Wright 2006, eq. 6.17); before the first, H = s·y / y·y · I (6.20). */
function update(before: Memory, { s, y, rho }: Secant): Float64Array {
  const n = s.length;
  const h = new Float64Array(n * n);
  if (before.length === 0) {
    const scale = 1 / (rho * dot(y, y));
    for (let i = 0; i < n; i++) h[i * n + i] = scale;
  } else h.set(before);
  const hy = product(h, y);
  // (1 + ρ yᵀHy) ρ s sᵀ − ρ (Hy sᵀ + s (Hy)ᵀ)
  const weight = (1 + rho * dot(y, hy)) * rho;
  for (let i = 0, at = 0; i < n; i++)
    for (let j = 0; j < n; j++, at++)
      h[at]! += weight * s[i]! * s[j]! - rho * (hy[i]! * s[j]! + s[i]! * hy[j]!);
  return h;
}

const wholeMatrix: DirectionRule<Memory> = {
  begin: none,
  direction: (memory, gradient) => product(memory, downhill(gradient)),
  learn(memory, taken) {
    const secant = secantOf(taken);
    return secant === undefined ? memory : update(memory, secant);
  },
  search: { kind: "wolfe", curvature: 0.9 },
  scaled: true,
};

/** BFGS with the line search of Moré and Thuente; up to 1000 dimensions, as it keeps n² numbers. */
export const bfgs = lineDescent({
  name: "bfgs",
  summary:
    "Newton's method with a curvature learnt from all steps so far: for smooth functions of up to some hundred dimensions.",
  references: [
    "Nocedal & Wright, Numerical Optimization, 2nd edition, Springer 2006, chapter 6",
    "Yuan, A Modified BFGS Algorithm for Unconstrained Optimization, IMA Journal of Numerical Analysis 11, 1991",
    "Moré & Thuente, Line Search Algorithms with Guaranteed Sufficient Decrease, ACM TOMS 20 (3), 1994",
  ],
  largest: 1000,
  settings: {},
  rule: () => wholeMatrix,
});
