// Data made ready for a model: split by chance into training and test examples, standardised with the training statistics.
import type { Dataset, Feature } from "@basin/datasets";
import type { Rng } from "@basin/random";

/** m examples. All arrays are shared, therefore never written to. */
export interface Examples {
  readonly rows: number;
  /** As measured, shape [m, k], row-major. */
  readonly raw: Readonly<Float64Array>;
  /** Standardised, shape [m, k], row-major: what the model sees. */
  readonly x: Readonly<Float64Array>;
  /** Index of the class, or the standardised target; shape [m]. */
  readonly y: Readonly<Float64Array>;
}

/** How a quantity was standardised: (value − mean) / deviation. Shapes [k], or [1] for a target. */
export interface Scaling {
  readonly mean: Readonly<Float64Array>;
  readonly deviation: Readonly<Float64Array>;
}

export interface Prepared {
  /** The k inputs. */
  readonly features: readonly Feature[];
  readonly target: Feature;
  /** Names of the classes, where the target is one. */
  readonly classes?: readonly string[];
  readonly train: Examples;
  readonly test: Examples;
  /** How the inputs were standardised. */
  readonly inputs: Scaling;
  /** How the target was. Mean 0 and deviation 1 for classes, which stay as they are. */
  readonly output: Scaling;
}

/**
 * One scale for each column, or one for all together (pixels: a scale of its own would blow up those that are rarely
 * inked), or none: everything stays in the units of the measurement.
 */
export type Standardisation = "columns" | "whole" | "none";

/**
 * Splits and standardises. `testShare` of the rows, rounded, are for the test; at least one row is for training.
 * The split is decided by `rng`.
 */
export function prepare(data: Dataset, testShare: number, by: Standardisation, rng: Rng): Prepared {
  const { rows: n, features, target, classes } = data;
  const order = rng.permutation(n);
  const testRows = Math.min(n - 1, Math.round(n * testShare));
  const trainOrder = order.subarray(0, n - testRows);
  const inputs = by === "none" ? asItIs(features.length) : scalingOf(data.x, features.length, trainOrder, by);
  const output =
    classes === undefined && by !== "none" ? scalingOf(data.y, 1, trainOrder, "columns") : asItIs(1);
  const part = (at: Int32Array): Examples => {
    const raw = take(data.x, features.length, at);
    return { rows: at.length, raw, x: scaled(raw, inputs), y: scaled(take(data.y, 1, at), output) };
  };
  return {
    features,
    target,
    ...(classes && { classes }),
    train: part(trainOrder),
    test: part(order.subarray(n - testRows)),
    inputs,
    output,
  };
}

const asItIs = (k: number): Scaling => ({
  mean: new Float64Array(k),
  deviation: new Float64Array(k).fill(1),
});

function take(x: Readonly<Float64Array>, k: number, at: Int32Array): Float64Array {
  const out = new Float64Array(at.length * k);
  for (let i = 0; i < at.length; i++) out.set(x.subarray(at[i]! * k, at[i]! * k + k), i * k);
  return out;
}

/** (value − mean) / deviation, column by column. */
export function scaled(x: Readonly<Float64Array>, { mean, deviation }: Scaling): Float64Array {
  const k = mean.length;
  return x.map((value, p) => (value - mean[p % k]!) / deviation[p % k]!);
}

/** Means and deviations over the given rows; a column that never changes gets deviation 1, and so becomes 0. */
function scalingOf(x: Readonly<Float64Array>, k: number, at: Int32Array, by: Standardisation): Scaling {
  // Counted from the first row, so that the mean of equal numbers is that number exactly.
  const first = x.slice(at[0]! * k, at[0]! * k + k);
  const mean = first.slice();
  for (const i of at) for (let j = 0; j < k; j++) mean[j]! += (x[i * k + j]! - first[j]!) / at.length;
  const variance = new Float64Array(k);
  for (const i of at)
    for (let j = 0; j < k; j++) {
      const away = x[i * k + j]! - mean[j]!;
      variance[j]! += (away * away) / at.length;
    }
  if (by === "whole") variance.fill(variance.reduce((sum, one) => sum + one, 0) / k);
  return { mean, deviation: variance.map((one) => (one > 0 ? Math.sqrt(one) : 1)) };
}
