// Columns as committed (numbers as text) to the arrays of a data set.
import type { Dataset, Feature } from "./dataset.ts";

export const numbers = (text: string): Float64Array => Float64Array.from(text.split(" "), Number);

/** 1 where a coded column has this level, else 0. */
export const indicator = (codes: Readonly<Float64Array>, level: number): Float64Array =>
  codes.map((code) => (code === level ? 1 : 0));

/** A data set from its columns (shapes [n]), each beside its name and unit. */
export function fromColumns(
  about: Pick<Dataset, "name" | "title" | "source" | "licence" | "target" | "classes">,
  columns: readonly (Feature & { readonly values: Readonly<Float64Array> })[],
  y: Float64Array,
): Dataset {
  const [n, k] = [y.length, columns.length];
  const x = new Float64Array(n * k);
  for (let j = 0; j < k; j++) {
    const { values } = columns[j]!;
    for (let i = 0; i < n; i++) x[i * k + j] = values[i]!;
  }
  return { ...about, features: columns.map(({ name, unit }) => ({ name, unit })), rows: n, x, y };
}
