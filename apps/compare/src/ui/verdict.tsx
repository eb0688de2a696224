// What the numbers say, in words computed from them; and what makes the comparison fair.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fairness, fingerprint, verdict } from "@basin/experiment";
import { commandFor, fileName } from "../state/command.ts";
import { saveExperiment } from "./experiment-file.tsx";
import { changed, seen, session } from "../state/store.ts";
import type { Results } from "../state/results.ts";

/** Statistics over all runs are not for every frame: while runs come in they are made anew twice a second. */
const pace = 500;
let last:
  | {
      readonly results: Results;
      readonly count: number;
      readonly at: number;
      readonly sentences: readonly string[];
    }
  | undefined;

function sentences(results: Results, ended: boolean): readonly string[] {
  const now = performance.now();
  const stale =
    last?.results !== results || (last.count !== results.count && (ended || now - last.at > pace));
  if (last === undefined || stale)
    last = { results, count: results.count, at: now, sentences: verdict(results.result()).sentences };
  return last.sentences;
}

/** The lead beneath the headline. */
export function Lead(): JSX.Element {
  const { results, status } = seen();
  if (results === undefined || results.count === 0) {
    const words =
      status !== "idle"
        ? "The first runs are under way …"
        : session.fault.value === undefined
          ? "This experiment takes a while, so it waits for you to press Run."
          : "Nothing runs.";
    return <p class="lead">{words}</p>;
  }
  const [first, ...rest] = sentences(results, status !== "running");
  const { done, total } = session.progress();
  return (
    <div class="lead" role={status === "done" ? "status" : undefined}>
      <p>
        {status === "done" ? null : (
          <span class="so-far">
            So far, {done} of {total} runs:{" "}
          </span>
        )}
        {first}
      </p>
      {rest.length === 0 ? null : <p class="lead-rest">{rest.join(" ")}</p>}
    </div>
  );
}

export function FairnessCard(): JSX.Element {
  // Not drawn anew with every run that ends: it speaks when all have.
  const results = session.results.value;
  const [copied, setCopied] = useState<string | undefined>(undefined);
  const done = session.status.value === "done" && results !== undefined;
  const checks = done ? fairness(results.result()) : [];
  const print = done ? fingerprint(results.result()) : undefined;
  const shown = session.config.value;
  const command = results === undefined ? undefined : commandFor(results.spec);
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied("Copied.");
    } catch {
      setCopied("The browser does not let this page copy; select the command instead.");
    }
  };
  return (
    <section class="card fairness" id="fairness" data-tab="lanes" aria-label="Is it fair?">
      <div class="card-head">
        <h2>Is it fair?</h2>
      </div>
      {done ? (
        <ul class="checks">
          {checks.map(({ ok, statement, detail }) => (
            <li key={statement} class={ok ? "ok" : "not-ok"}>
              <span class="tick" role="img" aria-label={ok ? "yes" : "no"}>
                {ok ? "✓" : "✕"}
              </span>
              <div>
                <p>{statement}</p>
                <p class="quiet">{detail}</p>
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <p class="quiet">Checked on the results when all runs have ended.</p>
      )}
      {shown === undefined || command === undefined ? null : (
        <div class="proof">
          <p>
            <span class="quiet">Fingerprint</span> <code class="fingerprint">{print ?? "…"}</code>
          </p>
          <p class="quiet">
            The same experiment gives the same fingerprint on any machine, with any number of workers.
          </p>
          <div class="command">
            <code>{command.text}</code>
            <button type="button" onClick={() => void copy(command.text)}>
              Copy command
            </button>
            {command.needsFile ? (
              <button type="button" onClick={() => saveExperiment(shown)}>
                Save {fileName}
              </button>
            ) : null}
          </div>
          {command.needsFile ? (
            <p class="quiet">
              These settings and names do not fit on a line: the file holds all of them. Save it where you run
              the command.
            </p>
          ) : null}
          <p class="quiet" role="status">
            {copied ?? (changed.value ? "For the experiment shown, not yet for your changes." : "")}
          </p>
        </div>
      )}
    </section>
  );
}
