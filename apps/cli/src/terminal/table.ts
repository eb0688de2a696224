// A table in the terminal: columns as wide as they need, numbers to the right.
import { bold, cut, type Style } from "./style.ts";

export interface Column {
  readonly head: string;
  readonly right?: boolean;
  /** May be cut where the table is too wide. */
  readonly flexible?: boolean;
  /** May be left out before the flexible column is cut so far that two of its cells look alike; the highest first. */
  readonly spare?: number;
}

/** Letters that a cut cell has at least. */
const LEAST = 8;

/** Rows of cells; a cell may be dressed (coloured) after its width is known: its column is counted with those that are left out. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: Style,
  dress: (cell: string, row: number, column: number) => string = (cell) => cell,
): string {
  const widths = columns.map(({ head }, c) => Math.max(head.length, ...rows.map((row) => row[c]!.length)));
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  const flexible = columns.findIndex((column) => column.flexible === true);
  if (total > style.width && flexible >= 0) {
    const left = widths[flexible]! - (total - style.width);
    const [spare] = columns
      .map(({ spare: order = 0 }, c) => ({ order, c }))
      .filter(({ order }) => order > 0)
      .toSorted((a, b) => b.order - a.order);
    const cells = new Set(rows.map((row) => row[flexible]!));
    const isClear =
      left >= LEAST && new Set([...cells].map((cell) => cell.slice(0, left - 1))).size === cells.size;
    if (spare !== undefined && !isClear) {
      const others = <T>(list: readonly T[]): T[] => list.filter((_, c) => c !== spare.c);
      return table(others(columns), rows.map(others), style, (cell, row, column) =>
        dress(cell, row, column < spare.c ? column : column + 1),
      );
    }
    widths[flexible] = Math.max(LEAST, left);
  }
  const line = (cells: readonly string[], row: number): string =>
    cells
      .map((cell, c) => {
        const short = cut(cell, widths[c]!);
        const gap = " ".repeat(widths[c]! - short.length);
        const dressed = row < 0 ? bold(short, style) : dress(short, row, c);
        return columns[c]!.right === true ? gap + dressed : dressed + gap;
      })
      .join("  ")
      .trimEnd();
  return [
    line(
      columns.map(({ head }) => head),
      -1,
    ),
    ...rows.map(line),
  ].join("\n");
}
