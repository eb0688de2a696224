// The marks of loss curves: bands, median lines with their markers, and thin lines for single runs under way.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { held, type Drawn, type Geometry, type Thread } from "./curves-geometry.ts";
import { Marker } from "./marker.tsx";
import type { Axis } from "./numbers.ts";
import { colourClass, colourOf, dashOf } from "./palette.ts";
import type { Series } from "./series.ts";
import { stepArea, stepLine } from "./step-path.ts";

/** The indices of what can be drawn: known, and right of zero where x is logarithmic. */
function drawable(line: Series, x: Axis): number[] {
  const indices: number[] = [];
  for (let k = 0; k < line.x.length; k++)
    if (!Number.isNaN(line.median[k]!) && (x.kind === "linear" || line.x[k]! > 0)) indices.push(k);
  return indices;
}

interface MarksProps {
  readonly of: Drawn;
  readonly geometry: Geometry;
}

/** While runs come in, most lines stay as they were: what has not changed is not drawn anew. */
function useDrawn(
  draw: () => JSX.Element,
  { of, geometry }: MarksProps,
  ...also: readonly unknown[]
): JSX.Element {
  const { colour, dash, marker } = of.style;
  return useMemo(draw, [of.line, colour, dash, marker, geometry.key, ...also]);
}

export function Bands(props: MarksProps): JSX.Element {
  return useDrawn(() => {
    const { of, geometry } = props;
    const { x, y, plot } = geometry;
    const indices = drawable(of.line, x);
    const band = (low: "q10" | "q25", high: "q75" | "q90", opacity: number): JSX.Element => (
      <path
        d={stepArea(
          indices.length,
          (i) => x(of.line.x[indices[i]!]!),
          (i) => held(y, plot, of.line[low][indices[i]!]!),
          (i) => held(y, plot, of.line[high][indices[i]!]!),
        )}
        fill={colourOf(of.style)}
        fill-opacity={opacity}
        class={`${colourClass(of.style)} fi`}
      />
    );
    return (
      <g>
        {band("q10", "q90", 0.13)}
        {band("q25", "q75", 0.22)}
      </g>
    );
  }, props);
}

/** Indices at which a line carries its marker: about six, evenly spread over the picture. */
function marked(of: Drawn, indices: readonly number[], { plot, x }: Geometry, phase: number): number[] {
  const result: number[] = [];
  const stride = (plot.right - plot.left) / 6;
  let next = plot.left + stride * (0.35 + phase);
  for (const k of indices)
    if (x(of.line.x[k]!) >= next) {
      result.push(k);
      next = Math.max(next, x(of.line.x[k]!)) + stride;
    }
  return result;
}

export function Line(props: MarksProps & { readonly phase: number; readonly strong: boolean }): JSX.Element {
  const draw = (): JSX.Element => {
    const { of, geometry } = props;
    const { x, y, plot } = geometry;
    const indices = drawable(of.line, x);
    return (
      <g>
        <path
          d={stepLine(
            indices.length,
            (i) => x(of.line.x[indices[i]!]!),
            (i) => held(y, plot, of.line.median[indices[i]!]!),
          )}
          fill="none"
          stroke={colourOf(of.style)}
          stroke-width={props.strong ? 3 : 2}
          stroke-linejoin="round"
          stroke-dasharray={dashOf(of.style) || undefined}
          class={`${colourClass(of.style)} st`}
        />
        {marked(of, indices, geometry, props.phase).map((k) => (
          <Marker key={k} style={of.style} x={x(of.line.x[k]!)} y={held(y, plot, of.line.median[k]!)} />
        ))}
      </g>
    );
  };
  return useDrawn(draw, props, props.phase, props.strong);
}

/** A single run under way: a thin line, and its marker at where it is now. */
export function ThreadLine(props: {
  readonly thread: Thread;
  readonly geometry: Geometry;
}): JSX.Element | null {
  const { x: along, loss, style } = props.thread;
  const { x, y, plot } = props.geometry;
  const indices = Array.from({ length: along.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(loss[i]!) && (x.kind === "linear" || along[i]! > 0),
  );
  const last = indices.at(-1);
  if (last === undefined) return null;
  return (
    <g class="thread">
      <path
        d={stepLine(
          indices.length,
          (i) => x(along[indices[i]!]!),
          (i) => held(y, plot, loss[indices[i]!]!),
        )}
        fill="none"
        stroke={colourOf(style)}
        stroke-width={1.2}
        class={`${colourClass(style)} st`}
      />
      <Marker style={style} x={x(along[last]!)} y={held(y, plot, loss[last]!)} size={1.25} />
    </g>
  );
}
