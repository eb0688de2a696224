// Optimizers that cannot take a problem of what is chosen, each with the reason and what to do: known before anything runs.
import { effect, signal } from "@preact/signals";
import { readable } from "./data.ts";
import { specOf } from "./session.ts";
import { catalog, config, surveyor } from "./store.ts";

export interface Misfit {
  readonly reason: string;
  /** What to do. */
  readonly advice: string;
}

/** By number of the optimizer. */
export const misfits = signal<ReadonlyMap<number, readonly Misfit[]>>(new Map());
/** Problems that cannot be made with these settings. */
export const unmade = signal<readonly string[]>([]);

/** Milliseconds: a slider gives many values on the way. */
const patience = 250;

const sentence = (text: string): string =>
  text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** "adam on one-max: the optimizer asks … (choose another)" beside adam: what it is about goes without saying, and code is not at hand. */
function inWords(message: string): Misfit {
  const [, reason = message, advice = ""] = /^[^:]*: (.*?) \(([^()]*)\)$/.exec(message) ?? [];
  return {
    // names of optimizers keep their letters
    reason: `${reason.replace(/^the /, "The ")}.`,
    advice: sentence(advice.replace(/^wrap it in withFiniteDifferences, or /, "")),
  };
}

/** Keeps them true to what is chosen. A worker looks, because problems with data have to be made for it. */
export function watchMisfits(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const chosen = config.value;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (typeof chosen.budget === "string") await readable(() => specOf(chosen, catalog));
      let spec;
      try {
        spec = specOf(chosen, catalog);
      } catch {
        // what cannot be read is told beside its control, and when one runs it
        misfits.value = new Map();
        return;
      }
      surveyor.ask({ kind: "misfits", spec }, (answer) => {
        if (answer.kind !== "misfits" || config.value !== chosen) return;
        const found = new Map<number, readonly Misfit[]>();
        const others: string[] = [];
        for (const { place, message } of answer.faults) {
          const index = /^optimizers\[(\d+)\]$/.exec(place)?.[1];
          if (index === undefined) others.push(message);
          else found.set(Number(index), [...(found.get(Number(index)) ?? []), inWords(message)]);
        }
        misfits.value = found;
        unmade.value = others;
      });
    }, patience);
  });
}
