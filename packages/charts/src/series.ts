// What a chart of losses draws: plain series on one grid each, as quantiles over seeds.
import { bisectRight } from "d3-array";
import { formatNumber, type ScaleKind } from "./numbers.ts";

/** Quantiles of the loss over n seeds. Arrays of one length; +Infinity: that share of the runs diverged; NaN: nothing known yet. */
export interface Series {
  /** Unique among the series of a chart. */
  readonly label: string;
  /** Decides the dash. */
  readonly family: string;
  /** Runs behind the quantiles. */
  readonly n: number;
  /** Runs among them that diverged or failed. */
  readonly diverged: number;
  /** Not decreasing. */
  readonly x: ArrayLike<number>;
  readonly median: ArrayLike<number>;
  readonly q10: ArrayLike<number>;
  readonly q25: ArrayLike<number>;
  readonly q75: ArrayLike<number>;
  readonly q90: ArrayLike<number>;
}

/** Losses at or below this are drawn here on a logarithmic axis, and the axis says so. */
export const floor = 1e-12;

/** The last index whose median is known, or −1. */
export function lastKnown(series: Series): number {
  for (let i = series.median.length - 1; i >= 0; i--) if (!Number.isNaN(series.median[i]!)) return i;
  return -1;
}

/** The last index with x ≤ at and a known median, or −1: series are steps, each value holds until the next. */
export function indexAt(series: Series, at: number): number {
  const index = bisectRight(series.x, at) - 1;
  return index >= 0 && !Number.isNaN(series.median[index]!) ? index : -1;
}

/** A loss in words. */
export function sayLoss(value: number): string {
  if (Number.isNaN(value)) return "nothing yet";
  if (value === Infinity) return "diverged";
  return value >= 0 && value <= floor ? "at most 10⁻¹²" : formatNumber(value);
}

function seeds(series: readonly Series[]): string {
  const counts = series.map((line) => line.n);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `${most} seed${most === 1 ? "" : "s"}` : `${least} to ${most} seeds`;
}

/** What the lines and bands are, with N: "Line: median of 15 seeds · dark band: middle half · light band: 10–90 %". */
export function bandNames(series: readonly Series[], short = false): string {
  if (series.length === 0) return "No runs yet";
  if (short) return `Median of ${seeds(series)}, middle half, 10–90 %`;
  return `Line: median of ${seeds(series)} · dark: middle half · light: 10–90 %`;
}

/** One sentence a line, lowest first: the picture for those who do not see it. */
export function describeCurves(
  series: readonly Series[],
  xLabel: string,
  yScale: ScaleKind,
  threads: readonly {
    readonly label: string;
    readonly x: ArrayLike<number>;
    readonly loss: ArrayLike<number>;
  }[] = [],
): string {
  const last = (values: ArrayLike<number>): number => values[values.length - 1] ?? Number.NaN;
  const underWay = threads
    .filter(({ loss }) => loss.length > 0)
    .map(({ label, x, loss }) => `${label} ${sayLoss(last(loss))} after ${formatNumber(last(x))}`);
  const also = underWay.length === 0 ? "" : ` Single runs under way: ${underWay.join("; ")}.`;
  const known = series
    .map((line) => ({ line, end: lastKnown(line) }))
    .filter(({ end }) => end >= 0)
    .sort((a, b) => a.line.median[a.end]! - b.line.median[b.end]!);
  if (known.length === 0) return `Loss against ${xLabel}: no runs have ended yet.${also}`;
  const ends = known.map(({ line, end }) => {
    const lost = line.diverged > 0 ? `, ${line.diverged} of ${line.n} diverged` : "";
    return `${line.label} ${sayLoss(line.median[end]!)} after ${formatNumber(line.x[end]!)}${lost}`;
  });
  return `Loss (${yScale === "log" ? "logarithmic" : "linear"}) against ${xLabel}, median of ${seeds(series)}: ${ends.join("; ")}.${also}`;
}
