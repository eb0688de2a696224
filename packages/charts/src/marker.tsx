// The glyph that says which optimizer, and the key that shows line, dash and glyph together.
import type { JSX } from "preact";
import { colourClass, colourOf, dashOf, markerOf, type MarkerShape, type SeriesStyle } from "./palette.ts";

const paths: Readonly<Record<Exclude<MarkerShape, "disc" | "ring">, string>> = {
  cross: "M-3.4,-3.4L3.4,3.4M-3.4,3.4L3.4,-3.4",
  plus: "M-4.4,0H4.4M0,-4.4V4.4",
  bar: "M0,-4.6V4.6",
  square: "M-3.2,-3.2H3.2V3.2H-3.2Z",
  triangle: "M0,-4.4L4,3.2H-4Z",
  diamond: "M0,-4.8L3.9,0L0,4.8L-3.9,0Z",
};

/** A marker centred on (x, y), about 8 px wide. */
export function Marker(props: { style: SeriesStyle; x: number; y: number; size?: number }): JSX.Element {
  const shape = markerOf(props.style);
  const at = `translate(${props.x.toFixed(1)},${props.y.toFixed(1)})${props.size === undefined ? "" : ` scale(${props.size})`}`;
  const [colour, name] = [colourOf(props.style), colourClass(props.style)];
  if (shape === "disc") return <circle transform={at} r={3.6} fill={colour} class={`${name} fi`} />;
  if (shape === "ring")
    return (
      <g transform={at}>
        <circle r={3.4} fill="#fffdf9" class="paper" />
        <circle r={3.4} fill="none" stroke={colour} stroke-width={1.8} class={`${name} st`} />
      </g>
    );
  if (shape === "cross" || shape === "plus" || shape === "bar")
    return (
      <path
        transform={at}
        d={paths[shape]}
        fill="none"
        stroke={colour}
        stroke-width={2}
        stroke-linecap="round"
        class={`${name} st`}
      />
    );
  return <path transform={at} d={paths[shape]} fill={colour} class={`${name} fi`} />;
}

/** Line, dash and marker of one optimizer: the key beside its name. Decoration: the name stands beside it. */
export function Key(props: { style: SeriesStyle; width?: number }): JSX.Element {
  const width = props.width ?? 34;
  return (
    <svg class="chart key" width={width} height={14} viewBox={`0 0 ${width} 14`} aria-hidden="true">
      <KeyMarks style={props.style} x={0} y={7} width={width} />
    </svg>
  );
}

/** The marks of a key, to stand inside another picture. */
export function KeyMarks(props: { style: SeriesStyle; x: number; y: number; width: number }): JSX.Element {
  const { style, x, y, width } = props;
  return (
    <g>
      <line
        x1={x + 1}
        x2={x + width - 1}
        y1={y}
        y2={y}
        stroke={colourOf(style)}
        stroke-width={2}
        stroke-dasharray={dashOf(style) || undefined}
        class={`${colourClass(style)} st`}
      />
      <Marker style={style} x={x + width / 2} y={y} />
    </g>
  );
}
