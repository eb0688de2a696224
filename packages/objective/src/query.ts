// What can be asked about an objective, and what comes back.
import type { Vector } from "./vector.ts";

/** The questions there are. A package adds a kind by declaration merging here and a row in the table of kinds. */
export interface Queries {
  /** f(x) */
  value: { readonly kind: "value"; readonly x: Vector };
  /** f(x) and ∇f(x) */
  gradient: { readonly kind: "gradient"; readonly x: Vector };
  /** f(x), ∇f(x) and ∇²f(x)·direction */
  curvature: { readonly kind: "curvature"; readonly x: Vector; readonly direction: Vector };
  /** r(x) and ∂r/∂x of a sum of squares, f(x) = Σ rᵢ(x)² */
  residuals: { readonly kind: "residuals"; readonly x: Vector };
}

/** What is added to a query when it is answered. */
export interface Answers {
  value: { readonly value: number };
  gradient: { readonly value: number; readonly gradient: Vector };
  curvature: { readonly value: number; readonly gradient: Vector; readonly product: Vector };
  /** r, shape [m]; ∂rᵢ/∂xⱼ, shape [m × n], row-major. */
  residuals: { readonly value: number; readonly residuals: Vector; readonly jacobian: Vector };
}

export type QueryKind = keyof Queries & keyof Answers;

/** A question about f at a point. */
export type Query<K extends QueryKind = QueryKind> = { [P in K]: Queries[P] }[K];

/** A query, answered. */
export type Evaluation<K extends QueryKind = QueryKind> = {
  [P in K]: Queries[P] & Answers[P] & { readonly failed?: undefined };
}[K];

/** An evaluation that threw, or whose answer held NaN or ±Infinity. It costs as much as any other. */
export interface Failure {
  readonly failed: "threw" | "not-finite";
  readonly message: string;
}

/** What an optimizer is told for each query. Tell them apart by `outcome.failed === undefined`. */
export type Outcome<K extends QueryKind = QueryKind> = Evaluation<K> | Failure;

/**
 * Which examples an ask is about. All queries of one ask see the same examples; a line search repeats the id.
 * `size` examples are drawn at random without replacement, or taken in sequence: batch `index` of the epoch's own
 * permutation. An index beyond the epoch's last batch goes on into the epochs that follow, so that a search need not know
 * how many examples there are: `{ epoch: 0, index: t }` will do; an objective sees the index in range. `size` beyond the
 * number of examples is the full f. See exampleIndices for which examples they are.
 */
export type Minibatch = { readonly size: number } & (
  | { readonly draw: "random"; readonly id: number }
  | { readonly draw: "sequence"; readonly epoch: number; readonly index: number }
);

/** A batch of queries: a population is one ask, gradient descent asks one at a time. */
export interface Ask<K extends QueryKind = QueryKind> {
  readonly queries: readonly Query<K>[];
  /** Absent: every example, that is the full f. What is answered for a mini-batch estimates the full f. */
  readonly examples?: Minibatch;
  /** May be answered in part when the budget ends inside it. */
  readonly prefix?: boolean;
}
