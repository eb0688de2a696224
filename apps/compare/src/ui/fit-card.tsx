// What each optimizer's model says about the data, side by side.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { FitView, formatNumber } from "@basin/charts";
import type { Answer } from "../engine/survey.ts";
import { mapped } from "../state/session.ts";
import type { Results } from "../state/results.ts";
import { session, surveyor } from "../state/store.ts";
import { useWidth } from "./use-width.ts";

const answer = signal<Answer | undefined>(undefined);
let drawnFor: Results | undefined;
let drawnRuns = 0;

function survey(results: Results): void {
  const records = results
    .result()
    .records.filter(({ run, result }) => run.spec.replicate === mapped && result.ending !== "failed");
  if (results !== drawnFor) {
    drawnFor = results;
    drawnRuns = 0;
    answer.value = undefined;
  }
  if (records.length === 0 || records.length === drawnRuns) return;
  drawnRuns = records.length;
  surveyor.ask(
    {
      kind: "fit",
      spec: records[0]!.run.spec,
      candidates: records.map(({ run, result }) => ({
        label: results.spec.optimizers[run.entry]!.label,
        x: Float64Array.from(result.best.x),
      })),
    },
    (given) => {
      if (results === drawnFor) answer.value = given;
    },
  );
}

/** "test loss 0.02, accuracy 98 %" from what the objective reports. */
function noted(report: Readonly<Record<string, number>>): string {
  return Object.entries(report)
    .slice(0, 2)
    .map(([name, value]) => {
      const words = name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
      return words.includes("accuracy")
        ? `${words} ${Math.round(100 * value)} %`
        : `${words} ${formatNumber(value, 2)}`;
    })
    .join(" · ");
}

export function FitCard(): JSX.Element {
  const version = session.version.value;
  const results = session.results.value;
  const [ref, width] = useWidth(400);
  useEffect(() => {
    if (results !== undefined) survey(results);
  }, [results, version]);
  const fit = answer.value;
  const perRow = Math.max(1, Math.floor((width + 12) / 162));
  const each = Math.floor((width - (perRow - 1) * 12) / perRow);
  return (
    <section class="card fit" id="fit" data-tab="fit" aria-label="Fit">
      <div class="card-head">
        <h2>Fit</h2>
        <p class="quiet">seed {mapped + 1}, after the whole budget</p>
      </div>
      <div ref={ref} class="fits">
        {fit === undefined ? <p class="quiet">Drawn when the first run has ended.</p> : null}
        {fit?.kind === "none" ? <p class="quiet">{fit.reason}</p> : null}
        {fit?.kind === "fit" && results !== undefined
          ? fit.pictures.map((picture) => (
              <FitView
                key={picture.label}
                label={picture.label}
                style={
                  results.styles[results.spec.optimizers.findIndex(({ label }) => label === picture.label)]!
                }
                note={noted(picture.report)}
                xLabel={fit.xLabel}
                yLabel={fit.yLabel}
                xRange={fit.xRange}
                yRange={fit.yRange}
                points={fit.points}
                {...(fit.groups === undefined ? {} : { groups: fit.groups })}
                {...(picture.regions === undefined ? {} : { regions: picture.regions })}
                {...(picture.line === undefined ? {} : { line: picture.line })}
                width={each}
                height={Math.round(each * 0.85) + 40}
              />
            ))
          : null}
      </div>
      {fit?.kind === "fit" && fit.groups !== undefined ? (
        <p class="quiet">{fit.groups.map((group, i) => `${["●", "○", "▲"][i % 3]} ${group}`).join(" · ")}</p>
      ) : null}
    </section>
  );
}
