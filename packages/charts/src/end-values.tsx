// Where every run ended: one dot a seed in a row for each optimizer, and a bar at the median.
import type { JSX } from "preact";
import { formatNumber, makeAxis, type ScaleKind } from "./numbers.ts";
import { Marker } from "./marker.tsx";
import { colourClass, colourOf, seriesStyles, type SeriesStyle } from "./palette.ts";
import { floor, sayLoss } from "./series.ts";
import { shorten } from "./shorten.ts";

/** The runs of one optimizer. */
export interface EndRow {
  /** Unique among the rows. */
  readonly label: string;
  /** Decides the dash of its style, which is not drawn here. */
  readonly family: string;
  /** +Infinity: it failed or diverged. */
  readonly losses: ArrayLike<number>;
  readonly median: number;
}

export interface EndValuesProps {
  readonly rows: readonly EndRow[];
  readonly styles?: readonly SeriesStyle[];
  /** Default "log"; linear where a loss is below zero. */
  readonly scale?: ScaleKind;
  /** What the axis counts. Default "loss at the end". */
  readonly label?: string;
  /** Pixels. Default 720; the height follows from the number of rows. */
  readonly width?: number;
}

const ROW = 30;

/** The medians in words, lowest first. */
export function describeEnds(rows: readonly EndRow[]): string {
  const parts = [...rows]
    .sort((a, b) => a.median - b.median)
    .map(({ label, median, losses }) => `${label} ${sayLoss(median)} of ${losses.length}`);
  return `Loss at the end of each run, median: ${parts.join("; ")}.`;
}

/** The picture: one <svg>. Runs that failed or diverged stand in a column of their own at the right, counted. */
export function EndValues(props: EndValuesProps): JSX.Element {
  const { rows, width = 720 } = props;
  const styles = props.styles ?? seriesStyles(rows);
  const finite = rows.flatMap(({ losses }) => Array.from(losses)).filter((loss) => Number.isFinite(loss));
  const scale: ScaleKind = finite.some((loss) => loss < 0) ? "linear" : (props.scale ?? "log");
  const lifted = finite.map((loss) => (scale === "log" ? Math.max(floor, loss) : loss));
  const [low, high] = lifted.length === 0 ? [0.1, 1] : [Math.min(...lifted), Math.max(...lifted)];
  const longest = Math.max(8, ...rows.map(({ label }) => label.length));
  const left = Math.min(longest * 7.6 + 34, width * 0.36);
  const right = width - 78;
  const [top, bottom] = [26, 26 + rows.length * ROW];
  const height = bottom + 40;
  const x = makeAxis(
    scale,
    [low, high],
    [left + 12, right - 12],
    Math.max(3, Math.floor((right - left) / 70)),
  );
  const most = Math.floor((left - 34) / 7.6);
  const at = (loss: number): number => x(scale === "log" ? Math.max(floor, loss) : loss);
  return (
    <svg
      class="chart end-values"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={describeEnds(rows)}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      <g font-size={11}>
        {x.ticks.map((tick) => (
          <g key={tick} transform={`translate(${x(tick).toFixed(1)},0)`}>
            <line y1={top} y2={bottom} stroke="#e6e2d9" class="grid" />
            <text y={bottom + 16} text-anchor="middle" fill="#65625c" class="muted">
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        <text x={left} y={13} fill="#65625c" class="muted">
          Dot: one seed · bar: median
        </text>
        <text x={width - 8} y={13} text-anchor="end" fill="#65625c" class="muted">
          lost
        </text>
        <text x={right} y={bottom + 33} text-anchor="end" fill="#65625c" class="muted">
          {`${props.label ?? "loss at the end"}${low <= floor && scale === "log" ? " (10⁻¹² or less at the left edge)" : ""} →`}
        </text>
      </g>
      {rows.map(({ label, losses, median }, i) => {
        const y = top + (i + 0.5) * ROW;
        const style = styles[i]!;
        const all = Array.from(losses);
        const lost = all.filter((loss) => loss === Infinity).length;
        return (
          <g key={label}>
            <Marker style={style} x={12} y={y} />
            <text
              x={24}
              y={y}
              dy="0.34em"
              font-size={12.5}
              font-weight={600}
              fill={colourOf(style)}
              class={`${colourClass(style)} fi`}
            >
              {shorten(label, most)}
            </text>
            {all.map((loss, seed) =>
              Number.isFinite(loss) ? (
                // a little up and down by seed, so that equal ends do not hide each other
                <circle
                  key={seed}
                  cx={at(loss).toFixed(1)}
                  cy={(y + ((seed * 7) % 5) * 3 - 6).toFixed(1)}
                  r={3}
                  fill={colourOf(style)}
                  fill-opacity={0.55}
                  class={`${colourClass(style)} fi`}
                />
              ) : null,
            )}
            {Number.isFinite(median) ? (
              <line
                x1={at(median)}
                x2={at(median)}
                y1={y - 12}
                y2={y + 12}
                stroke="#1d1c1a"
                stroke-width={2.5}
                class="inkline"
              />
            ) : null}
            <text
              x={width - 8}
              y={y}
              dy="0.34em"
              text-anchor="end"
              font-size={12}
              fill={lost > 0 ? "#1d1c1a" : "#65625c"}
              class={lost > 0 ? "ink" : "muted"}
            >
              {lost > 0 ? `△ ${lost} of ${all.length}` : "0"}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
