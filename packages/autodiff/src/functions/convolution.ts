// Convolution (as in networks: correlation, without flipping) and pooling, in one and two dimensions, by sliding windows.
import { AutodiffError } from "../errors.ts";
import { makeNode } from "../graph.ts";
import type { Tensor } from "../ir.ts";
import { contractOp } from "../ops/contract.ts";
import { max } from "../ops/extrema.ts";
import { lift, type Operand } from "../ops/leaves.ts";
import { pad } from "../ops/slice-pad.ts";
import { windows } from "../ops/windows.ts";
import { mean } from "./statistics.ts";
import { shapeText } from "../shape.ts";

export interface ConvolutionOptions {
  /** Distance between windows; default 1. */
  readonly stride?: number;
  /** Zeros on each side; default 0. */
  readonly padding?: number;
}

function checked(who: string, x: Tensor, kernel: Tensor, rank: number): void {
  if (x.shape.length !== rank || kernel.shape.length !== rank || x.shape[1] !== kernel.shape[1])
    throw new AutodiffError(
      who,
      `shapes ${shapeText(x.shape)} and ${shapeText(kernel.shape)}`,
      rank === 3
        ? "give [batch, channels, length] and [out, channels, size]"
        : "give [batch, channels, height, width] and [out, channels, rows, columns]",
    );
}

/** x [batch, channels, length], kernel [out, channels, size] → [batch, out, count]. */
export function conv1d(x: Operand, kernel: Operand, options: ConvolutionOptions = {}): Tensor {
  const { stride = 1, padding = 0 } = options;
  const [data, weights] = [lift(x), lift(kernel)];
  checked("conv1d", data, weights, 3);
  const seen = windows(pad(data, padding, padding), weights.shape[2]!, stride);
  const [batch, channel, place, tap, out] = [0, 1, 2, 3, 4];
  return makeNode(contractOp, [seen, weights], {
    a: [batch, channel, place, tap],
    b: [out, channel, tap],
    out: [batch, out, place],
  });
}

/** x [batch, channels, height, width], kernel [out, channels, rows, columns] → [batch, out, rows counted, columns counted]. */
export function conv2d(x: Operand, kernel: Operand, options: ConvolutionOptions = {}): Tensor {
  const { stride = 1, padding = 0 } = options;
  const [data, weights] = [lift(x), lift(kernel)];
  checked("conv2d", data, weights, 4);
  const padded = pad(pad(data, padding, padding), padding, padding, { axis: -2 });
  const seen = windows(windows(padded, weights.shape[3]!, stride), weights.shape[2]!, stride, { axis: 2 });
  const [batch, channel, row, tapRow, column, tapColumn, out] = [0, 1, 2, 3, 4, 5, 6];
  return makeNode(contractOp, [seen, weights], {
    a: [batch, channel, row, tapRow, column, tapColumn],
    b: [out, channel, tapRow, tapColumn],
    out: [batch, out, row, column],
  });
}

/** The largest of each window along the last axis: […, n] → […, count]. Ties share the derivative. */
export const maxPool1d = (x: Operand, size: number, stride = size): Tensor =>
  max(windows(x, size, stride), { axis: -1 });
/** The mean of each window along the last axis. */
export const averagePool1d = (x: Operand, size: number, stride = size): Tensor =>
  mean(windows(x, size, stride), { axis: -1 });
/** The largest of each square window of the last two axes. */
export const maxPool2d = (x: Operand, size: number, stride = size): Tensor =>
  max(windows(windows(x, size, stride), size, stride, { axis: -3 }), { axis: [-3, -1] });
/** The mean of each square window of the last two axes. */
export const averagePool2d = (x: Operand, size: number, stride = size): Tensor =>
  mean(windows(windows(x, size, stride), size, stride, { axis: -3 }), { axis: [-3, -1] });
