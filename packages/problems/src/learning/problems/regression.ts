// Regression: wages, health against income, Anscombe's quartet, a line with outliers.
import { anscombe, healthIncome, lineWithOutliers, wages } from "@basin/datasets";
import { z } from "@basin/objective";
import { linear } from "../../models/linear.ts";
import { polynomial } from "../../models/polynomial.ts";
import { columnsOf, logFeatures, logTarget } from "../columns.ts";
import { learningProblem, learningSettings } from "../learning-problem.ts";

const leastSquares = "C. F. Gauss (1809), Theoria motus corporum coelestium";

export const wagesLinear = learningProblem({
  name: "wages-linear",
  summary:
    "Wages from sixteen facts by least squares: two facts nearly repeat a third, so the valley is long.",
  references: [leastSquares, "E. R. Berndt (1991), The practice of econometrics"],
  settings: z.object({
    target: z
      .enum(["log wage", "wage"])
      .default("log wage")
      .meta({ label: "target", help: "The wage's logarithm, as econometrics does, or the wage itself." }),
    ...learningSettings(0),
  }),
  data: ({ target }) => (target === "wage" ? wages() : logTarget(wages())),
  model: (_, { inputs }) => linear(inputs),
});

const degree = (usual: number) =>
  z
    .int()
    .min(1)
    .max(12)
    .default(usual)
    .meta({ label: "degree", help: "Highest power of x; high ones make the valley long and thin." });

export const healthIncomePolynomial = learningProblem({
  name: "health-income-polynomial",
  summary: "Life expectancy from income by a polynomial: the higher its degree, the harder the search.",
  references: [leastSquares, "Free material from gapminder.org, CC BY 4.0"],
  settings: z.object({ degree: degree(3), ...learningSettings(0) }),
  data: () => logFeatures(columnsOf(healthIncome(), ["income"])),
  model: ({ degree: d }) => polynomial(d),
});

export const anscombeLinear = learningProblem({
  name: "anscombe-linear",
  summary: "A straight line through eleven points of Anscombe's quartet: four clouds, one answer.",
  references: [
    leastSquares,
    "F. J. Anscombe (1973), Graphs in statistical analysis, The American Statistician 27(1)",
  ],
  settings: z.object({
    set: z
      .enum(["1", "2", "3", "4"])
      .default("1")
      .meta({ label: "set", help: "Which of the four clouds of points." }),
    ...learningSettings(0),
    testShare: learningSettings(0).testShare.default(0),
  }),
  data: ({ set }) => anscombe(Number(set) as 1 | 2 | 3 | 4),
  model: (_, { inputs }) => linear(inputs),
});

export const outliersLinear = learningProblem({
  name: "outliers-linear",
  summary: "A straight line by least squares, dragged away by a few gross errors.",
  references: [leastSquares, "P. J. Rousseeuw & A. M. Leroy (1987), Robust regression and outlier detection"],
  settings: z.object({
    rows: z
      .int()
      .min(10)
      .max(10_000)
      .default(100)
      .meta({ label: "points", help: "How many are drawn.", scale: "log", range: [20, 1000] }),
    outliers: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.1)
      .meta({ label: "outliers", help: "Share of points that are far off." }),
    noise: z
      .number()
      .min(0)
      .max(5)
      .default(0.3)
      .meta({ label: "noise", help: "Deviation of the small errors." }),
    ...learningSettings(0),
  }),
  data: (settings, rng) => lineWithOutliers(rng, settings),
  model: (_, { inputs }) => linear(inputs),
});
