// Separable natural evolution strategy: a step size for each coordinate, following the natural gradient.
//
// Schaul, Glasmachers & Schmidhuber, "High Dimensions and Heavy Tails for Natural Evolution Strategies", GECCO 2011; Wierstra et al.,
// "Natural Evolution Strategies", JMLR 15, 2014, algorithm 6 and table 1.
import { exp, log } from "@basin/math";
import { z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { naturalSearch, type Variant } from "./nes.ts";
import { defaultLambda } from "./parameters.ts";
import { frameOf } from "./run.ts";
import { natural } from "./settings.ts";
import { utilities } from "./utilities.ts";

/** Standard deviations, shape [n]. */
type Diagonal = { readonly deviations: Vector };

/** μ ← μ + σ Σ u z; σ ← σ exp(η/2 Σ u (z² − 1)), coordinate by coordinate. */
function separable(lambda: number, step: number, rate: number): Variant<Diagonal> {
  return {
    lambda,
    first: (n) => ({ deviations: freshVector(n).fill(step) }),
    shaped: (white, { deviations }, n) =>
      Float64Array.from(white, (value, at) => value * deviations[at % n]!),
    follow({ mean, deviations }, white, _, utility, n) {
      const [move, grow] = [freshVector(n), freshVector(n)];
      for (let i = 0; i < lambda; i++) {
        const u = utility[i]!;
        for (let j = 0; j < n; j++) {
          const s = white[i * n + j]!;
          move[j]! += u * s;
          grow[j]! += u * (s * s - 1);
        }
      }
      return {
        mean: mean.map((m, j) => m + deviations[j]! * move[j]!),
        deviations: deviations.map((d, j) => Math.max(d * exp((rate / 2) * grow[j]!), 1e-300)),
      };
    },
    widest: ({ deviations }) => deviations.reduce((a, b) => Math.max(a, b), 0),
  };
}

/**
 * SNES. Learning rates: 1 for the mean, (3 + ln n)/(5 √n) for the deviations (2014, table 1).
 *
 * Bounds: a smooth map onto the box.
 */
export const snes = defineOptimizer({
  name: "snes",
  summary:
    "Follows the natural gradient of the expected rank in the mean and in a step size for each coordinate.",
  family: "evolution-strategies",
  references: [
    "Schaul, Glasmachers & Schmidhuber, High Dimensions and Heavy Tails for Natural Evolution Strategies, GECCO 2011",
    "Wierstra et al., Natural Evolution Strategies, JMLR 15, 2014",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 1_000_000], horizon: false },
  hyperparameters: z.object(natural),
  create(settings, domain) {
    const frame = frameOf(domain);
    const lambda =
      settings.populationSize === 0 ? defaultLambda(frame.n) : Math.max(4, settings.populationSize);
    const rate = (3 + log(frame.n)) / (5 * Math.sqrt(frame.n));
    return naturalSearch(
      separable(lambda, settings.step, rate),
      utilities(lambda),
      settings.tolerance * settings.step,
      frame,
    );
  },
});
