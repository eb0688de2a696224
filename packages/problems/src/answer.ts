// Queries to outcomes: answers in order, with failures where a number is not finite or the evaluation throws.
import {
  isFiniteVector,
  kindRow,
  threw,
  UsageError,
  type Ask,
  type Outcome,
  type Query,
  type Vector,
  freshVector,
} from "@basin/objective";
import type { Evaluator } from "./evaluator.ts";
import type { Population } from "./population.ts";

export type Answerer = Pick<Evaluator, "value"> & Partial<Evaluator>;

/** The outcomes of all queries of an ask, in order. @throws UsageError for kinds that are not answered. */
export function answerAll(ask: Ask, evaluator: Answerer): Outcome[] {
  const { queries } = ask;
  const outcomes = new Array<Outcome>(queries.length);
  let next = evaluator.population === undefined ? 0 : answerTogether(queries, evaluator.population, outcomes);
  for (; next < queries.length; next++) outcomes[next] = answer(queries[next]!, evaluator);
  return outcomes;
}

/** Answers as many of the first queries as are better answered together; gives their number. */
function answerTogether(queries: readonly Query[], population: Population, outcomes: Outcome[]): number {
  let next = 0;
  for (;;) {
    const values = population.values(queries, next);
    if (values === undefined) return next;
    for (let i = 0; i < values.length; i++, next++) outcomes[next] = valued(queries[next]!.x, values[i]!);
  }
}

const valued = (x: Vector, value: number): Outcome =>
  Number.isFinite(value) ? { kind: "value", x, value } : notFinite({ kind: "value", x, value });

function answer(query: Query, evaluator: Answerer): Outcome {
  const { kind, x } = query;
  // Other packages may add kinds: what is not in the table is not answered.
  if ((evaluator as Readonly<Record<string, unknown>>)[kind] === undefined) throw unanswered(kind);
  try {
    switch (kind) {
      case "value":
        return valued(x, evaluator.value(x));
      case "gradient": {
        const gradient = freshVector(x.length);
        const value = evaluator.gradient!(x, gradient);
        const outcome = { kind, x, value, gradient };
        return Number.isFinite(value) && isFiniteVector(gradient) ? outcome : notFinite(outcome);
      }
      case "curvature": {
        const [gradient, product] = [freshVector(x.length), freshVector(x.length)];
        const { direction } = query;
        const value = evaluator.curvature!(x, direction, gradient, product);
        const outcome = { kind, x, direction, value, gradient, product };
        return Number.isFinite(value) && isFiniteVector(gradient) && isFiniteVector(product)
          ? outcome
          : notFinite(outcome);
      }
      case "residuals": {
        const outcome = { kind, x, ...evaluator.residuals!(x) };
        const { value, residuals, jacobian } = outcome;
        return Number.isFinite(value) && isFiniteVector(residuals) && isFiniteVector(jacobian)
          ? outcome
          : notFinite(outcome);
      }
      default:
        return threw(unanswered(kind));
    }
  } catch (error) {
    return threw(error);
  }
}

const unanswered = (kind: string): UsageError =>
  new UsageError(
    "objective",
    `it was asked for ${kind}, which it does not answer`,
    "ask only the kinds that `answers` lists",
  );

const notFinite = (outcome: Extract<Outcome, { kind: string }>): Outcome => ({
  failed: "not-finite",
  message: kindRow(outcome.kind).fault(outcome as never, outcome as never)?.message ?? "not finite",
});
