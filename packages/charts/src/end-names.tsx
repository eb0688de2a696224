// Names at the right ends of lines, pushed apart, with a thread to each end.
import type { JSX } from "preact";
import type { Plot } from "./frame.tsx";
import { Marker } from "./marker.tsx";
import { colourClass, colourOf, type SeriesStyle } from "./palette.ts";
import { shorten } from "./shorten.ts";
import { spread } from "./spread.ts";

/** Width of a bold letter, generous: the reader's font is not known. */
const LETTER = 7.6;

export function EndNames(props: {
  ends: readonly {
    readonly label: string;
    readonly style: SeriesStyle;
    readonly y: number;
    /** Where the line ends; by default at the right of the plot. */
    readonly x?: number;
  }[];
  plot: Plot;
  width: number;
}): JSX.Element {
  const { ends, plot } = props;
  const at = spread(
    ends.map(({ y }) => y),
    17,
    plot.top + 4,
    plot.bottom - 4,
  );
  const most = Math.max(4, Math.floor((props.width - plot.right - 30) / LETTER));
  return (
    <g font-size={12.5} font-weight={600}>
      {ends.map(({ label, style, y, x = plot.right }, i) => (
        <g key={label}>
          <path
            d={`M${x.toFixed(1)},${y.toFixed(1)}L${plot.right + 8},${at[i]!.toFixed(1)}H${plot.right + 12}`}
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
            {shorten(label, most)}
          </text>
        </g>
      ))}
    </g>
  );
}
