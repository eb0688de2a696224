// Every problem keeps the laws of the contract, with its defaults and with other settings.
import type { AnyProblem } from "@basin/objective";
import { problemLaws, type ObjectiveLawException } from "@basin/objective/laws";
import {
  ackley,
  anscombeLinear,
  beale,
  blobsSoftmax,
  branin,
  circlesMlp,
  digitsMlp,
  digitsSoftmax,
  ellipsoid,
  griewank,
  healthIncomePolynomial,
  himmelblau,
  irisMlp,
  irisSoftmax,
  moonsMlp,
  nistRegression,
  outliersLinear,
  penguinsLogistic,
  penguinsMlp,
  penguinsSoftmax,
  plateau,
  rastrigin,
  rosenbrock,
  schwefel,
  sigmoidSquaredError,
  sphere,
  spiralMlp,
  styblinskiTang,
  wagesLinear,
  xorMlp,
} from "@basin/problems";
import { describe, test } from "vitest";

type Case = readonly [problem: AnyProblem, settings: object, exceptions?: readonly ObjectiveLawException[]];

const cases: readonly Case[] = [
  [sphere, {}],
  [sphere, { dimension: 1 }],
  [ellipsoid, {}],
  [ellipsoid, { dimension: 3, condition: 1 }],
  [rosenbrock, {}],
  [rosenbrock, { dimension: 7 }],
  [rastrigin, {}],
  [ackley, {}],
  [griewank, {}],
  [griewank, { dimension: 1 }],
  [schwefel, {}],
  [himmelblau, {}],
  [beale, {}],
  [styblinskiTang, {}],
  [branin, {}],
  [plateau, {}],
  [penguinsLogistic, {}],
  [penguinsLogistic, { species: "Adelie-Gentoo", measures: "beak", reduction: "sum" }],
  [penguinsLogistic, { species: "Chinstrap-Gentoo", testShare: 0, l2: 0 }],
  [sigmoidSquaredError, {}],
  [sigmoidSquaredError, { reduction: "sum", l2: 0 }],
  [penguinsSoftmax, {}],
  [penguinsMlp, {}],
  [penguinsMlp, { activation: "relu", hidden: 3, layers: 2 }],
  [irisSoftmax, {}],
  [irisMlp, {}],
  [wagesLinear, {}],
  [wagesLinear, { target: "wage", l2: 0.1, reduction: "sum" }],
  [healthIncomePolynomial, {}],
  [healthIncomePolynomial, { degree: 8 }],
  [anscombeLinear, {}],
  [anscombeLinear, { set: "4" }],
  [outliersLinear, {}],
  [nistRegression, {}],
  [nistRegression, { reduction: "mean", l2: 0.1, testShare: 0.3 }],
  ...(["chwirut2", "boxbod", "rat43", "mgh09", "eckerle4", "thurber"] as const).flatMap((set): Case[] => [
    [nistRegression, { set }],
    [nistRegression, { set, start: "far", reduction: "mean" }],
  ]),
  [blobsSoftmax, {}],
  [blobsSoftmax, { classes: 5, rows: 40 }],
  [moonsMlp, {}],
  [circlesMlp, {}],
  [xorMlp, {}],
  [spiralMlp, {}],
  [digitsSoftmax, { testShare: 0.9 }],
  [digitsMlp, { testShare: 0.9, hidden: 4 }],
];

describe.each(
  cases.map(
    ([problem, settings, exceptions]) =>
      [`${problem.name} ${JSON.stringify(settings)}`, problem, settings, exceptions ?? []] as const,
  ),
)("%s", (_, problem, settings, exceptions) => {
  for (const law of problemLaws(problem, settings, { exceptions })) test(law.name, () => law.check());
});
