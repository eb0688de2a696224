// A map of the loss on one slice: land is high, water is low; with the paths of several searches over it.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { levels, regionPath, type Field } from "./field.ts";
import { KeyMarks, Marker } from "./marker.tsx";
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

export interface LossMapProps {
  readonly field: Field | undefined;
  readonly tracks: readonly Track[];
  readonly start?: Spot;
  /** Pixels. Default 420 × 320. */
  readonly width?: number;
  readonly height?: number;
  /** The accessible description: what the slice is and what it shows. */
  readonly caption: string;
}

const held = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

function Land(props: { field: Field; toX: (x: number) => number; toY: (y: number) => number }): JSX.Element {
  const { field, toX, toY } = props;
  const regions = useMemo(
    () => levels(field, 11).map((level) => ({ level, path: regionPath(field, level, toX, toY) })),
    // The scales follow from the field and the size, which the caller keys on.
    [field, toX(field.x[1]), toY(field.y[1])],
  );
  return (
    <g>
      {regions.map(({ level, path }) => (
        <g key={level}>
          <path d={path} fill="#7d8a99" fill-opacity={0.085} class="land" />
          <path
            d={path}
            fill="none"
            stroke="#7d8a99"
            stroke-opacity={0.28}
            stroke-width={0.7}
            class="shore"
          />
        </g>
      ))}
    </g>
  );
}

/** Spots that look alike, drawn as one path: thousands of elements would be slow. */
function alike<T>(
  spots: readonly Spot[],
  lookOf: (spot: Spot) => T,
): Map<string, { look: T; spots: Spot[] }> {
  const groups = new Map<string, { look: T; spots: Spot[] }>();
  for (const spot of spots) {
    const look = lookOf(spot);
    const name = JSON.stringify(look);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { look, spots: [spot] });
    else group.spots.push(spot);
  }
  return groups;
}

/** To one of a few steps: 0, ⅓, ⅔, 1. */
const stepped = (share: number): number => Math.round(share * 3) / 3;

const disc = (x: number, y: number, r: number): string =>
  `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
const cross = (x: number, y: number): string => `M${x.toFixed(1)},${y.toFixed(1)}m-2.5,-2.5l5,5m-5,0l5,-5`;

function TrackMarks(props: {
  track: Track;
  toX: (x: number) => number;
  toY: (y: number) => number;
}): JSX.Element {
  const { track, toX, toY } = props;
  const colour = colourOf(track.style);
  const name = colourClass(track.style);
  const trail = track.trail ?? [];
  const points = alike(track.points ?? [], ({ near, when }) => ({
    near: stepped(near),
    size: track.as === "cloud" ? Number((4.2 - 2.8 * stepped(when)).toFixed(1)) : 0,
  }));
  return (
    <g>
      {[...points].map(([key, { look, spots }]) =>
        track.as === "cloud" ? (
          <path
            key={key}
            d={spots.map((spot) => disc(toX(spot.x), toY(spot.y), look.size)).join("")}
            fill={colour}
            fill-opacity={(0.18 + 0.5 * look.near).toFixed(2)}
            class={`${name} fi`}
          />
        ) : (
          <path
            key={key}
            d={spots.map((spot) => cross(toX(spot.x), toY(spot.y))).join("")}
            fill="none"
            stroke={colour}
            stroke-width={1.2}
            stroke-opacity={(0.18 + 0.5 * look.near).toFixed(2)}
            class={`${name} st`}
          />
        ),
      )}
      {trail.length > 1 ? (
        <path
          d={`M${trail.map((spot) => `${toX(spot.x).toFixed(1)},${toY(spot.y).toFixed(1)}`).join("L")}`}
          fill="none"
          stroke={colour}
          stroke-width={2}
          stroke-linejoin="round"
          class={`${name} st`}
        />
      ) : null}
      {[...alike(trail, ({ near }) => stepped(near))].map(([key, { look, spots }]) => (
        <path
          key={key}
          d={spots.map((spot) => disc(toX(spot.x), toY(spot.y), 1.9)).join("")}
          fill={colour}
          fill-opacity={(0.3 + 0.7 * look).toFixed(2)}
          class={`${name} fi`}
        />
      ))}
      {track.best === undefined ? null : (
        <g opacity={(0.4 + 0.6 * track.best.near).toFixed(2)}>
          <circle
            cx={toX(track.best.x)}
            cy={toY(track.best.y)}
            r={8}
            fill="#fffdf9"
            fill-opacity={0.85}
            stroke={colour}
            stroke-width={1.5}
            class={`paper ${name} st`}
          />
          <Marker style={track.style} x={toX(track.best.x)} y={toY(track.best.y)} size={1.05} />
        </g>
      )}
    </g>
  );
}

/** The picture: one <svg>. */
export function LossMap(props: LossMapProps): JSX.Element {
  const { field, width = 420, height = 320 } = props;
  const perRow = Math.max(1, Math.floor(width / 165));
  const rows = Math.ceil(props.tracks.length / perRow);
  const bottom = height - rows * 20 - 4;
  const [x0, x1] = field?.x ?? [-1, 1];
  const [y0, y1] = field?.y ?? [-1, 1];
  // Far outside is far enough: what a diverged search did out there only has to leave the map in its direction.
  const toX = (x: number): number => held(edgeX(x), -4 * width, 5 * width);
  const toY = (y: number): number => held(edgeY(y), -4 * bottom, 5 * bottom);
  const inside = ({ x, y }: Spot): boolean => x >= x0 && x <= x1 && y >= y0 && y <= y1;
  const edgeX = (x: number): number => ((x - x0) / (x1 - x0)) * width;
  const edgeY = (y: number): number => bottom - ((y - y0) / (y1 - y0)) * bottom;
  return (
    <svg
      class="chart loss-map"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={props.caption}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      {field === undefined ? null : <Land field={field} toX={edgeX} toY={edgeY} />}
      <rect x={0.5} y={0.5} width={width - 1} height={bottom - 1} fill="none" stroke="#e6e2d9" class="grid" />
      {/* An inner picture of its own, so that what leaves the map is cut off at its border. */}
      <svg width={width} height={bottom} viewBox={`0 0 ${width} ${bottom}`}>
        {props.tracks.map((track) => (
          <TrackMarks
            key={track.label}
            track={{ ...track, points: (track.points ?? []).filter(inside) }}
            toX={toX}
            toY={toY}
          />
        ))}
      </svg>
      {props.start === undefined ? null : (
        <g transform={`translate(${toX(props.start.x).toFixed(1)},${toY(props.start.y).toFixed(1)})`}>
          <circle r={5} fill="#fffdf9" stroke="#1d1c1a" stroke-width={2} class="paper inkline" />
          <text
            x={toX(props.start.x) > width - 60 ? -10 : 10}
            y={-7}
            text-anchor={toX(props.start.x) > width - 60 ? "end" : "start"}
            font-size={11.5}
            font-weight={600}
            fill="#1d1c1a"
            stroke="#fffdf9"
            stroke-width={3}
            paint-order="stroke"
            class="ink halo"
          >
            start
          </text>
        </g>
      )}
      {props.tracks.map((track, i) => (
        <g
          key={track.label}
          transform={`translate(${(i % perRow) * (width / perRow)},${bottom + 16 + Math.floor(i / perRow) * 20})`}
          font-size={11.5}
        >
          <KeyMarks style={{ ...track.style, dash: track.style.dash }} x={0} y={0} width={22} />
          <text x={28} dy="0.34em" fill="#1d1c1a" class="ink">
            {track.label.length > Math.floor(width / perRow / 7) - 4
              ? `${track.label.slice(0, Math.floor(width / perRow / 7) - 5)}…`
              : track.label}
          </text>
        </g>
      ))}
    </svg>
  );
}
