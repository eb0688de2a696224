// Queries to outcomes: answers in order, with failures where a number is not finite or the evaluation throws.
import {
  isFiniteVector,
  kindRow,
  threw,
  UsageError,
  type Ask,
  type Outcome,
  type Query,
} from "@basin/objective";
import type { Evaluator } from "./evaluator.ts";

export type Answerer = Pick<Evaluator, "value"> & Partial<Evaluator>;

/** The outcomes of all queries of an ask, in order. @throws UsageError for kinds that are not answered. */
export function answerAll(ask: Ask, evaluator: Answerer): Outcome[] {
  const { queries } = ask;
  const outcomes = new Array<Outcome>(queries.length);
  for (let i = 0; i < queries.length; i++) outcomes[i] = answer(queries[i]!, evaluator);
  return outcomes;
}

function answer(query: Query, evaluator: Answerer): Outcome {
  const { kind, x } = query;
  // Other packages may add kinds: what is not in the table is not answered.
  if ((evaluator as Readonly<Record<string, unknown>>)[kind] === undefined) throw unanswered(kind);
  try {
    switch (kind) {
      case "value": {
        const value = evaluator.value(x);
        return Number.isFinite(value) ? { kind, x, value } : notFinite({ kind, x, value });
      }
      case "gradient": {
        const gradient = new Float64Array(x.length);
        const value = evaluator.gradient!(x, gradient);
        const outcome = { kind, x, value, gradient };
        return Number.isFinite(value) && isFiniteVector(gradient) ? outcome : notFinite(outcome);
      }
      case "curvature": {
        const [gradient, product] = [new Float64Array(x.length), new Float64Array(x.length)];
        const { direction } = query;
        const value = evaluator.curvature!(x, direction, gradient, product);
        const outcome = { kind, x, direction, value, gradient, product };
        return Number.isFinite(value) && isFiniteVector(gradient) && isFiniteVector(product)
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
