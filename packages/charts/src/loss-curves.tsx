// Loss against cost: median lines as steps with named bands, and the name of each at its end.
import type { JSX } from "preact";
import { Bands, Line, ThreadLine } from "./curve-marks.tsx";
import { Readout } from "./curve-readout.tsx";
import {
  geometryOf,
  held,
  linesOf,
  namesOf,
  rowHeight,
  type Geometry,
  type LossCurvesProps,
} from "./curves-geometry.ts";
import { EndNames } from "./end-names.tsx";
import { Axes } from "./frame.tsx";
import { KeyMarks } from "./marker.tsx";
import { colourClass, colourOf } from "./palette.ts";
import { bandNames, describeCurves, sayLoss } from "./series.ts";
import { shorten } from "./shorten.ts";

/** The names beneath the picture, where there is no room at its side. */
function LegendRows(props: {
  names: ReturnType<typeof namesOf>;
  geometry: Geometry;
  width: number;
}): JSX.Element {
  const top = props.geometry.plot.bottom + 50;
  const most = Math.floor((props.width - 60) / 7) - 10;
  return (
    <g font-size={12.5}>
      {props.names.map(({ label, style, loss }, i) => (
        <g key={label} transform={`translate(0,${top + i * rowHeight})`}>
          <KeyMarks style={style} x={4} y={0} width={36} />
          <text
            x={48}
            dy="0.34em"
            font-weight={600}
            fill={colourOf(style)}
            class={`${colourClass(style)} fi`}
          >
            {shorten(label, most)}
          </text>
          <text x={props.width - 14} dy="0.34em" text-anchor="end" fill="#65625c" class="muted">
            {Number.isNaN(loss) ? "" : sayLoss(loss)}
          </text>
        </g>
      ))}
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
  const lines = linesOf(props);
  const names = namesOf(props);
  const { plot, x, y } = geometry;
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
      aria-label={describeCurves(series, xLabel, geometry.yScale, props.threads)}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      <text x={width < 460 ? 6 : plot.left - 8} y={14} font-size={11} fill="#65625c" class="muted">
        {lines.every(({ end }) => end < 0) && (props.threads ?? []).length > 0
          ? "Thin lines: single runs under way"
          : bandNames(series, width < 460)}
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
      {(props.threads ?? []).map((thread, i) => (
        <ThreadLine key={`${thread.label} ${i}`} thread={thread} geometry={geometry} />
      ))}
      {lines.some(({ line, end }) => line.median[end] === Infinity) ? (
        <text x={plot.right} y={plot.top - 10} text-anchor="end" font-size={11} fill="#65625c" class="muted">
          ↑ diverged
        </text>
      ) : null}
      {geometry.beside ? (
        <EndNames
          ends={names
            .filter(({ loss }) => !Number.isNaN(loss))
            .map(({ label, style, x: at, loss }) => ({ label, style, x: x(at), y: held(y, plot, loss) }))}
          plot={plot}
          width={width}
        />
      ) : (
        <LegendRows names={names} geometry={geometry} width={width} />
      )}
      {props.cursor === undefined || lines.every(({ end }) => end < 0) ? null : (
        <Readout lines={lines} geometry={geometry} cursor={props.cursor} xLabel={xLabel} />
      )}
    </svg>
  );
}
