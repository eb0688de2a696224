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

/** The region where values ≥ level, as the path of an SVG in pixels. */
export function regionPath(
  field: Field,
  level: number,
  toX: (x: number) => number,
  toY: (y: number) => number,
): string {
  const { nx, ny } = field;
  const top = Number.MAX_VALUE;
  const values = Array.from(field.values, (value) => (Number.isFinite(value) ? value : top));
  const shape = contours().size([nx, ny]).smooth(true).contour(values, level);
  // d3-contour puts sample i at i + ½ and closes regions along the border, half a cell outside the samples.
  const px = (i: number): string =>
    toX(field.x[0] + (Math.max(0, Math.min(nx - 1, i - 0.5)) / (nx - 1)) * (field.x[1] - field.x[0])).toFixed(
      1,
    );
  const py = (j: number): string =>
    toY(field.y[0] + (Math.max(0, Math.min(ny - 1, j - 0.5)) / (ny - 1)) * (field.y[1] - field.y[0])).toFixed(
      1,
    );
  return shape.coordinates
    .flat()
    .map((ring) => `M${ring.map(([i, j]) => `${px(i!)},${py(j!)}`).join("L")}Z`)
    .join("");
}
