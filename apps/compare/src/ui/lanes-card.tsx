// One dot a seed, and what went wrong, in words.
import type { JSX } from "preact";
import { Lanes } from "@basin/charts";
import { seen, session } from "../state/store.ts";
import { useWidth } from "./use-width.ts";

export function LanesCard(): JSX.Element {
  const { results } = seen();
  const [ref, width] = useWidth(640);
  const lanes =
    results?.spec.optimizers.map(({ label }, entry) => ({
      label,
      style: results.styles[entry]!,
      dots: session.runs.value.filter(({ run }) => run.entry === entry).map(({ dot }) => dot),
    })) ?? [];
  const incidents = session.incidents.value;
  return (
    <section class="card lanes-card" id="lanes" data-tab="lanes" aria-label="Seeds">
      <div class="card-head">
        <h2>Seeds</h2>
        <p class="quiet">a dot a run</p>
      </div>
      <div ref={ref}>
        <Lanes lanes={lanes} width={width} />
      </div>
      <p class="quiet">● ended ◔ running ○ waiting △ diverged ✕ failed</p>
      {incidents.length === 0 ? null : (
        <ul class="incidents" aria-label="What went wrong">
          {incidents.slice(-6).map((incident) => (
            <li key={incident}>{incident}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
