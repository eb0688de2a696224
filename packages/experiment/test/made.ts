// A small catalog whose runs can be understood, and results that are made up, number by number.
import { makeDomain, z, type AnyProblem, type Outcome } from "@basin/objective";
import { clampToBox, defineOptimizer, isEvaluation, lossOf } from "@basin/optimizer";
import { gridOf, type Catalog, type RunResult, type Trace } from "@basin/runner";
import type { Vector } from "@basin/objective";
import {
  parseSpec,
  plan,
  type ExperimentFile,
  type ExperimentResult,
  type RunRecord,
} from "@basin/experiment";

const rate = z.number().positive().max(10).default(0.1).meta({ label: "rate", help: "Step over slope." });

/** x ← x − rate · slope: on the bowl it diverges for rates above 1. */
const slide = defineOptimizer({
  name: "slide",
  family: "slopes",
  summary: "Steps down the slope.",
  references: [],
  needs: ["gradient"],
  hyperparameters: z.object({ rate }),
  create: ({ rate: step }, { bounds }) => ({
    init: (start): Vector => start,
    ask: (x) => ({ queries: [{ kind: "gradient" as const, x }] }),
    tell(x, [outcome]) {
      if (outcome === undefined || !isEvaluation(outcome)) return x;
      const next = x.map((value, i) => value - step * outcome.gradient[i]!);
      return clampToBox(next, bounds, next);
    },
    recommend: (x) => x,
  }),
});

/** Uniform points in the region. */
const throwDarts = defineOptimizer({
  name: "throw-darts",
  family: "darts",
  summary: "Looks anywhere.",
  references: [],
  needs: ["value"],
  hyperparameters: z.object({}),
  create: (_, { region }) => ({
    init: (start): { x: Vector; best: Vector; loss: number } => ({ x: start, best: start, loss: Infinity }),
    ask: ({ x }) => ({ queries: [{ kind: "value" as const, x }] }),
    tell(state, outcomes, rng) {
      const loss = lossOf(outcomes[0]!);
      const x = region.lower.map((low, i) => low + (region.upper[i]! - low) * rng.uniform());
      return loss < state.loss ? { x, best: state.x, loss } : { ...state, x };
    },
    recommend: ({ best }) => best,
  }),
});

const bowl: AnyProblem = {
  name: "bowl",
  summary: "Σ xᵢ².",
  references: [],
  settings: z.object({
    dimension: z.int().min(1).max(50).default(2).meta({ label: "n", help: "Coordinates." }),
  }),
  create: ({ dimension: n }: { dimension: number }) => ({
    name: "bowl",
    domain: makeDomain({ dimension: n, region: { lower: -5, upper: 5 } }),
    answers: { value: 1, gradient: 2 },
    examples: 1,
    noisy: false,
    minimum: { value: 0, at: [new Float64Array(n)] },
    evaluate: ({ queries }) =>
      queries.map(({ kind, x }): Outcome => {
        const value = x.reduce((sum, xi) => sum + xi * xi, 0);
        return kind === "value"
          ? { kind, x, value }
          : { kind: "gradient", x, value, gradient: x.map((xi) => 2 * xi) };
      }),
  }),
};

/** Answers values only, and none below zero in the first coordinate. */
const halfBlind: AnyProblem = {
  ...bowl,
  name: "half-blind",
  create: (settings, rng) => {
    const sound = bowl.create(settings, rng);
    return {
      ...sound,
      name: "half-blind",
      answers: { value: 1 },
      evaluate: ({ queries }) =>
        queries.map(({ x }): Outcome =>
          x[0]! < 0 ? { failed: "threw", message: "no sight" } : { kind: "value", x, value: x[0]! * x[0]! },
        ),
    };
  },
};

export const catalog: Catalog = {
  optimizers: { slide, "throw-darts": throwDarts },
  problems: { bowl, "half-blind": halfBlind },
};

/** What is made up of a run: its losses at a few costs. */
export interface Made {
  /** From the first entry on, at costs 1, 10, 100 …; the last one lasts to the end. */
  readonly losses?: readonly number[];
  readonly lost?: "failed" | "diverged";
  readonly start?: number;
  readonly x?: readonly number[];
  readonly cost?: number;
}

export function madeResult(
  { losses = [1], lost, start = 1, x = [1, 2], cost }: Made,
  budget: number,
): RunResult {
  const grid = gridOf(budget);
  const loss = grid.map((at) => losses[Math.min(losses.length - 1, Math.floor(Math.log10(at) + 1e-9))]!);
  const hits = { k: [] as number[], cost: [] as number[] };
  for (let k = 60; k >= -320; k--) {
    const first = loss.findIndex((value) => value <= 10 ** (k / 20));
    if (first < 0) break;
    hits.k.push(k);
    hits.cost.push(grid[first]!);
  }
  const none = (): Float64Array => new Float64Array(grid.length);
  const trace: Trace = {
    cost: grid,
    loss,
    queries: grid.slice(),
    examples: grid.slice(),
    seconds: none(),
    report: {},
    metrics: {},
    hits: { k: Int32Array.from(hits.k), cost: Float64Array.from(hits.cost), above: 0 },
  };
  return {
    ending: lost === "failed" ? "failed" : "budget",
    reason: lost === "failed" ? "made to fail" : "spent",
    diverged: lost !== undefined,
    best: { x: Float64Array.from(x), loss: loss.at(-1)! },
    start: { x: Float64Array.from(x), loss: start },
    tally: { cost: cost ?? budget, queries: { value: budget }, examples: budget, failures: 0, steps: budget },
    trace,
    prices: { value: 1 },
    fingerprint: "0",
  };
}

/** A result whose runs are made up: one list for each optimizer, one entry a seed. */
export function madeOf(
  optimizers: Readonly<Record<string, readonly Made[]>>,
  options: Partial<ExperimentFile> = {},
): ExperimentResult {
  const names = Object.keys(optimizers);
  const spec = parseSpec(
    {
      problems: ["bowl"],
      optimizers: names.map((label) => ({ name: "throw-darts", label })),
      replicates: Math.max(...names.map((name) => optimizers[name]!.length)),
      budget: 1000,
      ...options,
    },
    catalog,
  );
  const records = plan(spec).flatMap((run): RunRecord[] => {
    const made = optimizers[names[run.entry]!]![run.spec.replicate];
    return made === undefined ? [] : [{ run, result: madeResult(made, run.spec.budget), attempts: 1 }];
  });
  return { spec, records };
}

export const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
