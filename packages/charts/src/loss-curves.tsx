// Loss against cost: median lines as steps with named bands, and the name of each at its end.
import { area, curveStepAfter, line as lineShape } from "d3-shape";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Axes, type Plot } from "./frame.tsx";
import { KeyMarks, Marker } from "./marker.tsx";
import { formatNumber, makeAxis, type Axis, type ScaleKind } from "./numbers.ts";
import { colourClass, colourOf, dashOf, seriesStyles, type SeriesStyle } from "./palette.ts";
import { bandNames, describeCurves, floor, indexAt, lastKnown, sayLoss, type Series } from "./series.ts";
import { spread } from "./spread.ts";

/** A line and a place on it, as the keyboard and the pointer choose them. */
export interface Cursor {
  /** Index of the line. */
  readonly line: number;
  /** In units of x. */
  readonly at: number;
}

export interface LossCurvesProps {
  readonly series: readonly Series[];
  /** One for each line; by default by place and family. */
  readonly styles?: readonly SeriesStyle[];
  /** Pixels. Default 720 × 420. */
  readonly width?: number;
  readonly height?: number;
  readonly xScale?: ScaleKind;
  /** A logarithmic axis becomes linear where a loss is below zero. */
  readonly yScale?: ScaleKind;
  /** Default "evaluations". */
  readonly xLabel?: string;
  /** Default "loss". */
  readonly yLabel?: string;
  /** The right end of the x axis, so that it stays while runs come in. By default the largest x. */
  readonly xMax?: number;
  readonly cursor?: Cursor | undefined;
}

/** Where things are, for whoever draws and whoever points. */
export interface Geometry {
  readonly plot: Plot;
  readonly x: Axis;
  readonly y: Axis;
  readonly floored: boolean;
  readonly beside: boolean;
  readonly yScale: ScaleKind;
  /** Equal for equal geometries: what is drawn of a line changes only with the line and this. */
  readonly key: string;
}

/** Width of a bold letter, generous: the reader's font is not known. */
const characters = 7.6;
const rowHeight = 20;

/** To the next of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten: so the axis stays while values creep. */
function outward(value: number, way: -1 | 1): number {
  const [, exponent] = value.toExponential().split("e");
  const unit = Number(`1e${exponent}`);
  const steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * unit);
  const beyond =
    way > 0 ? steps.find((step) => step >= value * 1.02) : steps.findLast((step) => step <= value * 0.98);
  return beyond ?? (way > 0 ? 12 * unit : 0.8 * unit);
}

/** The values that set the vertical range: finite, and no more than a thousand times what the runs began with. */
function extent(series: readonly Series[], log: boolean): { low: number; high: number; zero: boolean } {
  let [low, high, first, zero] = [Infinity, -Infinity, -Infinity, false];
  for (const line of series) {
    let begun = false;
    for (let i = 0; i < line.x.length; i++) {
      const median = line.median[i]!;
      if (Number.isNaN(median)) continue;
      if (!begun && Number.isFinite(median)) [begun, first] = [true, Math.max(first, median)];
      for (const value of [median, line.q10[i]!, line.q90[i]!]) {
        if (!Number.isFinite(value)) continue;
        if (log && value <= floor) zero = true;
        else low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  const cap = first > 0 ? first * 1000 : first + 1000;
  high = Math.min(high, Number.isFinite(first) ? cap : high);
  if (zero) low = floor;
  if (!Number.isFinite(low)) low = log ? 0.1 : 0;
  if (!Number.isFinite(high)) high = Math.max(1, low * 10);
  if (log) return { low: zero ? floor : outward(low, -1), high: outward(Math.max(high, low), 1), zero };
  const margin = (high - low || 1) * 0.04;
  return { low: low >= 0 && low < high / 2 ? 0 : low - margin, high: high + margin, zero: false };
}

/** Scales and margins for these series. */
export function geometryOf(props: LossCurvesProps): Geometry {
  const { series, width = 720, height = 420, xScale = "log" } = props;
  const negative = series.some((line) => {
    for (let i = 0; i < line.x.length; i++)
      if (line.q10[i]! < -floor || line.median[i]! < -floor) return true;
    return false;
  });
  const yScale: ScaleKind = negative ? "linear" : (props.yScale ?? "log");
  const longest = Math.max(8, ...series.map((line) => line.label.length));
  const beside = width >= 460;
  const plot: Plot = {
    left: 58,
    right: width - (beside ? Math.min(longest * characters + 38, width * 0.34) : 14),
    top: 44,
    bottom: height - 42 - (beside ? 0 : series.length * rowHeight + 4),
  };
  let [xLow, xHigh] = [Infinity, props.xMax ?? -Infinity];
  for (const line of series)
    for (let i = 0; i < line.x.length; i++) {
      const x = line.x[i]!;
      if (Number.isNaN(line.median[i]!) || !Number.isFinite(x) || (xScale === "log" && x <= 0)) continue;
      xLow = Math.min(xLow, x);
      xHigh = Math.max(xHigh, x);
    }
  if (!Number.isFinite(xLow)) xLow = xScale === "log" ? 1 : 0;
  if (!Number.isFinite(xHigh)) xHigh = Math.max(10, xLow * 10);
  if (xScale === "linear" && xLow < xHigh / 4) xLow = 0;
  const { low, high, zero } = extent(series, yScale === "log");
  const [x, y] = [
    makeAxis(
      xScale,
      [xLow, xHigh],
      [plot.left, plot.right],
      Math.max(3, Math.floor((plot.right - plot.left) / 56)),
    ),
    makeAxis(
      yScale,
      [low, high],
      [plot.bottom, plot.top],
      Math.max(3, Math.floor((plot.bottom - plot.top) / 34)),
    ),
  ];
  const key = JSON.stringify([plot, x.kind, x.domain, y.kind, y.domain]);
  return { plot, x, y, floored: zero, beside, yScale, key };
}

/** Held into the plot: a diverged quantile leaves through the top. */
const held = (y: Axis, plot: Plot, value: number): number =>
  value === Infinity ? plot.top : y(y.kind === "log" && value < floor ? floor : value);

interface Drawn {
  readonly line: Series;
  readonly style: SeriesStyle;
  readonly end: number;
}

/** The indices of what can be drawn: known, and right of zero where x is logarithmic. */
function drawable(line: Series, x: Axis): number[] {
  const indices: number[] = [];
  for (let k = 0; k < line.x.length; k++)
    if (!Number.isNaN(line.median[k]!) && (x.kind === "linear" || line.x[k]! > 0)) indices.push(k);
  return indices;
}

interface MarksProps {
  readonly of: Drawn;
  readonly geometry: Geometry;
}

/** While runs come in, most lines stay as they were: what has not changed is not drawn anew. */
function useDrawn(
  draw: () => JSX.Element,
  { of, geometry }: MarksProps,
  ...also: readonly unknown[]
): JSX.Element {
  const { colour, dash, marker } = of.style;
  return useMemo(draw, [of.line, colour, dash, marker, geometry.key, ...also]);
}

function Bands(props: MarksProps): JSX.Element {
  return useDrawn(() => {
    const { of, geometry } = props;
    const { x, y, plot } = geometry;
    const indices = drawable(of.line, x);
    const band = (low: "q10" | "q25", high: "q75" | "q90", opacity: number): JSX.Element => {
      const shape = area<number>()
        .curve(curveStepAfter)
        .digits(1)
        .x((k) => x(of.line.x[k]!))
        .y0((k) => held(y, plot, of.line[low][k]!))
        .y1((k) => held(y, plot, of.line[high][k]!));
      return (
        <path
          d={shape(indices) ?? ""}
          fill={colourOf(of.style)}
          fill-opacity={opacity}
          class={`${colourClass(of.style)} fi`}
        />
      );
    };
    return (
      <g>
        {band("q10", "q90", 0.13)}
        {band("q25", "q75", 0.22)}
      </g>
    );
  }, props);
}

/** Indices at which a line carries its marker: about six, evenly spread over the picture. */
function marked(of: Drawn, indices: readonly number[], { plot, x }: Geometry, phase: number): number[] {
  const result: number[] = [];
  const stride = (plot.right - plot.left) / 6;
  let next = plot.left + stride * (0.35 + phase);
  for (const k of indices)
    if (x(of.line.x[k]!) >= next) {
      result.push(k);
      next = Math.max(next, x(of.line.x[k]!)) + stride;
    }
  return result;
}

function Line(props: MarksProps & { readonly phase: number; readonly strong: boolean }): JSX.Element {
  const draw = (): JSX.Element => {
    const { of, geometry } = props;
    const { x, y, plot } = geometry;
    const indices = drawable(of.line, x);
    const shape = lineShape<number>()
      .curve(curveStepAfter)
      .digits(1)
      .x((k) => x(of.line.x[k]!))
      .y((k) => held(y, plot, of.line.median[k]!));
    return (
      <g>
        <path
          d={shape(indices) ?? ""}
          fill="none"
          stroke={colourOf(of.style)}
          stroke-width={props.strong ? 3 : 2}
          stroke-linejoin="round"
          stroke-dasharray={dashOf(of.style) || undefined}
          class={`${colourClass(of.style)} st`}
        />
        {marked(of, indices, geometry, props.phase).map((k) => (
          <Marker key={k} style={of.style} x={x(of.line.x[k]!)} y={held(y, plot, of.line.median[k]!)} />
        ))}
      </g>
    );
  };
  return useDrawn(draw, props, props.phase, props.strong);
}

const short = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text;

/** Names at the ends of the lines, with a thread to each end. */
function EndLabels(props: { lines: readonly Drawn[]; geometry: Geometry; width: number }): JSX.Element {
  const { geometry, lines } = props;
  const { x, y, plot } = geometry;
  const ends = lines.filter(({ end }) => end >= 0);
  const wanted = ends.map(({ line, end }) => held(y, plot, line.median[end]!));
  const at = spread(wanted, 17, plot.top + 4, plot.bottom - 4);
  const most = Math.floor((props.width - plot.right - 30) / characters);
  return (
    <g font-size={12.5} font-weight={600}>
      {ends.map(({ line, style, end }, i) => {
        const from = x(line.x[end]!);
        return (
          <g key={line.label}>
            <path
              d={`M${from.toFixed(1)},${wanted[i]!.toFixed(1)}L${plot.right + 8},${at[i]!.toFixed(1)}H${plot.right + 12}`}
              fill="none"
              stroke={colourOf(style)}
              stroke-opacity={0.55}
              class={`${colourClass(style)} st`}
            />
            <Marker style={style} x={plot.right + 18} y={at[i]!} />
            <text
              x={plot.right + 27}
              y={at[i]!}
              dy="0.34em"
              fill={colourOf(style)}
              class={`${colourClass(style)} fi`}
            >
              {short(line.label, most)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** The names beneath the picture, where there is no room at its side. */
function LegendRows(props: { lines: readonly Drawn[]; geometry: Geometry; width: number }): JSX.Element {
  const top = props.geometry.plot.bottom + 50;
  const most = Math.floor((props.width - 60) / 7) - 10;
  return (
    <g font-size={12.5}>
      {props.lines.map(({ line, style, end }, i) => (
        <g key={line.label} transform={`translate(0,${top + i * rowHeight})`}>
          <KeyMarks style={style} x={4} y={0} width={36} />
          <text
            x={48}
            dy="0.34em"
            font-weight={600}
            fill={colourOf(style)}
            class={`${colourClass(style)} fi`}
          >
            {short(line.label, most)}
          </text>
          <text x={props.width - 14} dy="0.34em" text-anchor="end" fill="#65625c" class="muted">
            {end < 0 ? "" : sayLoss(line.median[end]!)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** A rule through the place chosen, a dot on each line, and their values, lowest first. */
function Readout(props: {
  lines: readonly Drawn[];
  geometry: Geometry;
  cursor: Cursor;
  xLabel: string;
}): JSX.Element {
  const { geometry, cursor, lines } = props;
  const { x, y, plot } = geometry;
  const px = x(cursor.at);
  const rows = lines
    .map((of, i) => ({ of, i, k: indexAt(of.line, cursor.at) }))
    .filter(({ k }) => k >= 0)
    .sort((a, b) => a.of.line.median[a.k]! - b.of.line.median[b.k]!)
    .slice(0, 8);
  const longest = Math.max(12, ...rows.map(({ of }) => Math.min(of.line.label.length, 22)));
  const [w, h] = [longest * 6.4 + 104, rows.length * 17 + 28];
  const left = px + 14 + w > plot.right ? Math.max(plot.left + 2, px - 14 - w) : px + 14;
  return (
    <g pointer-events="none">
      <line
        x1={px}
        x2={px}
        y1={plot.top}
        y2={plot.bottom}
        stroke="#1d1c1a"
        stroke-opacity={0.5}
        class="inkline"
      />
      {rows.map(({ of, i, k }) => (
        <circle
          key={of.line.label}
          cx={px}
          cy={held(y, plot, of.line.median[k]!)}
          r={i === cursor.line ? 5.5 : 3.5}
          fill={colourOf(of.style)}
          stroke="#fffdf9"
          stroke-width={1.5}
          class={`${colourClass(of.style)} fi halo`}
        />
      ))}
      <g transform={`translate(${left.toFixed(1)},${plot.top + 4})`} font-size={11.5}>
        <rect
          width={w}
          height={h}
          rx={6}
          fill="#fffdf9"
          stroke="#65625c"
          stroke-opacity={0.45}
          fill-opacity={0.96}
          class="papered"
        />
        <text x={10} y={17} fill="#65625c" class="muted">
          {`at ${formatNumber(cursor.at)} ${props.xLabel}`}
        </text>
        {rows.map(({ of, i, k }, row) => (
          <g
            key={of.line.label}
            transform={`translate(0,${row * 17 + 30})`}
            font-weight={i === cursor.line ? 700 : 400}
          >
            <Marker style={of.style} x={15} y={0} />
            <text x={26} dy="0.34em" fill="#1d1c1a" class="ink">
              {short(of.line.label, 22)}
            </text>
            <text x={w - 10} dy="0.34em" text-anchor="end" fill="#1d1c1a" class="ink">
              {sayLoss(of.line.median[k]!)}
            </text>
          </g>
        ))}
      </g>
    </g>
  );
}

/**
 * The picture: one <svg>. Bands are drawn for all lines up to four, beyond that for the one under the cursor.
 * A diverged median leaves through the top of the plot.
 */
export function LossCurves(props: LossCurvesProps): JSX.Element {
  const { width = 720, height = 420, xLabel = "evaluations", yLabel = "loss", series } = props;
  const geometry = geometryOf(props);
  const styles = props.styles ?? seriesStyles(series);
  const lines = series.map((line, i): Drawn => ({ line, style: styles[i]!, end: lastKnown(line) }));
  const { plot } = geometry;
  const chosen = props.cursor?.line;
  const banded = (i: number): boolean => series.length <= 4 || i === chosen;
  const faded = (i: number): number => (chosen === undefined || i === chosen ? 1 : 0.45);
  return (
    <svg
      class="chart loss-curves"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={describeCurves(series, xLabel, geometry.yScale)}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      <text x={width < 460 ? 6 : plot.left - 8} y={14} font-size={11} fill="#65625c" class="muted">
        {bandNames(series, width < 460)}
      </text>
      <Axes
        plot={plot}
        x={geometry.x}
        y={geometry.y}
        xLabel={xLabel}
        yLabel={
          props.yScale === "log" && geometry.yScale === "linear"
            ? `${yLabel} (linear: some are below zero)`
            : yLabel
        }
        floored={geometry.floored}
      />
      {lines.map((of, i) =>
        banded(i) ? (
          <g key={of.line.label} opacity={faded(i)}>
            <Bands of={of} geometry={geometry} />
          </g>
        ) : null,
      )}
      {lines.map((of, i) => (
        <g key={of.line.label} opacity={faded(i)}>
          <Line of={of} geometry={geometry} phase={(i % 5) * 0.12} strong={i === chosen} />
        </g>
      ))}
      {lines.some(({ line, end }) => line.median[end] === Infinity) ? (
        <text x={plot.right} y={plot.top - 10} text-anchor="end" font-size={11} fill="#65625c" class="muted">
          ↑ diverged
        </text>
      ) : null}
      {geometry.beside ? (
        <EndLabels lines={lines} geometry={geometry} width={width} />
      ) : (
        <LegendRows lines={lines} geometry={geometry} width={width} />
      )}
      {props.cursor === undefined || lines.every(({ end }) => end < 0) ? null : (
        <Readout lines={lines} geometry={geometry} cursor={props.cursor} xLabel={xLabel} />
      )}
    </svg>
  );
}
