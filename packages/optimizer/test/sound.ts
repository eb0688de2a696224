// Two small sound optimizers that the laws hold for, and the material that the broken ones are made of.
import {
  clampToBox,
  defineOptimizer,
  isEvaluation,
  isFiniteVector,
  lossOf,
  type Search,
} from "@basin/optimizer";
import { z, type Ask, type Domain, type Vector } from "@basin/objective";

export interface Slide {
  readonly x: Vector;
  readonly t: number;
  readonly stop?: string;
}

export function slideSearch(rate: number, { bounds }: Domain): Search<Slide, "gradient"> {
  return {
    init: (x) => ({ x, t: 0 }),
    ask: ({ x, stop }) => (stop === undefined ? { queries: [{ kind: "gradient", x }] } : { stop }),
    tell(state, [outcome]) {
      if (outcome === undefined || !isEvaluation(outcome))
        return { ...state, stop: "its point has no slope" };
      const x = new Float64Array(state.x.length);
      for (let i = 0; i < x.length; i++) x[i] = state.x[i]! - rate * outcome.gradient[i]!;
      clampToBox(x, bounds, x);
      if (!isFiniteVector(x)) return { ...state, stop: "diverged: the step overflows" };
      return { x, t: state.t + 1 };
    },
    recommend: ({ x }) => x,
    metrics: ({ t }) => ({ t }),
  };
}

/** Gradient descent with a fixed rate. */
export const slide = defineOptimizer({
  name: "slide",
  family: "test",
  summary: "Gradient descent with a fixed rate.",
  references: [],
  needs: ["gradient"],
  hyperparameters: z.object({
    rate: z.number().positive().default(0.1).meta({ label: "rate", help: "Step over slope.", scale: "log" }),
  }),
  create: ({ rate }, domain) => slideSearch(rate, domain),
});

export interface Wander {
  readonly best: Vector;
  readonly loss: number;
  readonly next: readonly Vector[];
}

export function wanderSearch(size: number, { bounds }: Domain): Search<Wander, "value"> {
  return {
    init: (start) => ({ best: start, loss: Infinity, next: [start] }),
    ask: ({ next }): Ask<"value"> => ({ queries: next.map((x) => ({ kind: "value", x })), prefix: true }),
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
  };
}

/** Normal steps from the best point, a few at a time. */
export const wander = defineOptimizer({
  name: "wander",
  family: "test",
  summary: "Normal steps from the best point.",
  references: [],
  needs: ["value"],
  hyperparameters: z.object({
    size: z.int().min(1).default(4).meta({ label: "size", help: "Points at a time." }),
  }),
  create: ({ size }, domain) => wanderSearch(size, domain),
});
