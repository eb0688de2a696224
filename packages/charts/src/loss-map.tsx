// A map of the loss on one slice: land is high, water is low; with the paths of several searches over it.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { contoursOf, landLevels, levels, ontoField, type Field } from "./field.ts";
import { KeyMarks } from "./marker.tsx";
import { TrackMarks, type Spot, type Track } from "./track-marks.tsx";

export interface LossMapProps {
  readonly field: Field | undefined;
  readonly tracks: readonly Track[];
  readonly start?: Spot;
  /** 0 … 1: what had happened by then. Default 1: all of it. */
  readonly upTo?: number;
  /** Pixels. Default 420 × 320. */
  readonly width?: number;
  readonly height?: number;
  /** The accessible description: what the slice is and what it shows. */
  readonly caption: string;
}

const held = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

function Land(props: { field: Field; toX: (x: number) => number; toY: (y: number) => number }): JSX.Element {
  const { field, toX, toY } = props;
  const regions = useMemo(() => field.contours ?? contoursOf(field, levels(field, landLevels)), [field]);
  return (
    <g transform={ontoField(field, toX, toY)}>
      {regions.map(({ level, path }) => (
        <g key={level}>
          <path d={path} fill="#7d8a99" fill-opacity={0.085} class="land" />
          <path
            d={path}
            fill="none"
            stroke="#7d8a99"
            stroke-opacity={0.28}
            stroke-width={0.7}
            vector-effect="non-scaling-stroke"
            class="shore"
          />
        </g>
      ))}
    </g>
  );
}

function TrackNames(props: {
  tracks: readonly Track[];
  width: number;
  top: number;
  perRow: number;
}): JSX.Element {
  const { width, top, perRow } = props;
  return (
    <g>
      {props.tracks.map((track, i) => (
        <g
          key={track.label}
          transform={`translate(${(i % perRow) * (width / perRow)},${top + Math.floor(i / perRow) * 20})`}
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
  const place = [x0, x1, y0, y1, width, bottom].join(" ");
  // The land and the names stay while a replay goes.
  const land = useMemo(
    () => (field === undefined ? null : <Land field={field} toX={edgeX} toY={edgeY} />),
    [field, place],
  );
  const names = useMemo(
    () => <TrackNames tracks={props.tracks} width={width} top={bottom + 16} perRow={perRow} />,
    [props.tracks, width, bottom, perRow],
  );
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
      {land}
      <rect x={0.5} y={0.5} width={width - 1} height={bottom - 1} fill="none" stroke="#e6e2d9" class="grid" />
      {/* An inner picture of its own, so that what leaves the map is cut off at its border. */}
      <svg width={width} height={bottom} viewBox={`0 0 ${width} ${bottom}`}>
        {props.tracks.map((track) => (
          <TrackMarks
            key={track.label}
            track={track}
            upTo={props.upTo ?? 1}
            toX={toX}
            toY={toY}
            inside={inside}
            place={place}
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
      {names}
    </svg>
  );
}
