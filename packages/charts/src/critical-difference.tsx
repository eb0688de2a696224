// The critical-difference diagram (Demšar 2006, "Statistical comparisons of classifiers over multiple data sets"): mean ranks on a line, bars over those that do not differ.
import type { JSX } from "preact";
import { Marker } from "./marker.tsx";
import { formatNumber } from "./numbers.ts";
import { colourClass, colourOf, seriesStyles, type SeriesStyle } from "./palette.ts";
import { shorten } from "./shorten.ts";

/** One method and its mean rank, 1 the best. */
export interface Ranked {
  /** Unique in the diagram. */
  readonly label: string;
  /** Decides the dash of its style, which is not drawn here. */
  readonly family: string;
  readonly rank: number;
}

export interface CriticalDifferenceProps {
  readonly methods: readonly Ranked[];
  /** Mean ranks further apart than this differ. */
  readonly difference: number;
  /** Groups of methods, by index, that do not differ; each is drawn as a bar. */
  readonly groups: readonly (readonly number[])[];
  /** One for each method; by default by place and family. */
  readonly styles?: readonly SeriesStyle[];
  /** Of how many blocks, at which level. Written above. */
  readonly note?: string;
  /** Pixels. Default 720; the height follows from the number of methods. */
  readonly width?: number;
}

const ROW = 20;
const BAR = 9;

/** The ranks in words, best first, and who does not differ. */
export function describeRanks({ methods, difference, groups }: CriticalDifferenceProps): string {
  const order = [...methods].sort((a, b) => a.rank - b.rank);
  const ranks = order.map(({ label, rank }) => `${label} ${formatNumber(rank)}`).join("; ");
  const same = groups.map((group) => group.map((i) => methods[i]!.label).join(", "));
  const alike = same.length === 0 ? "all differ" : `no difference shown among ${same.join("; nor among ")}`;
  return `Mean ranks, best first: ${ranks}. Critical difference ${formatNumber(difference)}: ${alike}.`;
}

/** The picture: one <svg>. The better half is named on the left, the others on the right. */
export function CriticalDifference(props: CriticalDifferenceProps): JSX.Element {
  const { methods, groups, difference, width = 720 } = props;
  const styles = props.styles ?? seriesStyles(methods);
  const k = Math.max(2, methods.length);
  const longest = Math.max(0, ...methods.map(({ label }) => label.length));
  const side = Math.min(longest * 7.4 + 80, width * 0.34);
  const [left, right] = [side, width - side];
  const x = (rank: number): number => left + ((rank - 1) / (k - 1)) * (right - left);
  const axis = 74;
  const bars = axis + 10;
  const names = bars + groups.length * BAR + 16;
  const order = methods.map((_, i) => i).sort((a, b) => methods[a]!.rank - methods[b]!.rank);
  const half = Math.ceil(order.length / 2);
  const height = names + half * ROW + 4;
  const most = Math.floor((side - 70) / 7.4);
  const fits = x(1 + difference) <= width - 10;
  return (
    <svg
      class="chart critical-difference"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={describeRanks(props)}
    >
      <rect width={width} height={height} fill="#fffdf9" class="paper" />
      {props.note === undefined ? null : (
        <text x={12} y={14} font-size={11} fill="#65625c" class="muted">
          {props.note}
        </text>
      )}
      <g font-size={11}>
        <path
          d={
            fits
              ? `M${left},30v8m0,-4H${x(1 + difference).toFixed(1)}m0,-4v8`
              : `M${left},30v8m0,-4H${width - 10}`
          }
          fill="none"
          stroke="#1d1c1a"
          stroke-width={1.4}
          class="inkline"
        />
        <text x={left - 8} y={34} dy="0.34em" text-anchor="end" fill="#1d1c1a" class="ink">
          {`CD = ${formatNumber(difference)}`}
        </text>
        <line x1={left} x2={right} y1={axis} y2={axis} stroke="#65625c" class="axis" />
        {Array.from({ length: k }, (_, i) => (
          <g key={i} transform={`translate(${x(i + 1).toFixed(1)},${axis})`}>
            <line y2={-5} stroke="#65625c" class="axis" />
            <text y={-9} text-anchor="middle" fill="#65625c" class="muted">
              {i + 1}
            </text>
          </g>
        ))}
        <text x={right + 12} y={axis} dy="0.34em" fill="#65625c" class="muted">
          mean rank →
        </text>
      </g>
      {groups.map((group, i) => {
        const ranks = group.map((method) => methods[method]!.rank);
        return (
          <line
            key={group.join()}
            x1={x(Math.min(...ranks)) - 4}
            x2={x(Math.max(...ranks)) + 4}
            y1={bars + i * BAR}
            y2={bars + i * BAR}
            stroke="#1d1c1a"
            stroke-width={4}
            class="inkline"
          />
        );
      })}
      <g font-size={12.5}>
        {order.map((method, place) => {
          const { label, rank } = methods[method]!;
          const style = styles[method]!;
          const isLeft = place < half;
          const y = names + (isLeft ? place : order.length - 1 - place) * ROW + 6;
          const to = isLeft ? left - 16 : right + 16;
          const way = isLeft ? -1 : 1;
          const name = shorten(label, most);
          return (
            <g key={label}>
              <path
                d={`M${x(rank).toFixed(1)},${axis}V${y}H${to}`}
                fill="none"
                stroke={colourOf(style)}
                stroke-width={1.4}
                class={`${colourClass(style)} st`}
              />
              <Marker style={style} x={to + way * 7} y={y} />
              <text
                x={to + way * 16}
                y={y}
                dy="0.34em"
                text-anchor={isLeft ? "end" : "start"}
                font-weight={600}
                fill={colourOf(style)}
                class={`${colourClass(style)} fi`}
              >
                {isLeft ? `${formatNumber(rank)}  ${name}` : `${name}  ${formatNumber(rank)}`}
              </text>
            </g>
          );
        })}
      </g>
    </svg>
  );
}
