// CMA-ES and its restarts: covariance matrix adaptation with increasing (IPOP) or alternating (BIPOP) populations.
//
// Hansen & Ostermeier, Evolutionary Computation 9, 2001; Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772v2, 2023;
// Jastrebski & Arnold, CEC 2006 (active); Wang, Emmerich & Bäck, Evolutionary Computation 27, 2019 (mirrored samples); Auger & Hansen, CEC 2005 (IPOP); Hansen, GECCO 2009 workshop (BIPOP).
import { z, type Domain, freshVector } from "@basin/objective";
import { defineOptimizer, type Search } from "@basin/optimizer";
import { better, type Incumbent } from "./incumbent.ts";
import { defaultLambda } from "./parameters.ts";
import { alternating, doubling, none, type Regime, type Restarts } from "./restarts.ts";
import { adaptive } from "./settings.ts";
import { asked, beginRun, frameOf, meanAt, tellRun, type Run } from "./run.ts";

type State = {
  /** The start is asked about first and alone. */
  readonly started: boolean;
  readonly run: Run;
  readonly best: Incumbent;
  readonly regime: Regime;
};

interface Settings {
  readonly step: number;
  readonly populationSize: number;
  readonly active: boolean;
  readonly sampling: "mirrored" | "independent";
  readonly damping: number;
  readonly rankOne: number;
  readonly functionTolerance: number;
}

const papers = [
  "Hansen & Ostermeier, Completely Derandomized Self-Adaptation in Evolution Strategies, Evolutionary Computation 9, 2001",
  "Hansen, The CMA Evolution Strategy: A Tutorial, arXiv:1604.00772, 2023",
  "Jastrebski & Arnold, Improving Evolution Strategies through Active Covariance Matrix Adaptation, CEC 2006",
  "Wang, Emmerich & Bäck, Mirrored Orthogonal Sampling for Covariance Matrix Adaptation Evolution Strategies, Evolutionary Computation 27, 2019",
];

function searchWith(settings: Settings, domain: Domain, restarts: Restarts): Search<State, "value"> {
  const frame = frameOf(
    domain,
    { ...settings, mirrors: settings.sampling === "mirrored" },
    settings.functionTolerance,
  );
  const { n } = frame;
  const lambda = settings.populationSize === 0 ? defaultLambda(n) : Math.max(4, settings.populationSize);
  return {
    init(start, rng) {
      const run = beginRun(meanAt(start, frame), settings.step, lambda, frame, rng);
      return { started: false, run, best: { x: start.slice(), value: Infinity }, regime: restarts.first };
    },
    ask({ started, run, best }) {
      if (!started) return { queries: [{ kind: "value", x: best.x }] };
      if (run.ended !== "") return { stop: run.ended };
      return { queries: asked(run.points, n), prefix: true };
    },
    tell(state, outcomes, rng) {
      const { started, run, regime } = state;
      const best = better(state.best, outcomes, started ? run.points : state.best.x);
      if (!started) return { started: true, run, best, regime };
      const told = tellRun(run, outcomes, frame, rng);
      const spent = restarts.charge(regime, outcomes.length);
      const next = told.ended === "" ? { ...told, ended: restarts.exhausted(spent) ?? "" } : told;
      if (next.ended === "") return { started, run: next, best, regime: spent };
      const again = restarts.next(spent, lambda, settings.step, rng);
      if (again === undefined) return { started, run: next, best, regime: spent };
      // A restart begins at a uniform draw from the region, with its own population and step.
      const { lower, upper } = domain.region;
      const x = rng.fillUniform(freshVector(n)).map((u, j) => lower[j]! + u * (upper[j]! - lower[j]!));
      return {
        started,
        run: beginRun(meanAt(x, frame), again.step, again.lambda, frame, rng),
        best,
        regime: again.regime,
      };
    },
    recommend: ({ best }) => best.x,
    metrics: ({ run }) => {
      const { scales, sigma } = run.distribution;
      const [narrow, wide] = [
        scales.reduce((a, b) => Math.min(a, b), Infinity),
        scales.reduce((a, b) => Math.max(a, b), 0),
      ];
      return { sigma, axisRatio: wide / narrow, populationSize: run.lambda };
    },
  };
}

/**
 * CMA-ES, one run: (μ/μ_w, λ) with weighted recombination, cumulative step-size adaptation, rank-one and rank-μ updates, and negative
 * weights for the worse half.
 *
 * Three things differ from the tutorial by default: samples are orthogonal directions, each tried both ways (docs/decisions/0011-mirrored-samples.md),
 * and two constants (docs/decisions/0005-cma-es-constants.md). With sampling "independent", damping and rankOne at 1 it is the tutorial's to the letter.
 *
 * It keeps three n × n matrices and decomposes one of them once in n/20 generations or so: 0.05 ms an evaluation at n = 100, 0.2 at 200, 1 at 500, 3.5
 * at 1,000 (where 9,000 evaluations have barely begun to learn). sep-cma-es takes 0.03 ms at 1,000.
 *
 * Bounds: a smooth map onto the box. Ends with the named stop reasons of pycma (tolfun, tolfunhist, tolx, tolfacupx, conditioncov,
 * tolstagnation, noeffectaxis, noeffectcoord).
 */
export const cmaEs = defineOptimizer({
  name: "cma-es",
  summary:
    "Samples from a normal distribution that learns the scales and correlations of the function from the ranks of its samples; beyond some 200 dimensions, sep-cma-es.",
  family: "evolution-strategies",
  references: papers,
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 2000], horizon: false },
  hyperparameters: z.object(adaptive),
  create: (settings, domain) => searchWith(settings, domain, none),
});

const restartsSetting = (help: string) =>
  z
    .int()
    .min(0)
    .max(1000)
    .default(9)
    .meta({ label: "Restarts", help, range: [0, 20], scale: "linear" });

/** CMA-ES that begins again with twice the population when a run has ended: from local to global search. */
export const ipopCmaEs = defineOptimizer({
  name: "ipop-cma-es",
  summary: "CMA-ES that restarts with twice the population each time.",
  family: "evolution-strategies",
  references: [
    ...papers,
    "Auger & Hansen, A Restart CMA Evolution Strategy with Increasing Population Size, CEC 2005",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 2000], horizon: false },
  hyperparameters: z.object({
    ...adaptive,
    restarts: restartsSetting("How often the population may double."),
  }),
  create: (settings, domain) => searchWith(settings, domain, doubling(settings.restarts)),
});

/** CMA-ES whose restarts alternate between doubled populations and small ones with small steps, so that both get the same budget. */
export const bipopCmaEs = defineOptimizer({
  name: "bipop-cma-es",
  summary: "CMA-ES that restarts with large populations and with small ones in turn.",
  family: "evolution-strategies",
  references: [
    ...papers,
    "Hansen, Benchmarking a BI-Population CMA-ES on the BBOB-2009 Function Testbed, GECCO workshop 2009",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, 2000], horizon: false },
  hyperparameters: z.object({
    ...adaptive,
    restarts: restartsSetting("How often the large population may double."),
  }),
  create: (settings, domain) => searchWith(settings, domain, alternating(settings.restarts)),
});
