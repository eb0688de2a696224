// Where things are in a picture of loss curves: scales and margins that stay while values creep.
import type { Plot } from "./frame.tsx";
import { makeAxis, type Axis, type ScaleKind } from "./numbers.ts";
import { seriesStyles, type SeriesStyle } from "./palette.ts";
import { floor, lastKnown, type Series } from "./series.ts";

/** A line and a place on it, as the keyboard and the pointer choose them. */
export interface Cursor {
  /** Index of the line. */
  readonly line: number;
  /** In units of x. */
  readonly at: number;
}

/** A single run under way, as steps. */
export interface Thread {
  /** That of its series. */
  readonly label: string;
  readonly style: SeriesStyle;
  /** Not decreasing. Shapes [m]. */
  readonly x: ArrayLike<number>;
  readonly loss: ArrayLike<number>;
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
  /** Single runs under way, drawn as thin lines; a dot says how far each is. */
  readonly threads?: readonly Thread[];
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
export const rowHeight = 20;

/** A line as it is drawn. */
export interface Drawn {
  readonly line: Series;
  readonly style: SeriesStyle;
  /** The last index that is known, or −1. */
  readonly end: number;
}

export function linesOf({ series, styles = seriesStyles(series) }: LossCurvesProps): Drawn[] {
  return series.map((line, i) => ({ line, style: styles[i]!, end: lastKnown(line) }));
}

/** What is named beside or beneath the picture, and where it ends: each line, and each thread whose line there is not yet. */
export function namesOf(
  props: LossCurvesProps,
): { readonly label: string; readonly style: SeriesStyle; readonly x: number; readonly loss: number }[] {
  const lines = linesOf(props).map(({ line, style, end }) => ({
    label: line.label,
    style,
    x: line.x[end] ?? Number.NaN,
    loss: line.median[end] ?? Number.NaN,
  }));
  const known = new Set(lines.filter(({ loss }) => !Number.isNaN(loss)).map(({ label }) => label));
  const threads = (props.threads ?? [])
    .filter(({ label }) => !known.has(label))
    .map(({ label, style, x, loss }) => ({
      label,
      style,
      x: x[x.length - 1] ?? Number.NaN,
      loss: loss[loss.length - 1] ?? Number.NaN,
    }));
  const begun = new Set(threads.map(({ label }) => label));
  return [...lines.filter(({ label }) => !begun.has(label)), ...threads];
}

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
function extent(
  series: readonly Series[],
  threads: readonly Thread[],
  log: boolean,
): { low: number; high: number; zero: boolean } {
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
  for (const { loss } of threads)
    for (let i = 0; i < loss.length; i++) {
      const value = loss[i]!;
      if (!Number.isFinite(value)) continue;
      if (i === 0) first = Math.max(first, value);
      if (log && value <= floor) zero = true;
      else low = Math.min(low, value);
      high = Math.max(high, value);
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
  const { series, threads = [], width = 720, height = 420, xScale = "log" } = props;
  const below = (values: ArrayLike<number>): boolean => {
    for (let i = 0; i < values.length; i++) if (values[i]! < -floor) return true;
    return false;
  };
  const negative =
    series.some((line) => below(line.q10) || below(line.median)) || threads.some(({ loss }) => below(loss));
  const yScale: ScaleKind = negative ? "linear" : (props.yScale ?? "log");
  const longest = Math.max(8, ...[...series, ...threads].map((line) => line.label.length));
  const beside = width >= 460;
  const plot: Plot = {
    left: 58,
    right: width - (beside ? Math.min(longest * characters + 38, width * 0.34) : 14),
    top: 44,
    bottom: height - 42 - (beside ? 0 : namesOf(props).length * rowHeight + 4),
  };
  let [xLow, xHigh] = [Infinity, props.xMax ?? -Infinity];
  const runs = [
    ...series.map(({ x, median }) => ({ x, loss: median })),
    ...threads.map(({ x, loss }) => ({ x, loss })),
  ];
  for (const line of runs)
    for (let i = 0; i < line.x.length; i++) {
      const x = line.x[i]!;
      if (Number.isNaN(line.loss[i]!) || !Number.isFinite(x) || (xScale === "log" && x <= 0)) continue;
      xLow = Math.min(xLow, x);
      xHigh = Math.max(xHigh, x);
    }
  if (!Number.isFinite(xLow)) xLow = xScale === "log" ? 1 : 0;
  if (!Number.isFinite(xHigh)) xHigh = Math.max(10, xLow * 10);
  if (xScale === "linear" && xLow < xHigh / 4) xLow = 0;
  const { low, high, zero } = extent(series, threads, yScale === "log");
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
export const held = (y: Axis, plot: Plot, value: number): number =>
  value === Infinity ? plot.top : y(y.kind === "log" && value < floor ? floor : value);
