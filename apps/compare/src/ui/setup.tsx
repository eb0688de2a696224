// What is compared: the problem, the optimizers, the seeds and the budget.
import type { JSX } from "preact";
import { changed, run, session } from "../state/store.ts";
import { EffortSetup } from "./effort-setup.tsx";
import { ExperimentFileSetup } from "./experiment-file.tsx";
import { Icon } from "./icons.tsx";
import { OptimizersSetup } from "./optimizers-setup.tsx";
import { ProblemSetup } from "./problem-setup.tsx";

/** The settings, in the side column or in the sheet of a phone. */
export function Setup(): JSX.Element {
  return (
    <>
      <ProblemSetup />
      <OptimizersSetup />
      <EffortSetup />
      <ExperimentFileSetup />
      {changed.value || session.status.value === "idle" ? (
        <div class="rerun">
          <p>
            {session.status.value === "idle"
              ? "Nothing has run yet."
              : "The pictures still show the run before your changes."}
          </p>
          <button type="button" class="primary" onClick={run}>
            <Icon name="play" /> {session.status.value === "idle" ? "Run" : "Run with the changes"}
          </button>
        </div>
      ) : null}
    </>
  );
}
