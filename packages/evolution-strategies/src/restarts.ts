// What follows when a run of CMA-ES has ended: nothing, twice the population (IPOP), or large and small populations in turn (BIPOP).
//
// Auger & Hansen, CEC 2005; Hansen, "Benchmarking a BI-Population CMA-ES on the BBOB-2009 Function Testbed", GECCO workshop 2009.
import { pow } from "@basin/math";
import type { Rng } from "@basin/random";

export type Regime = {
  /** Which kind of run is under way. */
  readonly kind: "first" | "large" | "small";
  /** How often the population has doubled. */
  readonly doublings: number;
  /** Evaluations spent in runs of each kind (the first run counts as large), and in the present run. */
  readonly large: number;
  readonly small: number;
  readonly present: number;
  /** Evaluations that the present run may spend: half of the last large run for a small one, otherwise unlimited. */
  readonly lastLarge: number;
};

interface Restart {
  readonly lambda: number;
  readonly step: number;
  readonly regime: Regime;
}

/** How a search goes on: `next` is undefined when it does not. */
export interface Restarts {
  readonly first: Regime;
  charge(regime: Regime, evaluations: number): Regime;
  /** Whether the present run has had its share: why, or undefined. */
  exhausted(regime: Regime): string | undefined;
  next(regime: Regime, lambda: number, step: number, rng: Rng): Restart | undefined;
}

const first: Regime = { kind: "first", doublings: 0, large: 0, small: 0, present: 0, lastLarge: 0 };

function charge(regime: Regime, evaluations: number): Regime {
  const kind = regime.kind === "small" ? "small" : "large";
  return { ...regime, [kind]: regime[kind] + evaluations, present: regime.present + evaluations };
}

/** A large run with the population doubled once more. */
function large(regime: Regime, lambda: number, step: number): Restart {
  const doublings = regime.doublings + 1;
  return {
    lambda: lambda * pow(2, doublings),
    step,
    regime: { ...regime, kind: "large", doublings, present: 0 },
  };
}

const unlimited = (): undefined => undefined;

export const none: Restarts = { first, charge, exhausted: unlimited, next: () => undefined };

export function doubling(limit: number): Restarts {
  return {
    first,
    charge,
    exhausted: unlimited,
    next: (regime, lambda, step) => (regime.doublings >= limit ? undefined : large(regime, lambda, step)),
  };
}

/**
 * The kind that has spent less goes next. A small run has λ_small = ⌊λ (λ_large / 2λ)^{U²}⌋ samples and the step σ₀ 10^{−2U}, with U uniform
 * on [0, 1] (Hansen 2009, section 2).
 */
export function alternating(limit: number): Restarts {
  return {
    first,
    charge,
    exhausted: ({ kind, present, lastLarge }) =>
      kind === "small" && present >= lastLarge / 2
        ? "share: a small run ends at half the evaluations of the last large one"
        : undefined,
    next(regime, lambda, step, rng) {
      const done = regime.kind === "small" ? regime : { ...regime, lastLarge: regime.present };
      if (done.doublings === 0 || done.large <= done.small)
        return done.doublings >= limit ? undefined : large(done, lambda, step);
      const [u, v] = [rng.uniform(), rng.uniform()];
      const size = Math.floor(lambda * pow(pow(2, done.doublings) / 2, u * u));
      return {
        lambda: Math.max(lambda, size),
        step: step * pow(10, -2 * v),
        regime: { ...done, kind: "small", present: 0 },
      };
    },
  };
}
