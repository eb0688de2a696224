// A function sampled on a rectangle, and its level lines.
import { contours } from "d3-contour";

/** Values over a rectangle: values[j·nx + i] at (x_i, y_j), x from left to right, y from bottom to top, both evenly spaced. */
export interface Field {
  readonly nx: number;
  readonly ny: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Shape [ny · nx]. Not finite: nothing is drawn there. */
  readonly values: ArrayLike<number>;
  /** Its regions, where a worker has found them already: that takes longer than a frame may. */
  readonly contours?: readonly Contour[];
}

/** The region where values ≥ level. */
export interface Contour {
  readonly level: number;
  /** The path of an SVG, in thousandths of the field's rectangle, from its upper left corner: `ontoField` puts it in its place. */
  readonly path: string;
}

/** `count` levels that divide the finite values into parts of about one area each, the lowest parts finer: the basin is what matters. */
export function levels(field: Field, count: number): number[] {
  const sorted = Array.from(field.values)
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const result: number[] = [];
  for (let i = 0; i < count; i++) {
    const share = (i + 0.4) / count;
    const level = sorted[Math.floor(share * share * 0.35 * sorted.length + share * 0.65 * sorted.length)]!;
    if (level > (result.at(-1) ?? sorted[0]!)) result.push(level);
  }
  return result;
}

/** The regions of these levels. */
export function contoursOf(field: Field, at: readonly number[]): Contour[] {
  const { nx, ny } = field;
  const values = Array.from(field.values, (value) => (Number.isFinite(value) ? value : Number.MAX_VALUE));
  const generator = contours().size([nx, ny]).smooth(true);
  // d3-contour puts sample i at i + ½ and closes regions along the border, half a cell outside the samples.
  const share = (i: number, n: number): number => Math.max(0, Math.min(n - 1, i - 0.5)) / (n - 1);
  const px = (i: number): number => Math.round(1e4 * share(i, nx)) / 10;
  const py = (j: number): number => Math.round(1e4 * (1 - share(j, ny))) / 10;
  return at.map((level) => ({
    level,
    path: generator
      .contour(values, level)
      .coordinates.flat()
      .map((ring) => `M${ring.map(([i, j]) => `${px(i!)},${py(j!)}`).join("L")}Z`)
      .join(""),
  }));
}

/** The transform that puts contours in their place. */
export function ontoField(field: Field, toX: (x: number) => number, toY: (y: number) => number): string {
  const [left, right] = [toX(field.x[0]), toX(field.x[1])];
  const [top, bottom] = [toY(field.y[1]), toY(field.y[0])];
  const short = (x: number): number => Number(x.toPrecision(6));
  return `translate(${short(left)},${short(top)}) scale(${short((right - left) / 1000)},${short((bottom - top) / 1000)})`;
}

/** Levels of a map. */
export const landLevels = 11;
