// What a fitted model says about its data: regions and boundaries of classes, or a line through points.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { contoursOf, ontoField, type Field } from "./field.ts";
import { formatNumber, makeAxis } from "./numbers.ts";
import { Marker } from "./marker.tsx";
import { colourClass, colourOf, type SeriesStyle } from "./palette.ts";

export interface FitViewProps {
  /** Whose fit, and how it is drawn elsewhere. */
  readonly label: string;
  readonly style: SeriesStyle;
  /** A few words under the name: loss, accuracy. */
  readonly note?: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** Data: class decides shape and shade. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly group: number }[];
  readonly groups?: readonly string[];
  /** Classification: for each class the field of its score minus the best other's; ≥ 0 is its region. */
  readonly regions?: readonly Field[];
  /** Regression: the fitted line, in order of x. */
  readonly line?: readonly { readonly x: number; readonly y: number }[];
  /** Pixels. Default 220 × 200. */
  readonly width?: number;
  readonly height?: number;
}

/** Classes are told apart by shade and shape; colour stays the optimizer's. */
const shades = [0.08, 0.3, 0.52, 0.2, 0.42];

/** The picture: one <svg>. */
export function FitView(props: FitViewProps): JSX.Element {
  const { width = 220, height = 200, style } = props;
  const plot = { left: 8, right: width - 8, top: 40, bottom: height - 22 };
  const x = makeAxis("linear", props.xRange, [plot.left, plot.right], 3);
  const y = makeAxis("linear", props.yRange, [plot.bottom, plot.top], 3);
  const colour = colourOf(style);
  const name = colourClass(style);
  const groups = props.groups ?? [];
  const caption =
    `Fit of ${props.label}${props.note === undefined ? "" : `, ${props.note}`}: ${props.points.length} examples by ${props.xLabel} and ${props.yLabel}` +
    (props.line === undefined
      ? `, with the regions the model gives to ${groups.join(", ") || "each class"}.`
      : ", with the fitted line.");
  const regions = useMemo(
    () =>
      (props.regions ?? []).map((field) => ({
        field,
        path: (field.contours?.[0] ?? contoursOf(field, [0])[0]!).path,
      })),
    [props.regions],
  );
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  // One path a shape: thousands of elements would be slow.
  const dots = (shape: number, draw: (px: number, py: number) => string): string =>
    props.points
      .filter(({ group }) => group % 3 === shape)
      .map((point) => draw(rounded(x(point.x)), rounded(y(point.y))))
      .join("");
  return (
    <svg
      class="chart fit-view"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={caption}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      <Marker style={style} x={14} y={13} />
      <text x={25} y={13} dy="0.34em" font-size={12.5} font-weight={600} fill={colour} class={`${name} fi`}>
        {props.label.length > width / 7.4 - 4
          ? `${props.label.slice(0, Math.floor(width / 7.4) - 5)}…`
          : props.label}
      </text>
      {props.note === undefined ? null : (
        <text x={plot.left} y={31} font-size={11} fill="#65625c" class="muted">
          {props.note.length > width / 5.6 - 2 ? props.note.split(" · ")[0] : props.note}
        </text>
      )}
      <rect
        x={plot.left}
        y={plot.top}
        width={plot.right - plot.left}
        height={plot.bottom - plot.top}
        fill="none"
        stroke="#e6e2d9"
        class="grid"
      />
      {regions.map(({ field, path }, i) => {
        return (
          <g key={i} transform={ontoField(field, x, y)}>
            <path d={path} fill={colour} fill-opacity={shades[i % shades.length]} class={`${name} fi`} />
            <path
              d={path}
              fill="none"
              stroke={colour}
              stroke-width={1.2}
              stroke-opacity={0.8}
              vector-effect="non-scaling-stroke"
              class={`${name} st`}
            />
          </g>
        );
      })}
      <path
        d={dots(0, (px, py) => `M${px - 1.9},${py}a1.9,1.9 0 1,0 3.8,0a1.9,1.9 0 1,0 -3.8,0`)}
        fill="#1d1c1a"
        fill-opacity={0.75}
        class="ink"
      />
      <path
        d={dots(1, (px, py) => `M${px - 2.1},${py}a2.1,2.1 0 1,0 4.2,0a2.1,2.1 0 1,0 -4.2,0`)}
        fill="#fffdf9"
        stroke="#1d1c1a"
        stroke-width={1}
        class="paper inkline"
      />
      <path
        d={dots(2, (px, py) => `M${px},${py - 2.8}l2.5,4.8h-5z`)}
        fill="#1d1c1a"
        fill-opacity={0.75}
        class="ink"
      />
      {props.line === undefined ? null : (
        <path
          d={`M${props.line.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join("L")}`}
          fill="none"
          stroke={colour}
          stroke-width={2.5}
          class={`${name} st`}
        />
      )}
      <g font-size={10} fill="#65625c" class="muted">
        <text x={plot.left} y={height - 8}>
          {formatNumber(props.xRange[0], 2)}
        </text>
        <text x={plot.right} y={height - 8} text-anchor="end">
          {`${props.xLabel} →`}
        </text>
      </g>
    </svg>
  );
}
