// The table of all ops: tests, printers and backends run over it.
import type { Op } from "../ir.ts";
import { addOp, divOp, mulOp, negOp, sqrtOp, squareOp, subOp } from "./arithmetic.ts";
import {
  absOp,
  equalOp,
  lessEqualOp,
  lessOp,
  maximumOp,
  minimumOp,
  notEqualOp,
  preferOp,
  reluOp,
  signOp,
  whereOp,
} from "./compare.ts";
import { concatOp } from "./concat.ts";
import { contractOp } from "./contract.ts";
import { cumsumOp } from "./cumsum.ts";
import {
  coshOp,
  erfOp,
  expm1Op,
  expOp,
  log1pOp,
  logOp,
  powOp,
  sigmoidOp,
  sinhOp,
  softplusOp,
  tanhOp,
} from "./exponential.ts";
import { argmaxOp, maxOp, minOp } from "./extrema.ts";
import { gatherOp, scatterOp } from "./gather-scatter.ts";
import { constantOp, fullOp, inputOp } from "./leaves.ts";
import { padOp, sliceOp } from "./slice-pad.ts";
import { broadcastOp, sumOp } from "./sum-broadcast.ts";
import { transposeOp } from "./transpose.ts";
import { acosOp, asinOp, atan2Op, atanOp, cosOp, sinOp, tanOp } from "./trigonometric.ts";
import { nameOp, reshapeOp, stopGradientOp } from "./view.ts";
import { overlapAddOp, windowsOp } from "./windows.ts";

const all = [
  [inputOp, fullOp, constantOp],
  [addOp, subOp, mulOp, divOp, negOp, squareOp, sqrtOp],
  [lessOp, lessEqualOp, equalOp, notEqualOp, preferOp, whereOp, maximumOp, minimumOp, signOp, absOp, reluOp],
  [expOp, expm1Op, logOp, log1pOp, sigmoidOp, softplusOp, sinhOp, coshOp, tanhOp, erfOp, powOp],
  [sinOp, cosOp, tanOp, asinOp, acosOp, atanOp, atan2Op],
  [reshapeOp, nameOp, stopGradientOp, broadcastOp, transposeOp, sliceOp, padOp, concatOp, windowsOp],
  [sumOp, maxOp, minOp, argmaxOp, cumsumOp, overlapAddOp, contractOp, gatherOp, scatterOp],
].flat() as readonly Op[];

/** Name → op, of every op that basin declares. */
export const ops: Readonly<Record<string, Op>> = Object.fromEntries(all.map((op) => [op.name, op]));
