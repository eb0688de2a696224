// Run, pause, step, cancel; how far it is and how long it takes.
import type { JSX } from "preact";
import { run, session, step } from "../state/store.ts";
import { seen, type Moment } from "../state/turns.ts";
import { Icon } from "./icons.tsx";

function time(seconds: number): string {
  if (seconds < 1) return "less than a second";
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}

const stepping = "Each optimizer asks once, is answered and told: one step of one run each";

/** One line of where things stand. */
function standing({ status, progress: { done, total, left, elapsed } }: Moment): string {
  if (status === "idle" || total === 0) return "Not started";
  if (status === "done") return `${total} runs in ${elapsed.toFixed(1)} s`;
  if (status === "cancelled") return `Cancelled after ${done} of ${total} runs`;
  if (status === "paused") return `Paused at ${done} of ${total} runs`;
  return `${done} of ${total} runs${left === undefined ? "" : `, ${time(left)} left`}`;
}

export function RunBar(): JSX.Element {
  const moment = seen("bar");
  // Buttons answer at once; what is said waits for its turn.
  const status = session.status.value;
  const active = status === "running" || status === "paused";
  return (
    <section class="run-bar" aria-label="Run">
      <div class="buttons">
        {active ? null : (
          <button type="button" class="primary" onClick={run}>
            <Icon name="play" /> {status === "idle" ? "Run" : "Run again"}
          </button>
        )}
        {status === "running" ? (
          <button type="button" class="primary" onClick={session.pause}>
            <Icon name="pause" /> Pause
          </button>
        ) : null}
        {status === "paused" ? (
          <button type="button" class="primary" onClick={session.resume}>
            <Icon name="play" /> Resume
          </button>
        ) : null}
        {status === "running" ? null : (
          <button type="button" onClick={step} title={stepping}>
            <Icon name="step" /> Step
          </button>
        )}
        {active ? (
          <button type="button" onClick={session.cancel}>
            <Icon name="stop" /> Cancel
          </button>
        ) : null}
      </div>
      <div class="progress">
        <progress
          max={1}
          value={moment.status === "idle" ? 0 : moment.progress.share}
          aria-label="Progress of all runs"
        />
        <p role="status">{standing(moment)}</p>
      </div>
    </section>
  );
}
