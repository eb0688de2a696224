// The survey worker: draws the map of the loss and the fits, so that the page never computes a loss itself.
import { catalog } from "@basin/catalog";
import { mapAnswers } from "./map.ts";
import { fitAnswer } from "./fit.ts";
import type { Answer, Question, Reply } from "./survey.ts";

function* answers(question: Question): Generator<Answer> {
  try {
    if (question.kind === "map") yield* mapAnswers(question, catalog, () => performance.now());
    else yield fitAnswer(question, catalog);
  } catch (error) {
    yield { kind: "none", reason: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", (event: MessageEvent<{ id: number; question: Question }>) => {
  const { id, question } = event.data;
  const all = answers(question);
  // One answer behind, so that the last one can be marked as the last.
  let answer = all.next();
  while (answer.done !== true) {
    const next = all.next();
    const reply: Reply = { id, answer: answer.value, last: next.done === true };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no origin
    postMessage(reply);
    answer = next;
  }
});
