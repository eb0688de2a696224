// What the lines say at one place: a rule through it, and the values beside it.
import type { JSX } from "preact";
import { held, type Cursor, type Drawn, type Geometry } from "./curves-geometry.ts";
import { Marker } from "./marker.tsx";
import { formatNumber } from "./numbers.ts";
import { colourClass, colourOf } from "./palette.ts";
import { indexAt, sayLoss } from "./series.ts";
import { shorten } from "./shorten.ts";

/** A rule through the place chosen, a dot on each line, and their values, lowest first. */
export function Readout(props: {
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
              {shorten(of.line.label, 22)}
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
