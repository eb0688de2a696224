// The inside of the survey worker: draws the map of the loss and the fits, so that the page never computes a loss itself.
import type { Catalog, Clock } from "@basin/runner";
import { fitAnswer } from "./fit.ts";
import { mapAnswers } from "./map.ts";
import type { Answer, Question, Reply } from "./survey.ts";

function* answers(question: Question, catalog: Catalog, clock: Clock): Generator<Answer> {
  try {
    if (question.kind === "map") yield* mapAnswers(question, catalog, clock);
    else yield fitAnswer(question, catalog);
  } catch (error) {
    yield { kind: "none", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Answers the page's questions, in the worker that calls this; each answer goes out as soon as it is there. */
export function serveSurvey(catalog: Catalog, clock: Clock): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no origin
  const reply = (message: Reply): void => postMessage(message);
  addEventListener("message", (event: MessageEvent<{ id: number; question: Question }>) => {
    const { id, question } = event.data;
    for (const answer of answers(question, catalog, clock)) reply({ id, answer });
    reply({ id, answer: undefined });
  });
}
