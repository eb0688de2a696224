// A user's own function as an objective: a number from a point, at once or by a promise.
import { makeDomain, type DomainOptions } from "./domain.ts";
import { UsageError } from "./errors.ts";
import { kindRow } from "./kinds.ts";
import type { Objective } from "./objective.ts";
import { threw } from "./outcome.ts";
import type { Outcome, Query } from "./query.ts";

/** f(x). It gets a copy of x that is its own. */
export type Scalar = (x: Float64Array) => number | Promise<number>;

/** A function with its gradient: two functions, or one that gives both at once. */
export type Differentiable =
  | {
      readonly value: Scalar;
      readonly gradient: (x: Float64Array) => ArrayLike<number> | Promise<ArrayLike<number>>;
    }
  | { readonly value: Scalar; readonly valueAndGradient: (x: Float64Array) => Both | Promise<Both> };

/** f(x) and ∇f(x), shape [n]. */
export interface Both {
  readonly value: number;
  readonly gradient: ArrayLike<number>;
}

export interface FunctionOptions extends DomainOptions {
  /** Default "f". */
  readonly name?: string;
  /**
   * Price of f and ∇f together, in units of one f. Default 3: reverse accumulation takes two to four times f (Griewank
   * and Walther, Evaluating Derivatives, 2008, chapter 3). Measure yours and say so, if the comparison matters.
   */
  readonly gradientPrice?: number;
  /** Whether f gives different values at the same point. Default false. */
  readonly noisy?: boolean;
  readonly minimum?: Objective["minimum"];
}

/**
 * An objective made of a function, or of one with its gradient. Where the function answers at once, so does the
 * objective; where it gives a promise, the whole batch is asked at the same time. What it throws, and NaN or ±Infinity,
 * is a failed evaluation: it costs as much as any other, and the run goes on.
 */
export function functionObjective(f: Scalar | Differentiable, options: FunctionOptions): Objective {
  const { name = "f", gradientPrice = 3, noisy = false, minimum } = options;
  const domain = makeDomain(options);
  if (!(gradientPrice > 0 && gradientPrice < Infinity))
    throw new UsageError(name, `the price of its gradient is ${gradientPrice}`, "give a positive number");
  const functions = typeof f === "function" ? { value: f } : f;
  const both = "valueAndGradient" in functions ? functions.valueAndGradient : separately(functions);
  const answers = both === undefined ? { value: 1 } : { value: 1, gradient: gradientPrice };

  const answer = (query: Query): Outcome | Promise<Outcome> => {
    const { kind, x } = query;
    try {
      if (kind === "value") {
        const value = functions.value(x.slice());
        return isPromise(value) ? value.then((v) => valued(query, v)).catch(threw) : valued(query, value);
      }
      if (kind !== "gradient" || both === undefined)
        throw new UsageError(name, `it was asked ${kind}`, `ask ${Object.keys(answers).join(", ")}`);
      const given = both(x.slice());
      return isPromise(given) ? given.then((g) => sloped(query, g)).catch(threw) : sloped(query, given);
    } catch (error) {
      return threw(error);
    }
  };

  return {
    name,
    domain,
    answers,
    examples: 1,
    noisy,
    ...(minimum === undefined ? {} : { minimum }),
    evaluate({ queries }) {
      const outcomes = queries.map(answer);
      return outcomes.some(isPromise) ? Promise.all(outcomes) : (outcomes as Outcome[]);
    },
  };
}

function separately(functions: object): ((x: Float64Array) => Both | Promise<Both>) | undefined {
  if (!("gradient" in functions)) return undefined;
  const { value, gradient } = functions as Extract<Differentiable, { gradient: unknown }>;
  return (x) => {
    const [v, g] = [value(x.slice()), gradient(x)];
    return isPromise(v) || isPromise(g)
      ? Promise.all([v, g]).then(([v, g]) => ({ value: v, gradient: g }))
      : { value: v, gradient: g };
  };
}

function valued(query: Query, value: number): Outcome {
  return finite({ kind: "value", x: query.x, value: Number(value) }, query);
}

function sloped(query: Query, { value, gradient }: Both): Outcome {
  return finite(
    { kind: "gradient", x: query.x, value: Number(value), gradient: Float64Array.from(gradient) },
    query,
  );
}

function finite(evaluation: Extract<Outcome, { failed?: undefined }>, query: Query): Outcome {
  const fault = kindRow(query.kind).fault(evaluation, query);
  if (fault === undefined) return evaluation;
  if (fault.fault === "not-finite") return { failed: "not-finite", message: fault.message };
  return { failed: "threw", message: fault.message };
}

/** Anything with a `then`: promises of other realms and libraries too. */
function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
