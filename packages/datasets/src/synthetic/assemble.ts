// Points drawn one by one to the arrays of a data set.
import type { Dataset, Feature } from "../dataset.ts";

export interface Drawn {
  readonly x: readonly number[];
  readonly y: number;
}

/** What all synthetic sets have in common, with `rows` points from `draw(i)`. */
export function assemble(
  about: Pick<Dataset, "name" | "title" | "target" | "classes">,
  features: readonly string[],
  rows: number,
  draw: (i: number) => Drawn,
): Dataset {
  const k = features.length;
  const x = new Float64Array(rows * k);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const point = draw(i);
    x.set(point.x, i * k);
    y[i] = point.y;
  }
  return {
    ...about,
    source: "drawn from a seed, by this package",
    licence: "CC0-1.0",
    features: features.map((name): Feature => ({ name, unit: "" })),
    rows,
    x,
    y,
  };
}

export const plane: readonly string[] = ["x₁", "x₂"];
