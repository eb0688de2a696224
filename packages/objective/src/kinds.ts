// The table of kinds of query: one row a kind, so that nobody else needs to tell them apart.
import type { Answers, Queries, QueryKind } from "./query.ts";
import { UsageError, suggest } from "./errors.ts";
import { isFiniteVector, type Vector } from "./vector.ts";

/** What is to be known of one kind of query. */
export interface KindRow<K extends QueryKind> {
  /** What is answered, in mathematics: "f(x), ∇f(x)". */
  readonly gives: string;
  /** What to do instead where an objective does not answer it, as a clause: "it has none: use …". */
  readonly otherwise?: string;
  /**
   * What is wrong with an answer, or undefined where nothing is. `not-finite`: NaN or ±Infinity in it, as failures
   * happen; `malformed`: a part absent or of another shape, which is a mistake in the objective.
   */
  fault(answer: Answers[K], query: Queries[K]): Fault | undefined;
}

export interface Fault {
  readonly fault: "not-finite" | "malformed";
  readonly message: string;
}

/** A fault of one part of an answer which should be a finite number. */
export function faultOfNumber(value: number, name: string): Fault | undefined {
  if (Number.isFinite(value)) return undefined;
  if (typeof value !== "number")
    return { fault: "malformed", message: `${name} is ${value === undefined ? "missing" : typeof value}` };
  return { fault: "not-finite", message: `${name} is ${value}` };
}

/** A fault of one part of an answer which should be a finite vector, by default of any length. */
export function faultOfVector(value: Vector, name: string, length?: number): Fault | undefined {
  if (!(value instanceof Float64Array))
    return {
      fault: "malformed",
      message: `${name} is ${value === undefined ? "missing" : "no Float64Array"}`,
    };
  if (length !== undefined && value.length !== length)
    return { fault: "malformed", message: `${name} has ${value.length} entries instead of ${length}` };
  if (isFiniteVector(value)) return undefined;
  const at = value.findIndex((entry) => !Number.isFinite(entry));
  return { fault: "not-finite", message: `${name}[${at}] is ${value[at]}` };
}

const table = new Map<string, KindRow<QueryKind>>();

/**
 * Adds a kind of query: `Queries` and `Answers` are extended by declaration merging, and this adds the row. The module
 * that calls it has a side effect, and says so in its package.json. Adding the same row again is no harm.
 * @throws UsageError where the kind exists with another row.
 */
export function addKind<K extends QueryKind>(kind: K, row: KindRow<K>): void {
  const known = table.get(kind);
  if (known !== undefined && known !== (row as unknown))
    throw new UsageError(
      "addKind",
      `the kind ${kind} exists already`,
      "choose another name, or import the row that there is",
    );
  table.set(kind, row as unknown as KindRow<QueryKind>);
}

/**
 * The row of a kind.
 * @throws UsageError for a kind that nobody has added.
 */
export function kindRow<K extends QueryKind>(kind: K): KindRow<K> {
  const row = table.get(kind);
  if (row === undefined)
    throw new UsageError("kindRow", `there is no kind of query ${kind}`, suggest(kind, table.keys()));
  return row as unknown as KindRow<K>;
}

/** Every kind there is, in the order they were added. */
export function kindNames(): QueryKind[] {
  return [...table.keys()] as QueryKind[];
}

const builtIn: { [K in "value" | "gradient" | "curvature" | "residuals"]: KindRow<K> } = {
  value: { gives: "f(x)", fault: (answer) => faultOfNumber(answer.value, "value") },
  gradient: {
    gives: "f(x), ∇f(x)",
    fault: (answer, query) =>
      faultOfNumber(answer.value, "value") ?? faultOfVector(answer.gradient, "gradient", query.x.length),
  },
  curvature: {
    otherwise:
      "wrap what answers gradients in withFiniteDifferences, or use l-bfgs or bfgs, which ask gradients only",
    gives: "f(x), ∇f(x), ∇²f(x)·direction",
    fault: (answer, query) =>
      faultOfNumber(answer.value, "value") ??
      faultOfVector(answer.gradient, "gradient", query.x.length) ??
      faultOfVector(answer.product, "product", query.x.length),
  },
  residuals: {
    gives: "f(x) = Σ rᵢ(x)², r(x), ∂r/∂x",
    otherwise: "it has no residuals: use bfgs or l-bfgs, which ask gradients only",
    fault: (answer, query) =>
      faultOfNumber(answer.value, "value") ??
      faultOfVector(answer.residuals, "residuals") ??
      faultOfVector(answer.jacobian, "jacobian", answer.residuals.length * query.x.length),
  },
};
addKind("value", builtIn.value);
addKind("gradient", builtIn.gradient);
addKind("curvature", builtIn.curvature);
addKind("residuals", builtIn.residuals);
