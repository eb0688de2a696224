// The map of the loss on one slice, with what each optimizer did on it, for one seed.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { formatNumber, LossMap, type Track } from "@basin/charts";
import type { RunRecord } from "@basin/experiment";
import type { HeldRun } from "../state/held.ts";
import { lookedAt } from "../state/looked-at.ts";
import type { MapAnswer, MapTrack, NoAnswer, Traveller } from "../engine/survey.ts";
import {
  grid,
  indexOf,
  moment,
  play,
  playhead,
  playing,
  playUnasked,
  seedShown,
  showSeed,
  stop,
} from "../state/replay.ts";
import { recorded } from "../state/session.ts";
import type { Results } from "../state/results.ts";
import { isModel, shownIn, session, surveyor } from "../state/store.ts";
import { seen } from "../state/turns.ts";
import { Icon } from "./icons.tsx";
import { useWidth } from "./use-width.ts";

const answer = signal<MapAnswer | NoAnswer | undefined>(undefined);
/** Whose map it is, of which runs of which seed, how many of them, and whether it has been played. */
const drawn: { of: Results | undefined; what: string; seed: string; runs: number; played: boolean } = {
  of: undefined,
  what: "",
  seed: "",
  runs: 0,
  played: false,
};

/** What a run went through: the points of its trace, or, where it kept none, those after the steps that were looked at. */
function traveller(record: RunRecord | HeldRun, label: string): Traveller {
  const { result } = record;
  const { points = "trail" in record ? record.trail : undefined, asked } = result.trace;
  return {
    label,
    best: Float64Array.from(result.best.x),
    loss: result.best.loss,
    length:
      result.trace.points === undefined && points !== undefined
        ? points.length / result.best.x.length
        : result.trace.cost.length,
    ...(points === undefined ? {} : { points }),
    ...(asked === undefined ? {} : { asked }),
  };
}

/** Asks for a map as soon as one run of the seed has ended, and again when all have; after each step, while it goes step by step. */
function survey(results: Results, held: readonly HeldRun[], seed: number, problem: number): void {
  if (results !== drawn.of) {
    Object.assign(drawn, { of: results, what: "", seed: "", runs: 0, played: false });
    answer.value = undefined;
    stop();
    playhead.value = 1;
    seedShown.value = recorded;
    return survey(results, held, recorded, problem);
  }
  if (drawn.seed !== `${problem} ${seed}`) Object.assign(drawn, { seed: `${problem} ${seed}`, runs: 0 });
  const { records, key } = lookedAt(results, held, seed, problem);
  // The runs of a seed that is looked at again wait for their points.
  const known = records.filter((record) => "trail" in record || record.result.trace.points !== undefined);
  const all = results.spec.optimizers.length;
  const steps = known.some((record) => "trail" in record);
  if (known.length === 0 || key === drawn.what) return;
  if (!steps && known.length < all && drawn.runs > 0 && session.status.value === "running") return;
  if (!steps && known.length < drawn.runs) return;
  Object.assign(drawn, { what: key, runs: known.length });
  const first = known[0]!;
  surveyor.ask(
    {
      kind: "map",
      spec: first.run.spec,
      start: Float64Array.from(first.result.start.x),
      steady: steps,
      travellers: known.map((record) => traveller(record, results.spec.optimizers[record.run.entry]!.label)),
    },
    (given) => {
      if (results !== drawn.of || key !== drawn.what || (given.kind !== "map" && given.kind !== "none"))
        return;
      answer.value = given;
      if (!steps && known.length === all && given.kind === "map" && !drawn.played) {
        drawn.played = true;
        playUnasked();
      }
    },
  );
}

function about(d: number | undefined, failed: boolean, coordinate: string): string {
  if (failed) return "Every run of this seed failed: there is nothing to map.";
  if (d === undefined) return "The map is drawn when the first run has ended.";
  if (d === 1) return `There is one ${coordinate}: left and right is its value; up and down means nothing.`;
  if (d === 2) return `There are two ${coordinate}s, so this map is the whole loss. Light is low.`;
  return `The map is a slice. There are ${formatNumber(d)} ${coordinate}s; this shows two directions through them, through the start and the best point found. Light is low; faint marks are far from the slice.`;
}

/** " Trail: adam. Darts: random-search." */
function manners(tracks: readonly MapTrack[]): string {
  if (tracks.length > 6) return "";
  return (["trail", "darts", "cloud"] as const)
    .map((manner) => {
      const names = tracks.filter(({ as }) => as === manner).map(({ label }) => label);
      return names.length === 0 ? "" : ` ${manner[0]!.toUpperCase()}${manner.slice(1)}: ${names.join(", ")}.`;
    })
    .join("");
}

function Replay(): JSX.Element {
  const cost = grid();
  const share = moment.value;
  const at = cost === undefined ? undefined : cost[indexOf(share, cost.length)];
  const said =
    at === undefined
      ? ""
      : `after ${formatNumber(Math.round(at))} evaluation${Math.round(at) === 1 ? "" : "s"}`;
  return (
    <div class="replay">
      <button
        type="button"
        class="square"
        aria-label={playing.value ? "Stop the replay" : "Replay the search"}
        onClick={() => (playing.value ? stop() : play())}
      >
        <Icon name={playing.value ? "pause" : "play"} />
      </button>
      <input
        type="range"
        min={0}
        max={1000}
        value={Math.round(share * 1000)}
        aria-label="When in the search"
        aria-valuetext={said}
        onInput={(event) => {
          stop();
          playhead.value = Number(event.currentTarget.value) / 1000;
        }}
      />
      <output>{said}</output>
    </div>
  );
}

/** Which seed: what the others went through is found by running them again. */
function SeedChoice(): JSX.Element {
  const { results, status } = seen("pictures");
  const count = results?.spec.replicates ?? 1;
  return (
    <label class="seed-choice">
      seed
      <select
        aria-label="Seed of map and fits"
        value={String(seedShown.value)}
        disabled={status === "running" || status === "paused"}
        onChange={(event) => showSeed(Number(event.currentTarget.value))}
      >
        {Array.from({ length: count }, (_, seed) => (
          <option key={seed} value={String(seed)}>
            {seed + 1}
          </option>
        ))}
      </select>
    </label>
  );
}

export function MapCard(): JSX.Element {
  const { results, status, version, held } = seen("pictures");
  const [ref, width] = useWidth(400);
  const seed = seedShown.value;
  const problem = shownIn(results);
  useEffect(() => {
    if (results !== undefined) survey(results, held, seed, problem);
  }, [results, version, held, seed, problem]);
  const given = answer.value;
  const map = given?.kind === "map" && results === drawn.of ? given : undefined;
  const share = moment.value;
  const failed = status === "done" && results !== undefined && results.of(seed, problem).length === 0;
  const words =
    about(map?.dimension, failed, isModel(results?.spec.problems[problem]?.name) ? "weight" : "coordinate") +
    manners(map?.tracks ?? []);
  // Not drawn anew with every run that ends: a map is many marks.
  const tracks = useMemo(
    () =>
      map === undefined || results === undefined
        ? []
        : map.tracks.map(({ as, points, ...track }): Track => ({
            ...track,
            style: results.styles[results.spec.optimizers.findIndex(({ label }) => label === track.label)]!,
            ...(as === "trail" ? {} : { as, points }),
          })),
    [map, results],
  );
  const picture = useMemo(() => {
    const rows = Math.ceil(tracks.length / Math.max(1, Math.floor(width / 165)));
    return (
      <LossMap
        field={map?.field}
        tracks={tracks}
        upTo={share}
        {...(map === undefined ? {} : { start: map.start })}
        width={width}
        height={Math.round(width * 0.75) + 4 + 20 * rows}
        caption={`A map of the loss. ${words} Marked are the start and what each optimizer found.`}
      />
    );
  }, [map, tracks, share, width]);
  return (
    <section class="card map" id="map" data-tab="map" aria-label="Map">
      <div class="card-head">
        <h2>Map</h2>
        <SeedChoice />
      </div>
      <div ref={ref}>{given?.kind === "none" ? <p class="quiet">{given.reason}</p> : picture}</div>
      {map === undefined ? null : <Replay />}
      {given?.kind === "none" ? null : <p class="quiet">{words}</p>}
    </section>
  );
}
