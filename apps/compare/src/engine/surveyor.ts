// The page's side of the survey worker: one question of a kind at a time; a newer one makes the older moot.
import type { Answer, Question, Reply } from "./survey.ts";

export interface Surveyor {
  /** Calls back with each answer, until a newer question of this kind is put. */
  ask(question: Question, onAnswer: (answer: Answer) => void): void;
}

/** `frame` calls back before the next frame. */
export function startSurveyor(frame: (then: () => void) => void): Surveyor {
  let worker: Worker | undefined;
  let next = 0;
  /** The newest question of each kind. */
  const latest = new Map<string, number>();
  const waiting = new Map<string, { readonly id: number; readonly onAnswer: (answer: Answer) => void }>();
  const open = (): Worker => {
    const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "survey" });
    made.addEventListener("message", (event: MessageEvent<Reply>) => {
      for (const [kind, { id, onAnswer }] of waiting)
        if (id === event.data.id) {
          if (event.data.answer === undefined) waiting.delete(kind);
          else {
            // read in this task, drawn in another
            const { answer } = event.data;
            frame(() => {
              if (latest.get(kind) === id) onAnswer(answer);
            });
          }
        }
    });
    // A broken worker is thrown away; the next question gets a new one.
    const broken = (): void => {
      made.terminate();
      if (worker === made) worker = undefined;
      for (const { onAnswer } of waiting.values())
        onAnswer({
          kind: "none",
          reason: "The worker that draws this picture stopped; run again to draw it.",
        });
      waiting.clear();
    };
    made.addEventListener("error", broken);
    made.addEventListener("messageerror", broken);
    return made;
  };
  return {
    ask(question, onAnswer) {
      const id = next++;
      waiting.set(question.kind, { id, onAnswer });
      latest.set(question.kind, id);
      worker ??= open();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no origin
      worker.postMessage({ id, question });
    },
  };
}
