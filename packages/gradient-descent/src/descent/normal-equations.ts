// Jᵀr and JᵀJ of a Jacobian: what Gauss–Newton steps are solved from.
import { freshVector, type Vector } from "@basin/objective";

export interface NormalEquations {
  /** Jᵀr, shape [n]. */
  readonly gradient: Float64Array;
  /** JᵀJ, shape [n × n], row-major. */
  readonly normal: Float64Array;
}

/**
 * Of residuals r, shape [m], and their Jacobian, shape [m × n], row-major. Every entry is a sum in the order of the residuals,
 * starting at +0; four entries grow side by side, since one alone would wait for itself.
 */
export function normalEquations(residuals: Vector, jacobian: Vector, n: number): NormalEquations {
  const m = residuals.length;
  const gradient = freshVector(n);
  const normal = new Float64Array(n * n);
  const columns = new Float64Array(m * n);
  for (let k = 0, row = 0; k < m; k++, row += n)
    for (let i = 0; i < n; i++) columns[i * m + k] = jacobian[row + i]!;
  // The last column of an odd number is its own neighbour.
  const after = (i: number): number => Math.min(i + 1, n - 1);
  for (let i = 0; i < n; i += 2) {
    const [p, q] = [i * m, after(i) * m];
    let [slope, next] = [0, 0];
    for (let k = 0; k < m; k++) {
      slope += columns[p + k]! * residuals[k]!;
      next += columns[q + k]! * residuals[k]!;
    }
    gradient[i] = slope;
    gradient[after(i)] = next;
    for (let j = 0; j <= i; j += 2) {
      const [u, v] = [j * m, after(j) * m];
      let [pu, pv, qu, qv] = [0, 0, 0, 0];
      for (let k = 0; k < m; k++) {
        const a = columns[p + k]!;
        const b = columns[q + k]!;
        const c = columns[u + k]!;
        const d = columns[v + k]!;
        pu += a * c;
        pv += a * d;
        qu += b * c;
        qv += b * d;
      }
      place(normal, n, i, j, pu);
      place(normal, n, i, after(j), pv);
      place(normal, n, after(i), j, qu);
      place(normal, n, after(i), after(j), qv);
    }
  }
  return { gradient, normal };
}

function place(normal: Float64Array, n: number, i: number, j: number, value: number): void {
  normal[i * n + j] = value;
  normal[j * n + i] = value;
}
