// What one search did on a map, as layers in time: a moment shows some of them, and none is drawn anew for it.
import type { JSX, VNode } from "preact";
import { useMemo } from "preact/hooks";
import { Marker } from "./marker.tsx";
import { colourClass, colourOf, type SeriesStyle } from "./palette.ts";

/** A point on the slice. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** 1: on the slice; towards 0: far from it, drawn fainter. */
  readonly near: number;
  /** 0 … 1: when in the run. */
  readonly when: number;
}

/** One search on the map. */
export interface Track {
  readonly label: string;
  readonly style: SeriesStyle;
  /** Joined by a line, in order: a trail. */
  readonly trail?: readonly Spot[];
  /** Loose points: darts, or a cloud. Those outside the map are left out. */
  readonly points?: readonly Spot[];
  /** How loose points are drawn. A cloud's points shrink as the run goes on. */
  readonly as?: "darts" | "cloud";
  /** The best point found. */
  readonly best?: Spot;
}

/** How near a spot is drawn: 0, ⅓, ⅔, 1 of full strength, as 0 … 3. */
const nearness = (near: number): number => Math.round(near * 3);

/** A moment of a replay shows whole layers: as many as a run is cut into, at most. */
const slices = 28;

/** Spots of one slice of time that look alike, drawn as one path: thousands of elements would be slow. */
interface Group {
  /** The end of the slice, 0 … 1. */
  readonly when: number;
  /** 0 … 3. */
  readonly near: number;
  /** 0 … 3: how late, where that decides the size. */
  readonly late: number;
  readonly spots: Spot[];
}

/** In order of time. `count`: of slices; with one the whole run is at once. */
function grouped(spots: readonly Spot[], count: number, shrinks: boolean): Group[] {
  const groups = new Map<number, Group>();
  for (const spot of spots) {
    const slice = Math.ceil(spot.when * count);
    const [near, late] = [nearness(spot.near), shrinks ? Math.round(spot.when * 3) : 0];
    const key = (slice * 4 + near) * 4 + late;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { when: slice / count, near, late, spots: [spot] });
    else group.spots.push(spot);
  }
  return [...groups.values()].sort((one, other) => one.when - other.when);
}

const tenth = (x: number): number => Math.round(x * 10) / 10;
const disc = (x: number, y: number, r: number): string =>
  `M${tenth(x - r)},${tenth(y)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
const cross = (x: number, y: number): string => `M${tenth(x)},${tenth(y)}m-2.5,-2.5l5,5m-5,0l5,-5`;

interface Layer {
  readonly when: number;
  readonly mark: VNode;
}

interface Layers {
  readonly points: readonly Layer[];
  readonly dots: readonly Layer[];
}

interface Place {
  readonly toX: (x: number) => number;
  readonly toY: (y: number) => number;
  readonly inside: (spot: Spot) => boolean;
}

function layersOf(track: Track, { toX, toY, inside }: Place, count: number): Layers {
  const [colour, name] = [colourOf(track.style), colourClass(track.style)];
  const cloud = track.as === "cloud";
  const points = grouped((track.points ?? []).filter(inside), count, cloud).map(
    ({ when, near, late, spots }, i) => {
      const opacity = (0.18 + near / 6).toFixed(2);
      const size = tenth(4.2 - (2.8 * late) / 3);
      return {
        when,
        mark: cloud ? (
          <path
            key={`${count} ${i}`}
            d={spots.map((spot) => disc(toX(spot.x), toY(spot.y), size)).join("")}
            fill={colour}
            fill-opacity={opacity}
            class={`${name} fi`}
          />
        ) : (
          <path
            key={`${count} ${i}`}
            d={spots.map((spot) => cross(toX(spot.x), toY(spot.y))).join("")}
            fill="none"
            stroke={colour}
            stroke-width={1.2}
            stroke-opacity={opacity}
            class={`${name} st`}
          />
        ),
      };
    },
  );
  const dots = grouped(track.trail ?? [], count, false).map(({ when, near, spots }, i) => ({
    when,
    mark: (
      <path
        key={`${count} ${i}`}
        d={spots.map((spot) => disc(toX(spot.x), toY(spot.y), 1.9)).join("")}
        fill={colour}
        fill-opacity={(0.3 + (0.7 * near) / 3).toFixed(2)}
        class={`${name} fi`}
      />
    ),
  }));
  return { points, dots };
}

/** A trail as a path, and how much of its text there is after each spot. */
function lineOf(
  trail: readonly Spot[],
  { toX, toY }: Place,
): { readonly text: string; readonly ends: readonly number[] } {
  let text = "";
  const ends = trail.map((spot, i) => {
    text += `${i === 0 ? "M" : "L"}${tenth(toX(spot.x))},${tenth(toY(spot.y))}`;
    return text.length;
  });
  return { text, ends };
}

/** How many come first for which it holds, in a list where none does after one that does not. */
function howMany<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A cloud moves and shrinks: on the way only what it asked lately is shown, this share of a run. */
const lately = 0.12;

/** `place`: equal where the scales are. `upTo`: 0 … 1, the moment that is shown. */
export function TrackMarks(props: Place & { track: Track; upTo: number; place: string }): JSX.Element {
  const { track, toX, toY, upTo } = props;
  const { colour: c, marker: m } = track.style;
  // In the end there are few layers; on the way as many as there are slices, which come one by one.
  const count = upTo >= 1 ? 1 : slices;
  const layers = useMemo(() => layersOf(track, props, count), [track, c, m, props.place, count]);
  const line = useMemo(() => lineOf(track.trail ?? [], props), [track, props.place]);
  const reached = <T extends { readonly when: number }>(list: readonly T[]): number =>
    upTo >= 1 ? list.length : howMany(list, ({ when }) => when <= upTo);
  const trail = track.trail ?? [];
  const walked = reached(trail);
  const shown = layers.points.slice(
    track.as === "cloud" && upTo < 1 ? howMany(layers.points, ({ when }) => when <= upTo - lately) : 0,
    reached(layers.points),
  );
  const best = upTo >= 1 ? track.best : trail[walked - 1];
  const [colour, name] = [colourOf(track.style), colourClass(track.style)];
  const badge = useMemo(
    () => (
      <g>
        <circle
          r={8}
          fill="#fffdf9"
          fill-opacity={0.85}
          stroke={colour}
          stroke-width={1.5}
          class={`paper ${name} st`}
        />
        <Marker style={track.style} x={0} y={0} size={1.05} />
      </g>
    ),
    [c, m],
  );
  return (
    <g>
      <g>{shown.map(({ mark }) => mark)}</g>
      {walked > 1 ? (
        <path
          d={line.text.slice(0, line.ends[walked - 1])}
          fill="none"
          stroke={colour}
          stroke-width={2}
          stroke-linejoin="round"
          class={`${name} st`}
        />
      ) : null}
      <g>{layers.dots.slice(0, reached(layers.dots)).map(({ mark }) => mark)}</g>
      {best === undefined ? null : (
        <g
          opacity={(0.4 + 0.6 * best.near).toFixed(2)}
          transform={`translate(${toX(best.x).toFixed(1)},${toY(best.y).toFixed(1)})`}
        >
          {badge}
        </g>
      )}
    </g>
  );
}
