// The evolution strategy of OpenAI: antithetic samples, ranks, and Adam on the gradient that they estimate.
//
// Salimans, Ho, Chen, Sidor & Sutskever, "Evolution Strategies as a Scalable Alternative to Reinforcement Learning",
// arXiv:1703.03864, 2017, algorithm 2 and section 2.1; Kingma & Ba, "Adam", ICLR 2015.
import { lossOf, z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { better, type Incumbent } from "./incumbent.ts";
import { asked, frameOf, meanAt, pointsAt, ranking } from "./run.ts";

type State = {
  readonly started: boolean;
  /** In units of the region's width, before the box transform. Shape [n]. */
  readonly mean: Vector;
  /** Adam's moments, shape [n]. */
  readonly first: Vector;
  readonly second: Vector;
  /** 1 − β₁^t and 1 − β₂^t. */
  readonly bias: readonly [number, number];
  /** Row 2k is +ε, row 2k + 1 is −ε. Shape [2 pairs × n]. */
  readonly noise: Vector;
  readonly points: Vector;
  readonly best: Incumbent;
};

/** Ranks as numbers from −1/2 (best) to 1/2 (worst): "centered ranks". Shape [size]. */
export function centredRanks(values: Vector): Float64Array {
  const out = freshVector(values.length);
  ranking(values).forEach((row, rank) => (out[row] = rank / (values.length - 1) - 0.5));
  return out;
}

/**
 * OpenAI's evolution strategy: a fixed standard deviation, many antithetic pairs, a gradient step.
 *
 * Bounds: a smooth map onto the box. Its precision is limited by the fixed deviation; it never stops by itself.
 */
export const openaiEs = defineOptimizer({
  name: "openai-es",
  summary: "Estimates a slope from antithetic samples of a fixed width and lets Adam follow it.",
  family: "evolution-strategies",
  references: [
    "Salimans et al., Evolution Strategies as a Scalable Alternative to Reinforcement Learning, arXiv:1703.03864, 2017",
    "Kingma & Ba, Adam: A Method for Stochastic Optimization, ICLR 2015",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 1_000_000], horizon: false },
  hyperparameters: z.object({
    deviation: z
      .number()
      .gt(0)
      .max(10)
      .default(0.02)
      .meta({
        label: "Deviation σ",
        help: "Standard deviation of the samples, as a share of the region's width.",
        range: [1e-3, 0.2],
        scale: "log",
      }),
    rate: z
      .number()
      .gt(0)
      .max(10)
      .default(0.01)
      .meta({
        label: "Learning rate",
        help: "Adam's step, as a share of the region's width.",
        range: [1e-4, 0.1],
        scale: "log",
      }),
    pairs: z
      .int()
      .min(1)
      .max(100_000)
      .default(10)
      .meta({
        label: "Pairs",
        help: "Antithetic pairs in a generation: twice as many evaluations.",
        range: [2, 100],
        scale: "log",
      }),
    decay: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({
        label: "Weight decay",
        help: "Share of the mean that is taken off at each step, times the learning rate.",
        range: [0, 0.1],
        scale: "linear",
      }),
  }),
  create(settings, domain) {
    const frame = frameOf(domain);
    const { n } = frame;
    const { deviation, rate, pairs, decay } = settings;
    const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

    function resampled(state: Omit<State, "noise" | "points">, rng: Rng): State {
      const noise = freshVector(2 * pairs * n);
      const half = rng.fillNormal(freshVector(pairs * n));
      for (let k = 0; k < pairs; k++)
        for (let j = 0; j < n; j++) {
          noise[2 * k * n + j] = half[k * n + j]!;
          noise[(2 * k + 1) * n + j] = -half[k * n + j]!;
        }
      return { ...state, noise, points: pointsAt({ mean: state.mean, sigma: deviation }, noise, frame) };
    }

    return {
      init(start, rng): State {
        const zero = freshVector(n);
        return resampled(
          {
            started: false,
            mean: meanAt(start, frame),
            first: zero,
            second: zero,
            bias: [0, 0],
            best: { x: start.slice(), value: Infinity },
          },
          rng,
        );
      },
      ask: ({ started, best, points }) =>
        started ? { queries: asked(points, n), prefix: true } : { queries: [{ kind: "value", x: best.x }] },
      tell(state, outcomes, rng): State {
        const best = better(state.best, outcomes, state.started ? state.points : state.best.x);
        if (!state.started) return { ...state, started: true, best };
        const values = Float64Array.from(outcomes, lossOf);
        if (outcomes.length < 2 * pairs || values.every((value) => value === Infinity))
          return resampled({ ...state, best }, rng);
        const ranks = centredRanks(values);
        const bias = [1 - beta1 * (1 - state.bias[0]), 1 - beta2 * (1 - state.bias[1])] as const;
        const [mean, first, second] = [freshVector(n), freshVector(n), freshVector(n)];
        for (let j = 0; j < n; j++) {
          let gradient = 0;
          for (let i = 0; i < 2 * pairs; i++) gradient += ranks[i]! * state.noise[i * n + j]!;
          gradient = gradient / (2 * pairs * deviation) + decay * state.mean[j]!;
          first[j] = beta1 * state.first[j]! + (1 - beta1) * gradient;
          second[j] = beta2 * state.second[j]! + (1 - beta2) * gradient * gradient;
          mean[j] =
            state.mean[j]! - (rate * (first[j]! / bias[0])) / (Math.sqrt(second[j]! / bias[1]) + epsilon);
        }
        return resampled({ started: true, mean, first, second, bias, best }, rng);
      },
      recommend: ({ best }) => best.x,
      metrics: ({ first }) => ({ slope: Math.sqrt(first.reduce((a, b) => a + b * b, 0)) }),
    };
  },
});
