// Runtimes as their empirical distribution (data profiles: Moré & Wild 2009; COCO: Hansen et al. 2021): the share of targets that was reached within a cost.
import { curveStepAfter, line as lineShape } from "d3-shape";
import type { JSX } from "preact";
import { EndNames } from "./end-names.tsx";
import { Axes, type Plot } from "./frame.tsx";
import { Marker } from "./marker.tsx";
import { formatNumber, makeAxis, type Axis, type ScaleKind } from "./numbers.ts";
import { colourClass, colourOf, dashOf, seriesStyles, type SeriesStyle } from "./palette.ts";

/** A step function: 0 left of cost[0], share[i] from cost[i] on. */
export interface EcdfSeries {
  /** Unique among the series of a chart. */
  readonly label: string;
  /** Decides the dash. */
  readonly family: string;
  /** Rising strictly. */
  readonly cost: ArrayLike<number>;
  /** Of 1, not falling. */
  readonly share: ArrayLike<number>;
  /** The largest cost that was really spent in one run: a cross marks it, beyond it runs are simulated restarts. */
  readonly spent?: number;
}

export interface EcdfCurvesProps {
  readonly series: readonly EcdfSeries[];
  /** One for each line; by default by place and family. */
  readonly styles?: readonly SeriesStyle[];
  /** What the shares are of: "51 targets from 10² to 10⁻⁸, 15 seeds". Written above the plot. */
  readonly note?: string;
  /** Pixels. Default 720 × 420. */
  readonly width?: number;
  readonly height?: number;
  readonly xScale?: ScaleKind;
  /** Default "evaluations". */
  readonly xLabel?: string;
  /** The right end of the x axis. By default the largest cost. */
  readonly xMax?: number;
}

/** The share at a cost. */
function shareAt({ cost, share }: EcdfSeries, at: number): number {
  let [from, to] = [0, cost.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (cost[middle]! <= at) from = middle + 1;
    else to = middle;
  }
  return from === 0 ? 0 : share[from - 1]!;
}

const percent = (share: number): string => `${formatNumber(share * 100)} %`;

/** One sentence a line, highest first. */
export function describeEcdf(series: readonly EcdfSeries[], xMax: number, xLabel = "evaluations"): string {
  const ends = series
    .map((line) => ({ line, end: shareAt(line, xMax) }))
    .sort((a, b) => b.end - a.end)
    .map(({ line, end }) => `${line.label} ${percent(end)}`);
  return `Share of targets reached within ${formatNumber(xMax)} ${xLabel}: ${ends.length === 0 ? "no runs" : ends.join("; ")}.`;
}

/** The picture: one <svg>. Higher and further left is better. */
export function EcdfCurves(props: EcdfCurvesProps): JSX.Element {
  const { series, width = 720, height = 420, xScale = "log", xLabel = "evaluations" } = props;
  const styles = props.styles ?? seriesStyles(series);
  const longest = Math.max(8, ...series.map(({ label }) => label.length));
  const right = width - Math.min(longest * 7.6 + 38, width * 0.34);
  const plot: Plot = { left: 58, right, top: 44, bottom: height - 42 };
  let [low, high] = [Infinity, props.xMax ?? -Infinity];
  for (const { cost } of series)
    for (let i = 0; i < cost.length; i++) {
      if (!(cost[i]! > 0)) continue;
      low = Math.min(low, cost[i]!);
      if (props.xMax === undefined) high = Math.max(high, cost[i]!);
    }
  if (!Number.isFinite(high)) high = 10;
  low = xScale === "linear" ? 0 : Math.min(Number.isFinite(low) ? low : 1, high / 10);
  const ticks = Math.max(3, Math.floor((plot.right - plot.left) / 56));
  const x = makeAxis(xScale, [low, high], [plot.left, plot.right], ticks);
  const y = makeAxis("linear", [0, 1], [plot.bottom, plot.top], 6);
  const lines = series.map((line, i) => ({
    line,
    style: styles[i]!,
    end: shareAt(line, high),
    points: pointsOf(line, low, high, x),
  }));
  const shape = lineShape<readonly [number, number]>()
    .curve(curveStepAfter)
    .digits(1)
    .x(([cost]) => x(cost))
    .y(([, share]) => y(share));
  return (
    <svg
      class="chart ecdf-curves"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={describeEcdf(series, high, xLabel)}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      {props.note === undefined ? null : (
        <text x={plot.left - 8} y={14} font-size={11} fill="#65625c" class="muted">
          {props.note}
        </text>
      )}
      <Axes plot={plot} x={x} y={y} xLabel={xLabel} yLabel="share of targets reached" />
      {lines.map(({ line, style, points }, i) => (
        <g key={line.label}>
          <path
            d={shape(points) ?? ""}
            fill="none"
            stroke={colourOf(style)}
            stroke-width={2}
            stroke-linejoin="round"
            stroke-dasharray={dashOf(style) || undefined}
            class={`${colourClass(style)} st`}
          />
          {[0.2, 0.45, 0.7].map((part) => {
            const px = plot.left + (plot.right - plot.left) * (part + (i % 5) * 0.04);
            const at = points.findLast(([cost]) => x(cost) <= px);
            return at === undefined ? null : <Marker key={part} style={style} x={px} y={y(at[1])} />;
          })}
          {line.spent === undefined || line.spent > high || line.spent < low ? null : (
            <path
              d={`M${x(line.spent).toFixed(1)},${(y(shareAt(line, line.spent)) - 7).toFixed(1)}v14m-5,-7h10`}
              fill="none"
              stroke="#1d1c1a"
              stroke-width={1.4}
              class="inkline"
            />
          )}
        </g>
      ))}
      <EndNames
        ends={lines.map(({ line, style, end }) => ({ label: line.label, style, y: y(end) }))}
        plot={plot}
        width={width}
      />
    </svg>
  );
}

/**
 * The corners of the steps inside [low, high], from the left edge to the right one. Steps within half a pixel are drawn as one: over many
 * problems there are hundreds of thousands.
 */
function pointsOf(line: EcdfSeries, low: number, high: number, x: Axis): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [[low, shareAt(line, low)]];
  let column = -1;
  for (let i = 0; i < line.cost.length; i++) {
    const cost = line.cost[i]!;
    if (cost <= low || cost > high) continue;
    const here = Math.round(2 * x(cost));
    if (here === column) points.pop();
    points.push([cost, line.share[i]!]);
    column = here;
  }
  points.push([high, points.at(-1)![1]]);
  return points;
}
