export { symmetricEigen } from "./symmetric-eigen.ts";
export type { Eigen } from "./symmetric-eigen.ts";
