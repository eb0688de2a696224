// One dot a seed, and what went wrong, in words.
import type { JSX } from "preact";
import { formatNumber, Key, Lanes } from "@basin/charts";
import { shownIn, session } from "../state/store.ts";
import { seen } from "../state/turns.ts";
import { useWidth } from "./use-width.ts";

/** While paused: the runs that a step advances. */
function UnderWay(): JSX.Element | null {
  const { results, held: all } = seen("lanes");
  const held = all.filter(({ run }) => run.problem === shownIn(results));
  if (results === undefined || held.length === 0) return null;
  const seeds = held.map(({ run }) => run.spec.replicate);
  const together = seeds.every((seed) => seed === seeds[0]);
  return (
    <div class="scroll under-way" tabIndex={0} role="region" aria-label="Runs under way">
      <table>
        <caption>Waiting for the next step{together ? `, seed ${seeds[0]! + 1}` : ""}</caption>
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">steps</th>
            <th scope="col">evaluations</th>
            <th scope="col">loss</th>
          </tr>
        </thead>
        <tbody>
          {held.map(({ run, result }) => (
            <tr key={run.index}>
              <th scope="row">
                <Key style={results.styles[run.entry]!} width={26} />{" "}
                {results.spec.optimizers[run.entry]!.label}
                {together ? "" : `, seed ${run.spec.replicate + 1}`}
              </th>
              <td>{formatNumber(result.tally.steps)}</td>
              <td>{formatNumber(result.tally.cost)}</td>
              <td>{result.tally.steps === 0 ? "–" : formatNumber(result.best.loss)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function LanesCard(): JSX.Element {
  const { results, runs } = seen("lanes");
  const [ref, width] = useWidth(640);
  const lanes =
    results?.spec.optimizers.map(({ label }, entry) => ({
      label,
      style: results.styles[entry]!,
      dots: runs
        .filter(({ run }) => run.entry === entry && run.problem === shownIn(results))
        .map(({ dot }) => dot),
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
      <UnderWay />
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
