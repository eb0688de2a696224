// Pairs of optimizer and problem that do not descend with their defaults, and why that is no mistake.

export interface Exception {
  readonly optimizers: readonly string[];
  readonly problems: readonly string[];
  readonly reason: string;
}

const slopes = [
  "gradient-descent",
  "momentum",
  "nesterov",
  "adam",
  "adagrad",
  "rmsprop",
  "adadelta",
  "adamw",
  "amsgrad",
  "adamax",
  "nadam",
  "radam",
  "lion",
  "rprop",
  "l-bfgs",
  "bfgs",
  "conjugate-gradient",
  "steepest-descent",
  "truncated-newton",
];
const fixedRate = ["gradient-descent", "momentum", "nesterov", "radam"];
const darts = ["random-search", "sobol", "halton", "latin-hypercube"];
const crowds = [
  "sep-cma-es",
  "xnes",
  "snes",
  "differential-evolution",
  "jade",
  "l-shade",
  "competitive-differential-evolution",
  "particle-swarm",
  "restarting-particle-swarm",
  "controlled-random-search",
];

/** Does not end below its start, on the first seeds. */
export const exceptions: readonly Exception[] = [
  {
    optimizers: slopes,
    problems: ["plateau", "bbob-f7"],
    reason: "the slope is zero wherever one looks: it says nothing",
  },
  {
    optimizers: fixedRate,
    problems: ["ellipsoid", "rosenbrock", "rastrigin", "styblinski-tang", "himmelblau", "beale"],
    reason:
      "a fixed rate of 0.1 is a step too long where the curve is that steep: it goes up, or out of all bounds",
  },
  {
    optimizers: [...fixedRate, "rmsprop", "adagrad", "lion"],
    problems: Array.from({ length: 24 }, (_, i) => `bbob-f${i + 1}`),
    reason: "as above: slopes of the suite reach millions, and it is meant to be hard",
  },
  {
    optimizers: [...fixedRate, "adam", "adagrad", "rmsprop", "adamw", "amsgrad", "adamax", "nadam", "lion"],
    problems: ["nist-regression"],
    reason:
      "a step of one length for parameters of 250 and of 0.0005: what moves the one throws the other off",
  },
  {
    optimizers: [...darts, ...crowds],
    problems: [
      "wages-linear",
      "health-income-polynomial",
      "circles-mlp",
      "moons-mlp",
      "spiral-mlp",
      "iris-softmax",
      "penguins-mlp",
      "iris-mlp",
      "digits-softmax",
      "digits-mlp",
      "xor-mlp",
    ],
    reason:
      "the usual start of a model is near zero, where no class is preferred yet; in a box of many dimensions hardly a point is as good, and a few hundred looks find none",
  },
];

/** Pairs that are not run here, since one step of theirs takes longer than all others together. */
export const tooSlow: readonly Exception[] = [
  {
    optimizers: ["cma-es", "ipop-cma-es", "bipop-cma-es", "xnes", "bfgs"],
    problems: ["digits-softmax", "digits-mlp"],
    reason: "it decomposes or keeps an n × n matrix: minutes at n = 2,000",
  },
  {
    optimizers: ["l-shade"],
    problems: ["digits-softmax", "digits-mlp"],
    reason: "its first population has 18 n points: more than the budget, and gigabytes",
  },
];
