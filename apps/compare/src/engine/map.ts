// A map of the loss on the slice through the start and the best point found, coarse first, then fine.
import { contoursOf, landLevels, levels, type Field, type Spot } from "@basin/charts";
import type { Objective, Query } from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";
import { objectiveOf, type Catalog } from "@basin/runner";
import { pointOn, project, sliceThrough, type Slice } from "./slice.ts";
import type { MapAnswer, MapQuestion, MapTrack, NoAnswer, Traveller } from "./survey.ts";

type Vector = Readonly<Float64Array>;

/** Milliseconds the fine map may take. */
const patience = 900;

function rows(points: Float64Array | undefined, n: number): Float64Array[] {
  const count = points === undefined ? 0 : Math.floor(points.length / n);
  return Array.from({ length: count }, (_, i) => points!.subarray(i * n, (i + 1) * n));
}

/** Mean distance of the points asked from the point recommended then, early and late. */
function reach(traveller: Traveller, n: number): { early: number; late: number } {
  const recommended = rows(traveller.points, n);
  const asked = rows(traveller.asked?.points, n);
  // of a run in the middle the trace is longer than what has happened
  const span = 1 + (traveller.asked?.interval.reduce((a, b) => Math.max(a, b), 0) ?? 0);
  const sums = { early: 0, late: 0 };
  const counts = { early: 0, late: 0 };
  asked.forEach((point, i) => {
    const interval = traveller.asked!.interval[i]!;
    const from = recommended[Math.max(0, interval - 1)];
    if (from === undefined || Number.isNaN(from[0]!)) return;
    let square = 0;
    for (let k = 0; k < n; k++) square += (point[k]! - from[k]!) * (point[k]! - from[k]!);
    if (!Number.isFinite(square)) return;
    const when = interval / span;
    const part = when < 0.5 ? "early" : when > 0.75 ? "late" : undefined;
    if (part === undefined) return;
    sums[part] += Math.sqrt(square);
    counts[part]++;
  });
  return { early: sums.early / Math.max(1, counts.early), late: sums.late / Math.max(1, counts.late) };
}

/** How a search moves, seen from its points alone: along a trail, by darts, or as a cloud that shrinks. */
function mannerOf(traveller: Traveller, n: number, journey: number): MapTrack["as"] {
  if (traveller.asked === undefined) return "trail";
  const { early, late } = reach(traveller, n);
  if (early <= 0.2 * journey) return "trail";
  return late < 0.6 * early ? "cloud" : "darts";
}

const distance = (a: Vector, b: Vector): number => {
  let square = 0;
  for (let i = 0; i < a.length; i++) square += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  return Math.sqrt(square);
};

function trackOf(traveller: Traveller, slice: Slice, n: number, journey: number): MapTrack {
  const as = mannerOf(traveller, n, journey);
  const last = Math.max(1, traveller.length - 1);
  // Numbers as of a diverged search are no place on a map.
  const known = (point: Vector): boolean => point.every((x) => Math.abs(x) < 1e12);
  const trail: Spot[] = [];
  rows(traveller.points, n).forEach((point, i) => {
    if (!known(point)) return;
    const spot = project(slice, point, journey, i / last);
    const before = trail.at(-1);
    if (before === undefined || before.x !== spot.x || before.y !== spot.y) trail.push(spot);
  });
  const points: Spot[] = [];
  rows(traveller.asked?.points, n).forEach((point, i) => {
    if (known(point))
      points.push(project(slice, point, journey, Math.min(1, traveller.asked!.interval[i]! / last)));
  });
  // Enough to see the shape; more would only hide the land.
  const stride = Math.ceil(points.length / 260);
  return {
    label: traveller.label,
    as,
    trail,
    points: points.filter((_, i) => i % stride === 0),
    best: project(slice, traveller.best, journey, 1),
  };
}

/** Journeys from the start beyond which a search has gone astray: it does not decide what the map shows. */
const astray = 3;

interface Frame {
  readonly x: [number, number];
  readonly y: [number, number];
}

/**
 * A window around the start, the best points and the trails: what lies far outside, as where a search diverged, is left out.
 * `room`: how much wider than what it shows.
 */
function windowOf(tracks: readonly MapTrack[], start: Spot, journey: number, room: number): Frame {
  const spots = tracks
    .flatMap((track) => [track.best, ...(track.as === "trail" ? track.trail : [])])
    .filter(
      ({ x, y }) => Math.abs(x - start.x) <= astray * journey && Math.abs(y - start.y) <= astray * journey,
    );
  const range = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const [x0, x1] = range([start.x, ...spots.map(({ x }) => x)]);
  const [y0, y1] = range([start.y, ...spots.map(({ y }) => y)]);
  const half = room * Math.max(x1 - x0, (y1 - y0) * 1.1, journey / 4, 1e-6);
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return { x: [cx - half, cx + half], y: [cy - half * 0.75, cy + half * 0.75] };
}

/** Full losses at these points. */
function losses(objective: Objective, points: readonly Float64Array[]): Float64Array {
  const queries = points.map((x): Query => ({ kind: "value", x }));
  const outcomes = objective.evaluate({ queries }, rngOf(rootKey("map")));
  if (!Array.isArray(outcomes))
    throw new TypeError("map: this problem answers later; the map needs one that answers at once.");
  return Float64Array.from(outcomes, (outcome) => (outcome.failed === undefined ? outcome.value : NaN));
}

function fieldOf(objective: Objective, slice: Slice, frame: Frame, n: number): Field {
  const { lower, upper } = objective.domain.bounds;
  const at = ([low, high]: [number, number], i: number): number => low + (i / (n - 1)) * (high - low);
  const values = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const row = Array.from({ length: n }, (_, i) => pointOn(slice, at(frame.x, i), at(frame.y, j)));
    const inside = row.map((point) => point.every((x, k) => x >= lower[k]! && x <= upper[k]!));
    const found = losses(
      objective,
      row.filter((_, i) => inside[i]),
    );
    let next = 0;
    for (let i = 0; i < n; i++) values[j * n + i] = inside[i] === true ? found[next++]! : NaN;
  }
  const field = { nx: n, ny: n, x: frame.x, y: frame.y, values };
  return { ...field, contours: contoursOf(field, levels(field, landLevels)) };
}

/** Where the map before was: while a search goes step by step, the land should not jump beneath it. */
export interface MapMemory {
  last?: { readonly key: string; readonly slice: Slice; readonly journey: number; readonly frame: Frame };
}

/** Whether the best points lie on this slice, or nearly, and inside the frame. */
function stillShows(
  { slice, journey, frame }: NonNullable<MapMemory["last"]>,
  bests: readonly Vector[],
): boolean {
  return bests.every((point) => {
    const { x, y, near } = project(slice, point, journey, 1);
    return near > 0.7 && x > frame.x[0] && x < frame.x[1] && y > frame.y[0] && y < frame.y[1];
  });
}

/** The map twice: a coarse one at once, then as fine a one as patience allows. */
export function* mapAnswers(
  question: MapQuestion,
  catalog: Catalog,
  clock: () => number,
  memory: MapMemory = {},
): Generator<MapAnswer | NoAnswer> {
  const objective = objectiveOf(question.spec, catalog);
  if (objective.domain.encoding !== "real") {
    yield {
      kind: "none",
      reason: "This problem is over bits or orders: between two points there is nothing to map.",
    };
    return;
  }
  const n = objective.domain.dimension;
  const { start, travellers } = question;
  const best = travellers.reduce((a, b) => (b.loss < a.loss ? b : a));
  const { problem, seed, replicate } = question.spec;
  const key = JSON.stringify([problem, seed, replicate]);
  const steady = question.steady === true;
  const before =
    steady &&
    memory.last?.key === key &&
    stillShows(
      memory.last,
      travellers.map((traveller) => traveller.best),
    )
      ? memory.last
      : undefined;
  // at first nobody has gone anywhere: then the start box says how long a journey may be
  const { lower, upper } = objective.domain.initial;
  const journey =
    before?.journey ?? Math.max(distance(start, best.best), steady ? distance(lower, upper) / 4 : 1e-9);
  const others = travellers
    .flatMap((traveller) => {
      const points = rows(traveller.points, n);
      const stride = Math.ceil(points.length / 40);
      return [traveller.best, ...points.filter((_, i) => i % stride === 0)];
    })
    .filter((point) => distance(point, start) <= astray * journey);
  const slice = before?.slice ?? sliceThrough(start, best.best, others);
  const tracks = travellers.map((traveller) => trackOf(traveller, slice, n, journey));
  const origin = project(slice, start, journey, 0);
  const frame = before?.frame ?? windowOf(tracks, origin, journey, steady ? 1 : 0.68);
  memory.last = { key, slice, journey, frame };
  const draw = (size: number): MapAnswer => ({
    kind: "map",
    field: fieldOf(objective, slice, frame, size),
    start: origin,
    tracks,
    dimension: n,
  });
  const began = clock();
  const coarse = 17;
  yield draw(coarse);
  const each = Math.max(1e-4, (clock() - began) / (coarse * coarse));
  const fine = Math.min(64, Math.floor(Math.sqrt(patience / each)));
  if (fine > coarse + 4) yield draw(fine);
}
