// A table in the terminal: columns as wide as they need, numbers to the right.
import { bold, cut, type Style } from "./style.ts";

export interface Column {
  readonly head: string;
  readonly right?: boolean;
  /** May be cut where the table is too wide. */
  readonly flexible?: boolean;
}

/** Rows of cells; a cell may be dressed (coloured) after its width is known. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: Style,
  dress: (cell: string, row: number, column: number) => string = (cell) => cell,
): string {
  const widths = columns.map(({ head }, c) => Math.max(head.length, ...rows.map((row) => row[c]!.length)));
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  const flexible = columns.findIndex((column) => column.flexible === true);
  if (total > style.width && flexible >= 0)
    widths[flexible] = Math.max(8, widths[flexible]! - (total - style.width));
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
