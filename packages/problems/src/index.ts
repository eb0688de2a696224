export { sphere } from "./functions/sphere.ts";
export { ellipsoid } from "./functions/ellipsoid.ts";
export { rosenbrock } from "./functions/rosenbrock.ts";
export { rastrigin } from "./functions/rastrigin.ts";
export { ackley } from "./functions/ackley.ts";
export { griewank } from "./functions/griewank.ts";
export { schwefel } from "./functions/schwefel.ts";
export { himmelblau } from "./functions/himmelblau.ts";
export { beale } from "./functions/beale.ts";
export { styblinskiTang } from "./functions/styblinski-tang.ts";
export { branin } from "./functions/branin.ts";
export { plateau } from "./functions/plateau.ts";
export {
  penguinsLogistic,
  penguinsMlp,
  penguinsSoftmax,
  sigmoidSquaredError,
} from "./learning/problems/penguins.ts";
export { irisMlp, irisSoftmax } from "./learning/problems/iris.ts";
export {
  anscombeLinear,
  healthIncomePolynomial,
  outliersLinear,
  wagesLinear,
} from "./learning/problems/regression.ts";
export { nistRegression } from "./learning/problems/nist.ts";
export { digitsMlp, digitsSoftmax } from "./learning/problems/digits.ts";
export { blobsSoftmax, circlesMlp, moonsMlp, spiralMlp, xorMlp } from "./learning/problems/plane.ts";
export { learningView } from "./learning/view.ts";
export type { LearningView } from "./learning/view.ts";
export type { Examples, Prepared, Scaling } from "./learning/examples.ts";
export type { Link } from "./models/model.ts";
export { bbob } from "./bbob/problem.ts";
export { knapsack } from "./combinatorial/knapsack.ts";
export { oneMax } from "./combinatorial/one-max.ts";
export { travellingSalesman } from "./combinatorial/travelling-salesman.ts";
