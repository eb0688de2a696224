// The map of the loss on one slice, with what each optimizer did on it, for one seed.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { LossMap, type Spot, type Track } from "@basin/charts";
import type { RunRecord } from "@basin/experiment";
import type { Answer, Traveller } from "../engine/survey.ts";
import { mapped } from "../state/session.ts";
import type { Results } from "../state/results.ts";
import { cursor, session, surveyor } from "../state/store.ts";
import { useWidth } from "./use-width.ts";

const answer = signal<Answer | undefined>(undefined);
/** Whose map it is. */
let drawnFor: Results | undefined;
let drawnRuns = 0;

function traveller(record: RunRecord, label: string): Traveller {
  const { result } = record;
  const { points, asked } = result.trace;
  return {
    label,
    best: Float64Array.from(result.best.x),
    loss: result.best.loss,
    length: result.trace.cost.length,
    ...(points === undefined ? {} : { points }),
    ...(asked === undefined ? {} : { asked }),
  };
}

/** Asks for a map as soon as one run of the mapped seed has ended, and again when all have. */
function survey(results: Results): void {
  const records = results
    .result()
    .records.filter((record) => record.run.spec.replicate === mapped && record.result.ending !== "failed");
  if (results !== drawnFor) {
    drawnFor = results;
    drawnRuns = 0;
    answer.value = undefined;
  }
  const all = results.spec.optimizers.length;
  if (
    records.length === 0 ||
    records.length === drawnRuns ||
    (records.length < all && drawnRuns > 0 && session.status.value === "running")
  )
    return;
  drawnRuns = records.length;
  const first = records[0]!;
  surveyor.ask(
    {
      kind: "map",
      spec: first.run.spec,
      start: Float64Array.from(first.result.start.x),
      travellers: records.map((record) =>
        traveller(record, results.spec.optimizers[record.run.entry]!.label),
      ),
    },
    (given) => {
      if (results === drawnFor) answer.value = given;
    },
  );
}

export function MapCard(): JSX.Element {
  const version = session.version.value;
  const results = session.results.value;
  const [ref, width] = useWidth(400);
  useEffect(() => {
    if (results !== undefined) survey(results);
  }, [results, version]);
  const map = answer.value;
  let tracks: Track[] = [];
  // Where the reader points on the curves, as a share of the trace's grid: the map shows the searches up to there.
  const until = cursor.value?.at;
  if (map?.kind === "map" && results !== undefined) {
    const cost = results.result().records[0]?.result.trace.cost;
    const share =
      until === undefined || cost === undefined
        ? 1
        : cost.reduce((count, at) => count + (at <= until * 1.0001 ? 1 : 0), 0) / cost.length;
    const reached = (spots: readonly Spot[]): Spot[] => spots.filter(({ when }) => when <= share);
    tracks = map.tracks.map((track) => {
      const style = results.styles[results.spec.optimizers.findIndex(({ label }) => label === track.label)]!;
      const points = reached(track.points);
      const trail = reached(track.trail);
      const best = share >= 1 ? track.best : trail.at(-1);
      return {
        label: track.label,
        style,
        ...(track.as === "trail" ? { trail } : { points, as: track.as }),
        ...(best === undefined ? {} : { best }),
      };
    });
  }
  const d = map?.kind === "map" ? map.dimension : undefined;
  const about =
    d === undefined
      ? "The map is drawn when the first run has ended."
      : d === 1
        ? "There is one weight: left and right is its value, and up and down means nothing."
        : d === 2
          ? "There are two weights, so this map is the whole loss."
          : `The map is a slice. There are ${d} weights; this shows two directions through them, through the start and the best point found.`;
  return (
    <section class="card map" id="map" data-tab="map" aria-label="Map">
      <div class="card-head">
        <h2>Map</h2>
        <p class="quiet">seed {mapped + 1}</p>
      </div>
      <div ref={ref}>
        {map?.kind === "none" ? (
          <p class="quiet">{map.reason}</p>
        ) : (
          <LossMap
            key={map === undefined ? "none" : String(map.field.nx)}
            field={map?.field}
            tracks={tracks}
            {...(map === undefined ? {} : { start: map.start })}
            width={width}
            height={
              Math.round(width * 0.72) + 24 * Math.ceil(tracks.length / Math.max(1, Math.floor(width / 190)))
            }
            caption={`A map of the loss: dark is high, light is low. ${about} Marked are the start and what each optimizer found.`}
          />
        )}
      </div>
      <p class="quiet">
        {about} {d !== undefined && d > 2 ? "Faint marks are far from it." : ""}
      </p>
    </section>
  );
}
