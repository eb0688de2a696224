// What is done with outcomes again and again: telling answers from failures, making failures.
import type { Evaluation, Failure, Outcome, QueryKind } from "./query.ts";

/** Whether the query was answered (with finite numbers). */
export function isEvaluation<K extends QueryKind>(outcome: Outcome<K>): outcome is Evaluation<K> {
  return (outcome as { failed?: string }).failed === undefined;
}

/** f(x) as answered, or +Infinity for a failure: what a method wants that only compares. */
export function lossOf(outcome: Outcome): number {
  return (outcome as { failed?: string }).failed === undefined
    ? (outcome as Evaluation<"value">).value
    : Infinity;
}

/** A failure in which the evaluation threw `error`. */
export function threw(error: unknown): Failure {
  return { failed: "threw", message: error instanceof Error ? error.message : String(error) };
}
