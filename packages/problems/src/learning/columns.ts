// Parts of data sets: some columns, some classes, a column or the target on another scale.
import type { Dataset } from "@basin/datasets";
import { log10 } from "@basin/math";

/** Only these features, in this order. */
export function columnsOf(data: Dataset, names: readonly string[]): Dataset {
  const at = names.map((name) => data.features.findIndex((feature) => feature.name === name));
  const k = data.features.length;
  const x = new Float64Array(data.rows * at.length);
  for (let i = 0; i < data.rows; i++) at.forEach((j, c) => (x[i * at.length + c] = data.x[i * k + j]!));
  return { ...data, features: at.map((j) => data.features[j]!), x };
}

/** Only the examples of these classes, numbered 0, 1 … in the order given. */
export function onlyClasses(data: Dataset, names: readonly string[]): Dataset {
  const number = (data.classes ?? []).map((name) => names.indexOf(name));
  const rows = Array.from(data.y.keys()).filter((i) => number[data.y[i]!]! >= 0);
  const k = data.features.length;
  const x = new Float64Array(rows.length * k);
  rows.forEach((from, to) => x.set(data.x.subarray(from * k, from * k + k), to * k));
  return {
    ...data,
    rows: rows.length,
    x,
    y: Float64Array.from(rows, (i) => number[data.y[i]!]!),
    classes: names,
  };
}

/** Every feature as its logarithm to base 10. */
export const logFeatures = (data: Dataset): Dataset => ({
  ...data,
  features: data.features.map(({ name, unit }) => ({ name: `log ${name}`, unit: `log10 ${unit}` })),
  x: data.x.map(log10),
});

/** The target as its logarithm to base 10. */
export const logTarget = (data: Dataset): Dataset => ({
  ...data,
  target: { name: `log ${data.target.name}`, unit: `log10 ${data.target.unit}` },
  y: data.y.map(log10),
});
