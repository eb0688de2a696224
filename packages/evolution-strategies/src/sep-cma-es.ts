// Separable CMA-ES: a diagonal covariance, learnt (n + 2)/3 times as fast, in linear time and memory.
//
// Ros & Hansen, "A Simple Modification in CMA-ES Achieving Linear Time and Space Complexity", PPSN 2008.
import { exp } from "@basin/math";
import { lossOf, z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { FADED } from "./distribution.ts";
import { better, type Incumbent } from "./incumbent.ts";
import { defaultLambda, parameters } from "./parameters.ts";
import { natural } from "./settings.ts";
import { asked, frameOf, meanAt, pointsAt, ranking } from "./run.ts";

type State = {
  readonly started: boolean;
  /** In units of the region's width, before the box transform. Shapes [n]. */
  readonly mean: Vector;
  readonly sigma: number;
  readonly variances: Vector;
  readonly pathSigma: Vector;
  readonly pathC: Vector;
  readonly generation: number;
  /** Rows z ~ N(0, I), y = √C z, and the points. Shapes [λ × n]. */
  readonly z: Vector;
  readonly y: Vector;
  readonly points: Vector;
  readonly best: Incumbent;
};

/**
 * sep-CMA-ES. For dimensions where a full covariance is too slow, and for functions that are nearly separable.
 *
 * Bounds: a smooth map onto the box. Ends when all steps are below the tolerance, relative to the first.
 */
export const sepCmaEs = defineOptimizer({
  name: "sep-cma-es",
  summary: "CMA-ES with a diagonal covariance: linear in the dimension, blind to correlations.",
  family: "evolution-strategies",
  references: [
    "Ros & Hansen, A Simple Modification in CMA-ES Achieving Linear Time and Space Complexity, PPSN 2008",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 1_000_000], horizon: false },
  hyperparameters: z.object(natural),
  create(settings, domain) {
    const frame = frameOf(domain);
    const { n } = frame;
    const lambda = settings.populationSize === 0 ? defaultLambda(n) : Math.max(4, settings.populationSize);
    const p = parameters(n, lambda, { active: false, separable: true });

    function resampled(state: Omit<State, "z" | "y" | "points">, rng: Rng): State {
      const white = rng.fillNormal(freshVector(lambda * n));
      const scales = state.variances.map((v) => Math.sqrt(v));
      const y = freshVector(lambda * n);
      for (let at = 0; at < y.length;) for (let j = 0; j < n; j++, at++) y[at] = scales[j]! * white[at]!;
      return { ...state, z: white, y, points: pointsAt(state, y, frame) };
    }

    /** Mean, paths, variances and step after a generation ranked by `order`. */
    function updated(
      state: State,
      order: Readonly<Int32Array>,
    ): Omit<State, "z" | "y" | "points" | "best" | "started"> {
      const { mean, sigma, variances, y, z: white } = state;
      const generation = state.generation + 1;
      const next = freshVector(n);
      const [pathSigma, pathC, spread] = [freshVector(n), freshVector(n), freshVector(n)];
      const push = Math.sqrt(p.cSigma * (2 - p.cSigma) * p.muEff);
      const step = freshVector(n);
      let square = 0;
      for (let j = 0; j < n; j++) {
        let drift = 0;
        for (let i = 0; i < p.mu; i++) {
          const at = order[i]! * n + j;
          step[j]! += p.weights[i]! * y[at]!;
          drift += p.weights[i]! * white[at]!;
          spread[j]! += p.weights[i]! * y[at]! * y[at]!;
        }
        next[j] = mean[j]! + sigma * step[j]!;
        const path = (1 - p.cSigma) * state.pathSigma[j]! + push * drift;
        pathSigma[j] = path;
        square += path * path;
      }
      const length = Math.sqrt(square);
      let fade = 1;
      for (let g = 0; g < generation && fade > FADED; g++) fade *= (1 - p.cSigma) * (1 - p.cSigma);
      const moving = length / Math.sqrt(1 - fade) < (1.4 + 2 / (n + 1)) * p.chiN;
      const drive = moving ? Math.sqrt(p.cc * (2 - p.cc) * p.muEff) : 0;
      const keep = 1 - p.c1 - p.cMu + (moving ? 0 : p.c1 * p.cc * (2 - p.cc));
      const diagonal = freshVector(n);
      for (let j = 0; j < n; j++) {
        const path = (1 - p.cc) * state.pathC[j]! + drive * step[j]!;
        pathC[j] = path;
        diagonal[j] = Math.max(keep * variances[j]! + p.c1 * path * path + p.cMu * spread[j]!, 1e-300);
      }
      return {
        mean: next,
        sigma: sigma * exp(Math.min(1, (p.cSigma / p.dSigma) * (length / p.chiN - 1))),
        variances: diagonal,
        pathSigma,
        pathC,
        generation,
      };
    }

    return {
      init(start, rng): State {
        const zero = freshVector(n);
        return resampled(
          {
            started: false,
            mean: meanAt(start, frame),
            sigma: settings.step,
            variances: freshVector(n).fill(1),
            pathSigma: zero,
            pathC: zero,
            generation: 0,
            best: { x: start.slice(), value: Infinity },
          },
          rng,
        );
      },
      ask({ started, best, points, sigma, variances, pathC }) {
        if (!started) return { queries: [{ kind: "value", x: best.x }] };
        const small = settings.tolerance * settings.step;
        if (variances.every((v, j) => sigma * Math.sqrt(v) < small && sigma * Math.abs(pathC[j]!) < small))
          return { stop: "tolx: all steps are below the tolerance" };
        return { queries: asked(points, n), prefix: true };
      },
      tell(state, outcomes, rng): State {
        const best = better(state.best, outcomes, state.started ? state.points : state.best.x);
        if (!state.started) return { ...state, started: true, best };
        const values = Float64Array.from(outcomes, lossOf);
        if (outcomes.length < lambda || values.every((value) => value === Infinity))
          return resampled({ ...state, best }, rng);
        return resampled({ ...updated(state, ranking(values)), started: true, best }, rng);
      },
      recommend: ({ best }) => best.x,
      metrics: ({ sigma }) => ({ sigma }),
    };
  },
});
