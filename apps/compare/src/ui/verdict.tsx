// What the numbers say, in words computed from them; and what makes the comparison fair.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatNumber } from "@basin/charts";
import { fairness, fingerprint, nameInWords, verdict } from "@basin/experiment";
import type { HeldRun } from "../state/held.ts";
import { commandFor, fileName } from "../state/command.ts";
import { saveExperiment } from "./experiment-file.tsx";
import { changed, shownIn, session } from "../state/store.ts";
import { seen } from "../state/turns.ts";
import type { Results } from "../state/results.ts";

/** Statistics over all runs are not for every frame: while runs come in they are made anew twice a second. */
const pace = 500;
let last:
  | {
      readonly results: Results;
      readonly problem: number;
      readonly count: number;
      readonly at: number;
      readonly sentences: readonly string[];
    }
  | undefined;

/** About the problem that is shown: of a suite of twenty nobody would read twenty. */
function verdictOn(results: Results, problem: number): readonly string[] {
  const { spec, records } = results.result();
  return verdict({ spec, records: records.filter(({ run }) => run.problem === problem) }).sentences;
}

function sentences(results: Results, problem: number, ended: boolean): readonly string[] {
  const now = performance.now();
  const stale =
    last?.results !== results ||
    last.problem !== problem ||
    (last.count !== results.count && (ended || now - last.at > pace));
  if (last === undefined || stale)
    last = { results, problem, count: results.count, at: now, sentences: verdictOn(results, problem) };
  return last.sentences;
}

/** Where optimizers are many the numbers are many, too, and wait to be asked for; on a phone sooner, for the picture's sake. */
const much = (): number => (matchMedia("(max-width: 800px)").matches ? 160 : 480);

function Rest({ text }: { text: string }): JSX.Element | null {
  if (text === "") return null;
  if (text.length <= much()) return <p class="lead-rest">{text}</p>;
  return (
    <details class="lead-rest">
      <summary>The numbers behind it</summary>
      <p>{text}</p>
    </details>
  );
}

/** While runs wait in the middle: who of them is lowest so far. */
function StepByStep({ results, held }: { results: Results; held: readonly HeldRun[] }): JSX.Element {
  const begun = held.filter(({ result }) => result.tally.steps > 0);
  const best = begun.reduce<HeldRun | undefined>(
    (low, one) => (low === undefined || one.result.best.loss < low.result.best.loss ? one : low),
    undefined,
  );
  return (
    <div class="lead">
      <p>
        {best === undefined
          ? "Paused. Each step is one question and one answer for each optimizer."
          : `Step by step, in single runs: ${nameOf(results, best)} is lowest so far, ${formatNumber(best.result.best.loss)} after ${formatNumber(best.result.tally.cost)} evaluations.`}
      </p>
      <p class="lead-rest">One run is an anecdote; resume for all seeds.</p>
    </div>
  );
}

function nameOf({ spec }: Results, { run }: HeldRun): string {
  const { label, name } = spec.optimizers[run.entry]!;
  return nameInWords(label, name);
}

/** The lead beneath the headline. */
export function Lead(): JSX.Element {
  const { results, status, progress, held } = seen("words");
  const problem = shownIn(results);
  if (results !== undefined && held.length > 0) return <StepByStep results={results} held={held} />;
  if (results === undefined || results.count === 0) {
    const words =
      status !== "idle"
        ? "The first runs are under way …"
        : session.fault.value === undefined
          ? "This experiment takes a while, so it waits for you to press Run."
          : "Nothing runs.";
    return <p class="lead">{words}</p>;
  }
  const [first, ...rest] = sentences(results, problem, status !== "running");
  const { done, total } = progress;
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
      <Rest text={rest.join(" ")} />
    </div>
  );
}

export function FairnessCard(): JSX.Element {
  const { results, status } = seen("words");
  const [copied, setCopied] = useState<string | undefined>(undefined);
  const done = status === "done" && results !== undefined;
  // It speaks when all runs have ended.
  const [checks, print] = useMemo(
    () => (done ? [fairness(results.result()), fingerprint(results.result())] : [[], undefined]),
    [results, done],
  );
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
