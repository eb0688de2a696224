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

/** To one of a few steps: 0, ⅓, ⅔, 1. */
const stepped = (share: number): number => Math.round(share * 3) / 3;

/** A moment of a replay shows whole layers: as many as a run is cut into, at most. */
const slices = 64;
const sliceOf = (when: number): number => Math.ceil(when * slices) / slices;

/** Spots of one slice of time that look alike, drawn as one path: thousands of elements would be slow. */
function alike<T>(
  spots: readonly Spot[],
  lookOf: (spot: Spot) => T,
): { readonly when: number; readonly look: T; readonly spots: Spot[] }[] {
  const groups = new Map<string, { when: number; look: T; spots: Spot[] }>();
  for (const spot of spots) {
    const [when, look] = [sliceOf(spot.when), lookOf(spot)];
    const name = JSON.stringify([when, look]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { when, look, spots: [spot] });
    else group.spots.push(spot);
  }
  return [...groups.values()].sort((a, b) => a.when - b.when);
}

const disc = (x: number, y: number, r: number): string =>
  `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
const cross = (x: number, y: number): string => `M${x.toFixed(1)},${y.toFixed(1)}m-2.5,-2.5l5,5m-5,0l5,-5`;

interface Layer {
  readonly when: number;
  readonly mark: VNode;
}

interface Layers {
  readonly points: readonly Layer[];
  readonly dots: readonly Layer[];
  /** The whole trail as a path, and how much of its text there is after each spot. */
  readonly line: string;
  readonly ends: readonly number[];
}

interface Place {
  readonly toX: (x: number) => number;
  readonly toY: (y: number) => number;
  readonly inside: (spot: Spot) => boolean;
}

function layersOf(track: Track, { toX, toY, inside }: Place): Layers {
  const [colour, name] = [colourOf(track.style), colourClass(track.style)];
  const points = alike((track.points ?? []).filter(inside), ({ near, when }) => ({
    near: stepped(near),
    size: track.as === "cloud" ? Number((4.2 - 2.8 * stepped(when)).toFixed(1)) : 0,
  })).map(({ when, look, spots }, i) => ({
    when,
    mark:
      track.as === "cloud" ? (
        <path
          key={`p${i}`}
          d={spots.map((spot) => disc(toX(spot.x), toY(spot.y), look.size)).join("")}
          fill={colour}
          fill-opacity={(0.18 + 0.5 * look.near).toFixed(2)}
          class={`${name} fi`}
        />
      ) : (
        <path
          key={`p${i}`}
          d={spots.map((spot) => cross(toX(spot.x), toY(spot.y))).join("")}
          fill="none"
          stroke={colour}
          stroke-width={1.2}
          stroke-opacity={(0.18 + 0.5 * look.near).toFixed(2)}
          class={`${name} st`}
        />
      ),
  }));
  const trail = track.trail ?? [];
  const dots = alike(trail, ({ near }) => stepped(near)).map(({ when, look, spots }, i) => ({
    when,
    mark: (
      <path
        key={`d${i}`}
        d={spots.map((spot) => disc(toX(spot.x), toY(spot.y), 1.9)).join("")}
        fill={colour}
        fill-opacity={(0.3 + 0.7 * look).toFixed(2)}
        class={`${name} fi`}
      />
    ),
  }));
  let line = "";
  const ends = trail.map((spot, i) => {
    line += `${i === 0 ? "M" : "L"}${toX(spot.x).toFixed(1)},${toY(spot.y).toFixed(1)}`;
    return line.length;
  });
  return { points, dots, line, ends };
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
  const layers = useMemo(() => layersOf(track, props), [track, c, m, props.place]);
  const reached = <T extends { readonly when: number }>(list: readonly T[]): number =>
    upTo >= 1 ? list.length : howMany(list, ({ when }) => when <= upTo);
  const trail = track.trail ?? [];
  const count = reached(trail);
  const shown = layers.points.slice(
    track.as === "cloud" && upTo < 1 ? howMany(layers.points, ({ when }) => when <= upTo - lately) : 0,
    reached(layers.points),
  );
  const best = upTo >= 1 ? track.best : trail[count - 1];
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
      {count > 1 ? (
        <path
          d={layers.line.slice(0, layers.ends[count - 1])}
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
