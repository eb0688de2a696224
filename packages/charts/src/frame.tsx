// The frame of a chart: axes with their ticks and titles.
import type { JSX } from "preact";
import { floor } from "./series.ts";
import { formatNumber, type Axis } from "./numbers.ts";

/** Where the plot lies in the picture, in pixels. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const muted = { fill: "#65625c", class: "muted" };

/** Horizontal grid lines with the values of y beside them, and the values of x beneath. */
export function Axes(props: {
  plot: Plot;
  x: Axis;
  y: Axis;
  xLabel: string;
  yLabel: string;
  /** What stands at x = 0, 1, 2 … where these are no numbers. */
  xNames?: readonly string[];
  /** Whether losses at the floor are held there: the lowest tick then reads "≤ 10⁻¹²". */
  floored?: boolean;
}): JSX.Element {
  const { plot, x, y } = props;
  const bottomTick = props.floored === true ? [floor] : [];
  const yTicks = [
    ...bottomTick,
    ...y.ticks.filter((tick) => props.floored !== true || y(floor) - y(tick) > 12),
  ];
  return (
    <g font-size={11}>
      {yTicks.map((tick) => (
        <g key={tick} transform={`translate(0,${y(tick).toFixed(1)})`}>
          <line x1={plot.left} x2={plot.right} stroke="#e6e2d9" class="grid" />
          <text x={plot.left - 8} dy="0.32em" text-anchor="end" {...muted}>
            {props.floored === true && tick === floor ? `≤ ${formatNumber(floor)}` : formatNumber(tick)}
          </text>
        </g>
      ))}
      <line x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} stroke="#65625c" class="axis" />
      {(props.xNames?.map((_, i) => i) ?? x.ticks).map((tick) => (
        <g key={tick} transform={`translate(${x(tick).toFixed(1)},${plot.bottom})`}>
          <line y2={4} stroke="#65625c" class="axis" />
          <text
            y={17}
            text-anchor={x(tick) > plot.right - 20 ? "end" : "middle"}
            dx={x(tick) > plot.right - 20 ? 8 : 0}
            {...muted}
          >
            {props.xNames?.[tick] ?? formatNumber(tick)}
          </text>
        </g>
      ))}
      <text x={plot.right} y={plot.bottom + 34} text-anchor="end" {...muted}>
        {props.xLabel} →
      </text>
      <text x={plot.left - 8} y={plot.top - 12} text-anchor="start" {...muted}>
        ↑ {props.yLabel}
      </text>
    </g>
  );
}
