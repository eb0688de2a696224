// The inside of the survey worker: draws the map of the loss and the fits, so that the page never computes a loss itself.
import { misfits } from "@basin/experiment";
import type { Catalog, Clock } from "@basin/runner";
import { fitAnswer } from "./fit.ts";
import { mapAnswers, type MapMemory } from "./map.ts";
import type { Answer, Question, Reply } from "./survey.ts";

function* answers(question: Question, catalog: Catalog, clock: Clock, memory: MapMemory): Generator<Answer> {
  try {
    if (question.kind === "map") yield* mapAnswers(question, catalog, clock, memory);
    else if (question.kind === "fit") yield fitAnswer(question, catalog);
    else yield { kind: "misfits", faults: misfits(question.spec, catalog) };
  } catch (error) {
    yield { kind: "none", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Answers the page's questions, in the worker that calls this; each answer goes out as soon as it is there. */
export function serveSurvey(catalog: Catalog, clock: Clock): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no origin
  const reply = (message: Reply): void => postMessage(message);
  const memory: MapMemory = {};
  addEventListener("message", (event: MessageEvent<{ id: number; question: Question }>) => {
    const { id, question } = event.data;
    for (const answer of answers(question, catalog, clock, memory)) reply({ id, answer });
    reply({ id, answer: undefined });
  });
}
