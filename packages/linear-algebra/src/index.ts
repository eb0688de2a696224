// Dense linear algebra over row-major Float64Arrays, the same bits on every engine.
export { cholesky, choleskySolve, solveLower, solveLowerTransposed } from "./cholesky.ts";
export type { Cholesky } from "./cholesky.ts";
export { dot, multiply, times, transpose, transposedTimes } from "./products.ts";
export { leastSquares, orthonormal, qr, upper } from "./qr.ts";
export type { QR } from "./qr.ts";
export { eigenWorkspace, symmetricEigen } from "./symmetric-eigen.ts";
export type { Eigen, EigenWorkspace } from "./symmetric-eigen.ts";
