// The loss curves to explore: by pointer, and by keyboard as one tab stop that speaks what it points at.
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { geometryOf, type Cursor, type LossCurvesProps } from "./curves-geometry.ts";
import { LossCurves } from "./loss-curves.tsx";
import { formatNumber } from "./numbers.ts";
import { describeCurves, indexAt, lastKnown, sayLoss, type Series } from "./series.ts";

/** What the live region says about a place on a line. */
function say(series: readonly Series[], cursor: Cursor, xLabel: string): string {
  const line = series[cursor.line];
  if (line === undefined) return "";
  const k = indexAt(line, cursor.at);
  if (k < 0) return `${line.label}: nothing yet at ${formatNumber(cursor.at)} ${xLabel}.`;
  return (
    `${line.label}, ${formatNumber(line.x[k]!)} ${xLabel}: median ${sayLoss(line.median[k]!)}, ` +
    `middle half ${sayLoss(line.q25[k]!)} to ${sayLoss(line.q75[k]!)}.`
  );
}

/** Where a key leads from here; undefined for keys that mean nothing here. */
function moved(series: readonly Series[], from: Cursor | undefined, key: string): Cursor | undefined {
  const first = series.findIndex((line) => lastKnown(line) >= 0);
  if (first < 0) return undefined;
  const line = Math.min(from?.line ?? first, series.length - 1);
  const current = series[line]!;
  const end = lastKnown(current);
  const at = from === undefined ? end : indexAt(current, from.at);
  const known = Array.from({ length: current.x.length }, (_, i) => i).findIndex(
    (i) => !Number.isNaN(current.median[i]!),
  );
  const to = (k: number): Cursor => ({ line, at: current.x[Math.max(known, Math.min(end, k))]! });
  if (key === "ArrowLeft") return to(at - 1);
  if (key === "ArrowRight") return to(from === undefined ? end : at + 1);
  if (key === "Home") return to(known);
  if (key === "End") return to(end);
  if (key === "ArrowUp" || key === "ArrowDown") {
    const step = key === "ArrowDown" ? 1 : series.length - 1;
    return { line: (line + step) % series.length, at: from?.at ?? current.x[end]! };
  }
  return undefined;
}

export interface LossCurvesFigureProps extends Omit<LossCurvesProps, "cursor"> {
  /** Called as the place chosen changes; undefined: none. */
  readonly onCursor?: (cursor: Cursor | undefined) => void;
}

/** A figure with its caption (for screen readers: the picture itself carries names and values). */
export function LossCurvesFigure(props: LossCurvesFigureProps): JSX.Element {
  const [cursor, setCursor] = useState<Cursor | undefined>(undefined);
  const [spoken, setSpoken] = useState("");
  const [caption, help] = [useId(), useId()];
  const { series, xLabel = "evaluations" } = props;
  const choose = (next: Cursor | undefined): void => {
    setCursor(next);
    props.onCursor?.(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") return choose(undefined);
    const next = moved(series, cursor, event.key);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    setSpoken(say(series, next, xLabel));
  };
  const onPointerMove = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    const geometry = geometryOf(props);
    const box = event.currentTarget.querySelector("svg")!.getBoundingClientRect();
    const scale = (props.width ?? 720) / (box.width || 1);
    const [px, py] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    const { plot } = geometry;
    if (px < plot.left || px > plot.right || py < plot.top || py > plot.bottom) return choose(undefined);
    // The nearest grid point at or before the pointer on any line; of the lines, the one nearest in height.
    let best: (Cursor & { far: number }) | undefined;
    series.forEach((line, i) => {
      let k = lastKnown(line);
      while (k > 0 && geometry.x(line.x[k]!) > px) k--;
      if (k < 0 || Number.isNaN(line.median[k]!)) return;
      const value = line.median[k]!;
      const far = Math.abs(
        (value === Infinity ? plot.top : geometry.y(Math.max(value, geometry.y.domain[0]))) - py,
      );
      if (best === undefined || far < best.far) best = { line: i, at: line.x[k]!, far };
    });
    choose(best === undefined ? undefined : { line: best.line, at: best.at });
  };
  return (
    <figure class="chart-figure">
      <div
        class="chart-stop"
        role="application"
        aria-roledescription="line chart"
        aria-labelledby={caption}
        aria-describedby={help}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => choose(undefined)}
        onBlur={() => choose(undefined)}
      >
        <LossCurves {...props} cursor={cursor} />
      </div>
      <figcaption id={caption} class="visually-hidden">
        {describeCurves(series, xLabel, geometryOf(props).yScale, props.threads)}
      </figcaption>
      <p id={help} class="visually-hidden">
        Left and right move along the line, up and down change the line, Home and End go to its ends.
      </p>
      <p class="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </figure>
  );
}
