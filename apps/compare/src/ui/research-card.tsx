// What researchers ask for, folded away beneath the pictures: loaded when it is opened for the first time.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { seen } from "../state/turns.ts";
import type { Panels } from "./research/panels.tsx";

type Loaded = { readonly Panels: typeof Panels };

export function ResearchCard(): JSX.Element {
  const { results, status } = seen("words");
  const [open, setOpen] = useState(false);
  const [panels, setPanels] = useState<Loaded | "missing" | undefined>(undefined);
  const ended = results !== undefined && results.count > 0 && status !== "running" && status !== "paused";
  return (
    <section class="card research" id="research" data-tab="table" aria-label="For researchers">
      <details
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
          if (!event.currentTarget.open || typeof panels === "object") return;
          setPanels(undefined);
          void import("./research/panels.tsx").then(setPanels, () => setPanels("missing"));
        }}
      >
        <summary>
          <h2>For researchers</h2>
          <span class="quiet">runtimes, end values, tests, ranks, sensitivity, methods</span>
        </summary>
        {!open ? null : !ended ? (
          <p class="quiet">Made when all runs have ended.</p>
        ) : panels === undefined ? (
          <p class="quiet">Loading …</p>
        ) : panels === "missing" ? (
          <p class="quiet" role="status">
            This part could not be loaded. Look at the connection, then close and open it again.
          </p>
        ) : (
          <panels.Panels results={results} />
        )}
      </details>
    </section>
  );
}
