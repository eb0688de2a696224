// Shapes of dense row-major arrays: sizes, strides, broadcasting.

/** Lengths of the axes, outermost first; [] is a scalar. */
export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Distance in elements between neighbours along each axis of a row-major array. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

export function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The common shape under NumPy's rule (axes aligned from the last; a length of 1 stretches), or undefined. */
export function broadcastShapes(shapes: readonly Shape[]): Shape | undefined {
  let rank = 0;
  for (const shape of shapes) rank = Math.max(rank, shape.length);
  const common = new Array<number>(rank).fill(1);
  for (const shape of shapes)
    for (let i = 0; i < shape.length; i++) {
      const at = rank - shape.length + i;
      const length = shape[i]!;
      if (length === 1 || length === common[at]) continue;
      if (common[at] !== 1) return undefined;
      common[at] = length;
    }
  return common;
}

/** Calls visit(source offset, result offset) in result order, for a result whose axes read the source with these strides. */
export function visitStrided(
  shape: Shape,
  strides: readonly number[],
  start: number,
  visit: (from: number, to: number) => void,
): void {
  const size = sizeOf(shape);
  if (size === 0) return;
  const last = shape.length - 1;
  if (last < 0) return visit(start, 0);
  const length = shape[last]!;
  const step = strides[last]!;
  const index = new Array<number>(last).fill(0);
  let from = start;
  for (let to = 0; to < size; to += length) {
    for (let i = 0; i < length; i++) visit(from + i * step, to + i);
    for (let axis = last - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}
