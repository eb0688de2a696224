// Eigendecompositions one after the other, in one workspace: the next would otherwise allocate as much again.
import { eigenWorkspace, symmetricEigen, type Eigen, type EigenWorkspace } from "@basin/linear-algebra";

/** Scratch of the last size that was asked for; what it holds between calls means nothing. */
let workspace: EigenWorkspace | undefined;

/** As symmetricEigen. The result is the caller's own. */
export function eigenOf(matrix: Readonly<Float64Array>, n: number): Eigen {
  if (workspace?.n !== n) workspace = eigenWorkspace(n);
  return symmetricEigen(matrix, n, workspace);
}
