// Small optimizers and objectives whose runs can be computed by hand.
import {
  exampleCache,
  exampleIndices,
  makeDomain,
  z,
  type Ask,
  type Domain,
  type Objective,
  type Outcome,
  type Vector,
} from "@basin/objective";
import { clampToBox, defineOptimizer, isEvaluation, isFiniteVector, lossOf } from "@basin/optimizer";
import { createRun, runToEnd, type DriveOptions, type RunOptions, type RunResult } from "@basin/runner";

interface Slide {
  readonly ask: Ask<"gradient">;
  readonly x: Vector;
  readonly t: number;
  readonly stop: string | undefined;
}

/** Gradient descent with a fixed rate; `size` > 0: over mini-batches of that size, in sequence. */
export const slide = defineOptimizer({
  name: "slide",
  family: "test",
  summary: "Gradient descent with a fixed rate.",
  references: [],
  needs: ["gradient"],
  hyperparameters: z.object({
    rate: z.number().default(0.1).meta({ label: "rate", help: "Step over slope." }),
    size: z.int().min(0).default(0).meta({ label: "size", help: "Of a mini-batch; 0: all examples." }),
  }),
  create: ({ rate, size }, { bounds }: Domain) => {
    const at = (x: Vector, t: number): Slide => ({
      ask:
        size > 0
          ? { queries: [{ kind: "gradient", x }], examples: { size, draw: "sequence", epoch: 0, index: t } }
          : { queries: [{ kind: "gradient", x }] },
      x,
      t,
      stop: undefined,
    });
    return {
      init: (x) => at(x, 0),
      ask: (state) => (state.stop === undefined ? state.ask : { stop: state.stop }),
      tell(state, outcomes) {
        const outcome = outcomes[0]!;
        if (!isEvaluation(outcome)) return { ...state, stop: "no slope" };
        const { x } = state;
        const { gradient } = outcome;
        const next = new Float64Array(x.length);
        for (let i = 0; i < x.length; i++) next[i] = x[i]! - rate * gradient[i]!;
        clampToBox(next, bounds, next);
        if (!isFiniteVector(next)) return { ...state, stop: "diverged: the step overflows" };
        return at(next, state.t + 1);
      },
      recommend: ({ x }) => x,
      metrics: ({ t }) => ({ t }),
    };
  },
});

interface Wander {
  readonly best: Vector;
  readonly loss: number;
  readonly next: readonly Vector[];
}

/** Normal steps from the best point, `size` at a time. */
export const wander = defineOptimizer({
  name: "wander",
  family: "test",
  summary: "Normal steps from the best point.",
  references: [],
  needs: ["value"],
  hyperparameters: z.object({
    size: z.int().min(1).default(4).meta({ label: "size", help: "Points at a time." }),
    prefix: z.boolean().default(false).meta({ label: "prefix", help: "Whether a batch may be cut." }),
  }),
  create: ({ size, prefix }, { bounds }) => ({
    init: (start): Wander => ({ best: start, loss: Infinity, next: [start] }),
    ask: ({ next }) => ({ queries: next.map((x) => ({ kind: "value" as const, x })), prefix }),
    tell(state, outcomes, rng) {
      let { best, loss } = state;
      for (const [i, outcome] of outcomes.entries())
        if (lossOf(outcome) < loss) [best, loss] = [state.next[i]!, lossOf(outcome)];
      const next = Array.from({ length: size }, () => {
        const x = rng.fillNormal(new Float64Array(best.length));
        for (let i = 0; i < x.length; i++) x[i]! += best[i]!;
        return clampToBox(x, bounds, x);
      });
      return { best, loss, next };
    },
    recommend: ({ best }) => best,
  }),
});

/** Σ xᵢ², with its gradient at the price given. */
export function bowl(n: number, price = 2): Objective {
  return {
    name: "bowl",
    domain: makeDomain({ dimension: n }),
    answers: { value: 1, gradient: price },
    examples: 1,
    noisy: false,
    minimum: { value: 0, at: [new Float64Array(n)] },
    evaluate: ({ queries }) =>
      queries.map(({ kind, x }): Outcome => {
        let value = 0;
        for (let i = 0; i < n; i++) value += x[i]! * x[i]!;
        if (kind === "value") return { kind, x, value };
        const gradient = new Float64Array(n);
        for (let i = 0; i < n; i++) gradient[i] = 2 * x[i]!;
        return { kind: "gradient", x, value, gradient };
      }),
  };
}

const DATA = Float64Array.of(3, -1, 4, 1, -5, 9, 2);

/** The mean over seven numbers d of Σᵢ (xᵢ − d)²: a sum over examples, which mini-batches estimate. */
export function meanSquares(n = 2): Objective {
  const all = Int32Array.from(DATA, (_, i) => i);
  const cache = exampleCache();
  return {
    name: "mean-squares",
    domain: makeDomain({ dimension: n }),
    answers: { value: 1, gradient: 2.5 },
    examples: DATA.length,
    noisy: false,
    evaluate: ({ queries, examples }, rng) => {
      const chosen = examples === undefined ? all : exampleIndices(examples, DATA.length, rng, cache);
      return queries.map(({ kind, x }): Outcome => {
        let value = 0;
        const gradient = new Float64Array(n);
        for (const i of chosen)
          for (let j = 0; j < n; j++) {
            const rest = x[j]! - DATA[i]!;
            value += (rest * rest) / chosen.length;
            gradient[j]! += (2 * rest) / chosen.length;
          }
        return kind === "value" ? { kind, x, value } : { kind: "gradient", x, value, gradient };
      });
    },
    report: (x) => ({ first: x[0]! }),
  };
}

/** A bowl whose values are off by up to a tenth. */
export function noisyBowl(n: number): Objective {
  const sound = bowl(n);
  return {
    ...sound,
    name: "noisy-bowl",
    noisy: true,
    evaluate: (ask, rng) =>
      (sound.evaluate(ask, rng) as readonly Outcome[]).map((outcome) =>
        isEvaluation(outcome) ? { ...outcome, value: outcome.value + 0.1 * rng.uniform() } : outcome,
      ),
  };
}

/** The objective with an ear on it: every ask and its outcomes, in order. */
export function overheard(objective: Objective): {
  readonly objective: Objective;
  readonly heard: { readonly ask: Ask; readonly outcomes: readonly Outcome[] }[];
} {
  const heard: { readonly ask: Ask; readonly outcomes: readonly Outcome[] }[] = [];
  return {
    heard,
    objective: {
      ...objective,
      evaluate: (ask, rng) => {
        const outcomes = objective.evaluate(ask, rng) as readonly Outcome[];
        heard.push({ ask, outcomes });
        return outcomes;
      },
    },
  };
}

/** The objective, answering by promises. */
export function promising(objective: Objective): Objective {
  return { ...objective, evaluate: async (ask, rng) => objective.evaluate(ask, rng) };
}

/** The result of a run whose objective answers at once. */
export function resultNow(options: RunOptions, drive: DriveOptions = {}): RunResult {
  const result = runToEnd(createRun(options), drive);
  if (result instanceof Promise) throw new Error("expected a result, found a promise");
  return result;
}
