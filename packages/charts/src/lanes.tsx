// One dot a seed, in a row for each optimizer: what waits, runs, is done, diverged, failed.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { KeyMarks } from "./marker.tsx";
import { colourClass, colourOf, type SeriesStyle } from "./palette.ts";

export type LaneState = "waiting" | "running" | "done" | "diverged" | "failed" | "cancelled";

export interface LaneDot {
  readonly state: LaneState;
  /** 0 … 1 while running. */
  readonly progress?: number;
  /** In plain words, shown as a tooltip: "seed 3: 0.021", "seed 4: its worker stopped; tried twice". */
  readonly why?: string;
}

export interface Lane {
  readonly label: string;
  readonly style: SeriesStyle;
  readonly dots: readonly LaneDot[];
}

export interface LanesProps {
  readonly lanes: readonly Lane[];
  /** Pixels. Default 640. */
  readonly width?: number;
}

const circle = 2 * Math.PI * 4.2;

/** Places are written into the shapes: with a transform of its own each of hundreds of dots would be a layer to look at in every frame. */
function Dot(props: { dot: LaneDot; style: SeriesStyle; x: number; y: number }): JSX.Element {
  const { dot, y } = props;
  const x = Number(props.x.toFixed(1));
  const [colour, name] = [colourOf(props.style), colourClass(props.style)];
  const title = dot.why === undefined ? null : <title>{dot.why}</title>;
  if (dot.state === "failed")
    return (
      <g>
        {title}
        <rect x={x - 6} y={y - 6} width={12} height={12} fill="#fffdf9" fill-opacity={0} />
        <path
          d={`M${x},${y}m-4,-4l8,8m-8,0l8,-8`}
          stroke="#1d1c1a"
          stroke-width={2.2}
          stroke-linecap="round"
          fill="none"
          class="inkline"
        />
      </g>
    );
  if (dot.state === "diverged")
    return (
      <path
        d={`M${x},${y}m0,-5.5l5,9.5h-10Z`}
        fill="#fffdf9"
        stroke={colour}
        stroke-width={1.8}
        stroke-linejoin="round"
        class={`paper ${name} st`}
      >
        {title}
      </path>
    );
  if (dot.state === "done")
    return (
      <circle cx={x} cy={y} r={5} fill={colour} class={`${name} fi`}>
        {title}
      </circle>
    );
  return (
    <g opacity={dot.state === "cancelled" ? 0.35 : undefined}>
      {title}
      <circle cx={x} cy={y} r={4.2} fill="none" stroke="#e6e2d9" stroke-width={2} class="grid" />
      {dot.state === "running" ? (
        <circle
          cx={x}
          cy={y}
          r={4.2}
          fill="none"
          stroke={colour}
          stroke-width={2.4}
          stroke-dasharray={`${(circle * Math.max(0.06, dot.progress ?? 0)).toFixed(1)} ${circle.toFixed(1)}`}
          transform={`rotate(-90,${x},${y})`}
          class={`${name} st`}
        />
      ) : null}
    </g>
  );
}

interface RowProps {
  readonly lane: Lane;
  readonly top: number;
  readonly head: number;
  readonly labels: number;
  readonly perRow: number;
  readonly gap: number;
  readonly most: number;
}

/** Drawn anew only where a dot has changed: hundreds of dots wait while a few run. */
function Row(props: RowProps): JSX.Element {
  const { lane, top, head, labels, perRow, gap, most } = props;
  const { colour, dash, marker } = lane.style;
  const dots = lane.dots
    .map(({ state, progress, why }) => `${state}${progress?.toFixed(2) ?? ""}${why ?? ""}`)
    .join();
  const draw = (): JSX.Element => (
    <g>
      <KeyMarks style={lane.style} x={0} y={head} width={26} />
      <text x={33} y={head} dy="0.34em" font-size={12.5} fill="#1d1c1a" class="ink">
        {lane.label.length > most ? `${lane.label.slice(0, most - 1)}…` : lane.label}
      </text>
      {lane.dots.map((dot, i) => (
        <Dot
          key={i}
          dot={dot}
          style={lane.style}
          x={labels + 8 + (i % perRow) * gap}
          y={top + 11 + Math.floor(i / perRow) * gap}
        />
      ))}
    </g>
  );
  return useMemo(draw, [dots, lane.label, colour, dash, marker, top, head, labels, perRow, most]);
}

/** The picture in words: "Adam: 12 of 15 done, 1 diverged." */
export function describeLanes(lanes: readonly Lane[]): string {
  if (lanes.length === 0) return "No runs yet.";
  const words: Record<LaneState, string> = {
    done: "done",
    running: "running",
    waiting: "waiting",
    diverged: "diverged",
    failed: "failed",
    cancelled: "cancelled",
  };
  return lanes
    .map((lane) => {
      const parts = (Object.keys(words) as LaneState[])
        .map((state) => [lane.dots.filter((dot) => dot.state === state).length, words[state]] as const)
        .filter(([count]) => count > 0)
        .map(([count, word]) => `${count} ${word}`);
      return `${lane.label}: ${parts.join(", ") || "no seeds"} of ${lane.dots.length}.`;
    })
    .join(" ");
}

/** The picture: one <svg>; its height follows from the lanes, and rows wrap where seeds are many. */
export function Lanes(props: LanesProps): JSX.Element {
  const { lanes, width = 640 } = props;
  const longest = Math.max(6, ...lanes.map((lane) => lane.label.length));
  const stacked = width < 460;
  const labels = stacked ? 8 : Math.min(220, longest * 7 + 44);
  const gap = 15;
  const perRow = Math.max(1, Math.floor((width - labels - 12) / gap));
  let y = 0;
  const rows = lanes.map((lane) => {
    const top = y + (stacked ? 20 : 0);
    const lines = Math.max(1, Math.ceil(lane.dots.length / perRow));
    y = top + lines * gap + 9;
    return { lane, top, head: stacked ? top - 8 : top + 11 };
  });
  const most = stacked ? Math.floor(width / 7) - 8 : Math.floor((labels - 40) / 6.8);
  return (
    <svg
      class="chart lanes"
      role="img"
      width={width}
      height={Math.max(1, y)}
      viewBox={`0 0 ${width} ${Math.max(1, y)}`}
      aria-label={describeLanes(lanes)}
    >
      {rows.map(({ lane, top, head }) => (
        <Row
          key={lane.label}
          lane={lane}
          top={top}
          head={head}
          labels={labels}
          perRow={perRow}
          gap={gap}
          most={most}
        />
      ))}
    </svg>
  );
}
