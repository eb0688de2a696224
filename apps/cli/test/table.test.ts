// Tables that are too wide: what may go goes before cells look alike.
import { expect, test } from "vitest";
import { table, type Column } from "../src/terminal/table.ts";

const columns: Column[] = [
  { head: "" },
  { head: "optimizer", flexible: true },
  { head: "loss", right: true },
  { head: "middle half", right: true, spare: 2 },
  { head: "lost", right: true, spare: 3 },
];
const rows = [
  ["A", "adam rate=0.01", "0.5", "0.4 to 0.6", "0/5"],
  ["B", "adam rate=0.1", "0.25", "0.2 to 0.3", "0/5"],
];
const at = (width: number): string[] => table(columns, rows, { colour: false, width }).split("\n");

test("a table that fits is whole", () => {
  expect(at(44)).toEqual([
    "   optimizer       loss  middle half  lost",
    "A  adam rate=0.01   0.5   0.4 to 0.6   0/5",
    "B  adam rate=0.1   0.25   0.2 to 0.3   0/5",
  ]);
});

test("columns go one after the other while labels would look alike", () => {
  expect(at(41)).toEqual([
    "   optimizer       loss  middle half",
    "A  adam rate=0.01   0.5   0.4 to 0.6",
    "B  adam rate=0.1   0.25   0.2 to 0.3",
  ]);
  expect(at(30)[1]).toBe("A  adam rate=0.01   0.5");
});

test("labels that stay apart are cut first", () => {
  const apart = rows.map((row, i) =>
    row.with(1, i === 0 ? "gradient-descent" : "competitive-differential-evolution"),
  );
  const [, first, second] = table(columns, apart, { colour: false, width: 50 }).split("\n");
  expect([first, second]).toEqual([
    "A  gradient-descent         0.5   0.4 to 0.6   0/5",
    "B  competitive-different…  0.25   0.2 to 0.3   0/5",
  ]);
});

test("cells are dressed by what their column was", () => {
  const seen = new Set<string>();
  table(columns, rows, { colour: true, width: 30 }, (cell, row, column) => {
    seen.add(`${column} ${rows[row]![column]!.startsWith(cell.replace("…", "")) ? "right" : "wrong"}`);
    return cell;
  });
  expect([...seen].sort()).toEqual(["0 right", "1 right", "2 right"]);
});
