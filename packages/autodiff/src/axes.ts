// Axes as users name them (0 is the first, −1 the last) and as nodes keep them (counted from the last, so that leading
// axes can be added without changing a node).
import { AutodiffError } from "./errors.ts";
import { shapeText, sizeOf, type Shape } from "./shape.ts";

/** One axis or several; absent means all. */
export interface AxisOptions {
  readonly axis?: number | readonly number[];
  /** Keep reduced axes with length 1. */
  readonly keepDims?: boolean;
}

/** An axis counted from the last: −1, −2, … @throws AutodiffError where there is no such axis. */
export function fromLast(who: string, axis: number, shape: Shape): number {
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    throw new AutodiffError(
      who,
      `axis ${axis} of shape ${shapeText(shape)}`,
      rank === 0 ? "a scalar has no axes" : `give a whole number from ${-rank} to ${rank - 1}`,
    );
  return axis < 0 ? axis : axis - rank;
}

/** All the axes meant, counted from the last, ascending. */
export function axesFromLast(who: string, axis: AxisOptions["axis"], shape: Shape): number[] {
  if (axis === undefined) return shape.map((_, i) => i - shape.length);
  const axes = (typeof axis === "number" ? [axis] : [...axis]).map((one) => fromLast(who, one, shape));
  if (new Set(axes).size !== axes.length)
    throw new AutodiffError(who, `axes ${axes.join(", ")} name one twice`, "name each axis once");
  return axes.sort((a, b) => a - b);
}

/** A run of `count` adjacent axes that begins at `axis` (counted from the last). */
export interface AxisRange {
  readonly axis: number;
  readonly count: number;
}

/** Adjacent axes joined to ranges, last range first: the order in which they can be reduced one by one. */
export function rangesOf(axes: readonly number[]): AxisRange[] {
  const ranges: { axis: number; count: number }[] = [];
  for (const axis of axes) {
    const last = ranges[ranges.length - 1];
    if (last !== undefined && last.axis + last.count === axis) last.count++;
    else ranges.push({ axis, count: 1 });
  }
  return ranges.reverse();
}

/** A shape seen around a range of axes: [outer, length, inner]. */
export function around(shape: Shape, range: AxisRange): { outer: number; length: number; inner: number } {
  const first = shape.length + range.axis;
  return {
    outer: sizeOf(shape.slice(0, first)),
    length: sizeOf(shape.slice(first, first + range.count)),
    inner: sizeOf(shape.slice(first + range.count)),
  };
}

/** The shape without a range of axes. */
export function without(shape: Shape, range: AxisRange): number[] {
  const first = shape.length + range.axis;
  return [...shape.slice(0, first), ...shape.slice(first + range.count)];
}

/** The shape with the length of one axis (counted from the last) replaced. */
export function withLength(shape: Shape, axis: number, length: number): number[] {
  return shape.map((old, i) => (i === shape.length + axis ? length : old));
}
