// How much one hyperparameter matters: the loss at the end over its values, median with quantiles over seeds.
import { line as lineShape } from "d3-shape";
import type { JSX } from "preact";
import { Axes, type Plot } from "./frame.tsx";
import { Marker } from "./marker.tsx";
import { formatNumber, makeAxis, type ScaleKind } from "./numbers.ts";
import { colourClass, colourOf, dashOf, type SeriesStyle } from "./palette.ts";
import { floor, sayLoss } from "./series.ts";

/** The runs with one value of the hyperparameter. */
export interface SensitivityPoint {
  readonly value: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
}

export interface SensitivityProps {
  /** By value, rising. */
  readonly points: readonly SensitivityPoint[];
  /** The hyperparameter: "rate". */
  readonly name: string;
  readonly xScale?: ScaleKind;
  /** Where the values are a choice among names: value i is the i-th, and no line is drawn between them. */
  readonly names?: readonly string[];
  /** Default "log"; linear where a loss is below zero. */
  readonly yScale?: ScaleKind;
  /** Default "loss at the end". */
  readonly yLabel?: string;
  readonly style?: SeriesStyle;
  /** Pixels. Default 480 × 320. */
  readonly width?: number;
  readonly height?: number;
}

/** The values and their losses in words. */
export function describeSensitivity({ points, name, names }: SensitivityProps): string {
  const parts = points.map(
    ({ value, median }) => `${names?.[value] ?? formatNumber(value)}: ${sayLoss(median)}`,
  );
  return `Median loss at the end over ${name}: ${parts.join("; ")}.`;
}

/** The picture: one <svg>. A median that diverged stands at the top edge. */
export function Sensitivity(props: SensitivityProps): JSX.Element {
  const { points, names, width = 480, height = 320, xScale = "linear" } = props;
  const style = props.style ?? { colour: 0, dash: 0, marker: 0 };
  const plot: Plot = { left: 62, right: width - 16, top: 40, bottom: height - 42 };
  const values = points.map(({ value }) => value);
  const finite = points
    .flatMap(({ median, q25, q75 }) => [median, q25, q75])
    .filter((loss) => Number.isFinite(loss));
  const yScale: ScaleKind = finite.some((loss) => loss < 0) ? "linear" : (props.yScale ?? "log");
  const lifted = finite.map((loss) => (yScale === "log" ? Math.max(floor, loss) : loss));
  const [low, high] = [Math.min(...lifted, Infinity), Math.max(...lifted, -Infinity)];
  const room: [number, number] =
    lifted.length === 0 ? [0.1, 1] : yScale === "log" ? [low / 1.3, high * 1.3] : [low, high];
  const x = makeAxis(
    xScale,
    names === undefined ? [Math.min(...values), Math.max(...values)] : [-0.5, names.length - 0.5],
    [plot.left + 14, plot.right - 14],
    6,
  );
  const y = makeAxis(
    yScale,
    room,
    [plot.bottom, plot.top],
    Math.max(3, Math.floor((plot.bottom - plot.top) / 40)),
  );
  const held = (loss: number): number =>
    loss === Infinity ? plot.top : y(yScale === "log" ? Math.max(floor, loss) : loss);
  const line = lineShape<SensitivityPoint>()
    .digits(1)
    .x(({ value }) => x(value))
    .y(({ median }) => held(median));
  return (
    <svg
      class="chart sensitivity"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={describeSensitivity(props)}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      <text x={plot.left - 8} y={13} font-size={11} fill="#65625c" class="muted">
        Marker: median · bar: middle half · at the top edge: diverged
      </text>
      <Axes
        plot={plot}
        x={x}
        y={y}
        xLabel={props.name}
        yLabel={props.yLabel ?? "loss at the end"}
        {...(names === undefined ? {} : { xNames: names })}
      />
      {names !== undefined ? undefined : (
        <path
          d={line(points) ?? ""}
          fill="none"
          stroke={colourOf(style)}
          stroke-width={1.5}
          stroke-dasharray={dashOf(style) || undefined}
          class={`${colourClass(style)} st`}
        />
      )}
      {points.map(({ value, median, q25, q75 }) => (
        <g key={value}>
          <line
            x1={x(value)}
            x2={x(value)}
            y1={held(q25)}
            y2={held(q75)}
            stroke={colourOf(style)}
            stroke-width={5}
            stroke-opacity={0.4}
            class={`${colourClass(style)} st`}
          />
          <Marker style={style} x={x(value)} y={held(median)} />
        </g>
      ))}
    </svg>
  );
}
