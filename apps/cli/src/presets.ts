// Experiments that have a name: questions that come up again and again.
import type { ExperimentFile } from "@basin/experiment";

export interface Preset {
  /** The question, in one sentence. */
  readonly summary: string;
  readonly experiment: ExperimentFile;
}

export const presets: Readonly<Record<string, Preset>> = {
  "three-ways": {
    summary: "Gradient descent, random search and a genetic algorithm on the weights of a real model.",
    experiment: {
      problems: ["penguins-logistic"],
      optimizers: ["gradient-descent", "random-search", "genetic-algorithm"],
      replicates: 15,
      budget: 2000,
    },
  },
  // experiments/crossover in its row of exact answers, at 1,000 evaluations: the same losses, to the last bit (a test compares the lists)
  crossover: {
    summary: "Who leads for how many weights? Models of 2 to 515 weights, a thousand evaluations.",
    experiment: {
      problems: [
        "anscombe-linear",
        { name: "penguins-logistic", settings: { measures: "beak" } },
        "penguins-logistic",
        "penguins-softmax",
        { name: "penguins-mlp", settings: { hidden: [4, 16, 64] } },
      ],
      optimizers: [
        "gradient-descent",
        "adam",
        "l-bfgs",
        "random-search",
        "random-walk",
        "genetic-algorithm",
        "cma-es",
        "sep-cma-es",
        "competitive-differential-evolution",
        "l-shade",
      ],
      replicates: 7,
      budget: 1000,
    },
  },
  "local-minima": {
    summary: "Many basins, and in each seed one start for all: who gets out of the one it begins in?",
    experiment: {
      problems: ["rastrigin", "styblinski-tang", "schwefel"],
      optimizers: [
        "gradient-descent",
        "l-bfgs",
        "random-search",
        "simulated-annealing",
        "nelder-mead",
        "genetic-algorithm",
        "differential-evolution",
        "particle-swarm",
        "cma-es",
        "ipop-cma-es",
      ],
      replicates: 25,
      budget: 10_000,
    },
  },
  bbob: {
    summary:
      "The 24 noiseless functions of COCO, instances 1 to 5, one run each of 1000 n evaluations: basin export --format coco.",
    experiment: {
      problems: [{ name: "bbob-*", settings: { dimension: [2, 5], instance: [1, 2, 3, 4, 5] } }],
      optimizers: ["cma-es", "l-shade", "particle-swarm", "nelder-mead", "random-search"],
      replicates: 1,
      budget: "1000n",
    },
  },
};
