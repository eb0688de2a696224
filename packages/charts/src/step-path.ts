// Step lines as paths with as few commands as show: equal values are one stroke, and of what falls within half a pixel only the last is drawn.

const round = (x: number): number => Math.round(x * 10) / 10;

/** Corners of a step line, left to right: each value holds until the next x. */
interface Corner {
  readonly x: number;
  readonly y: number;
}

function corners(count: number, x: (i: number) => number, y: (i: number) => number): Corner[] {
  const out: Corner[] = [];
  for (let i = 0; i < count; i++) {
    const next = { x: round(x(i)), y: round(y(i)) };
    const last = out.at(-1);
    if (last !== undefined && last.y === next.y && i < count - 1) continue;
    // the first stays where it is: that is where the line begins
    if (last !== undefined && out.length > 1 && next.x - last.x < 0.5)
      out[out.length - 1] = { x: last.x, y: next.y };
    else out.push(next);
  }
  return out;
}

const strokes = (all: readonly Corner[]): string =>
  all
    .slice(1)
    .map(({ x, y }, i) => (y === all[i]!.y ? `H${x}` : `H${x}V${y}`))
    .join("");

/** The line through `count` places, in pixels. "" for none. */
export function stepLine(count: number, x: (i: number) => number, y: (i: number) => number): string {
  const all = corners(count, x, y);
  return all.length === 0 ? "" : `M${all[0]!.x},${all[0]!.y}${strokes(all)}`;
}

/** The area between two such lines. */
export function stepArea(
  count: number,
  x: (i: number) => number,
  low: (i: number) => number,
  high: (i: number) => number,
): string {
  const [top, bottom] = [corners(count, x, high), corners(count, x, low)];
  if (top.length === 0) return "";
  // back along the lower line: up or down first, then left
  const back = bottom
    .slice(0, -1)
    .reverse()
    .map((corner, i) => `H${bottom[bottom.length - 1 - i]!.x}V${corner.y}`)
    .join("");
  return `${stepLine(count, x, high)}V${bottom.at(-1)!.y}${back}H${bottom[0]!.x}Z`;
}
