// A record as one line of text and back, to the last bit: what stores keep. Seconds and attempts, which differ from time to time, have a line of their own.
import { UsageError } from "@basin/objective";
import { decode, encode, type Json, type Plain } from "@basin/optimizer";
import { fingerprintOf, type RunResult } from "@basin/runner";
import type { PlannedRun, RunRecord } from "./spec.ts";

/** What is the same whenever and wherever the run is carried out. Ends without a line break. */
export function encodeRecord({ run, result }: RunRecord): string {
  const { seconds: _, ...trace } = result.trace;
  return JSON.stringify({
    index: run.index,
    problem: run.spec.problem.name,
    optimizer: run.spec.optimizer.name,
    replicate: run.spec.replicate,
    result: encode({ ...result, trace } as unknown as Plain),
  });
}

/** What is not: how long it took, and how often it was begun. */
export function encodeTiming({ run, result, attempts }: RunRecord): string {
  return JSON.stringify({ index: run.index, attempts, seconds: Array.from(result.trace.seconds) });
}

/**
 * The record that `encodeRecord` wrote; its seconds are NaN unless the line of its timing is there too.
 * @throws UsageError where the line is none of this plan's, or was changed: its fingerprint must be that of its bits, unless
 * `unchecked`.
 */
export function decodeRecord(
  line: string,
  plan: readonly PlannedRun[],
  timing?: string,
  unchecked = false,
): RunRecord {
  const read = parsed(line);
  const run = plan[indexOf(read)];
  if (
    run === undefined ||
    run.spec.problem.name !== read["problem"] ||
    run.spec.optimizer.name !== read["optimizer"] ||
    run.spec.replicate !== read["replicate"]
  )
    throw new UsageError("store", "a record is of another experiment", "keep one experiment in a folder");
  const result = resultFrom(read["result"] as Json, unchecked);
  const m = result.trace.cost.length;
  const timed = timing === undefined ? {} : timingFrom(timing);
  const given = Array.isArray(timed["seconds"]) ? (timed["seconds"] as unknown[]) : [];
  const seconds = Float64Array.from({ length: m }, (_, i) => {
    const value = given[i];
    return typeof value === "number" ? value : Number.NaN;
  });
  const attempts = typeof timed["attempts"] === "number" ? timed["attempts"] : 1;
  return { run, result: { ...result, trace: { ...result.trace, seconds } }, attempts };
}

/** Seconds decide nothing, so a line of them that was damaged is as good as none. */
function timingFrom(line: string): Readonly<Record<string, unknown>> {
  try {
    return parsed(line);
  } catch {
    return {};
  }
}

type Timeless = Omit<RunResult, "trace"> & { readonly trace: Omit<RunResult["trace"], "seconds"> };

function resultFrom(json: Json, unchecked: boolean): Timeless {
  try {
    const result = decode(json) as unknown as Timeless;
    const whole =
      typeof result.reason === "string" &&
      typeof result.diverged === "boolean" &&
      typeof result.prices === "object" &&
      typeof result.fingerprint === "string" &&
      // takes the whole of it in hand, so that what is of another kind shows
      (fingerprintOf(result as RunResult) === result.fingerprint || unchecked);
    if (whole) return result;
  } catch {
    // something is missing, or of another kind
  }
  throw new UsageError("store", "a record was damaged", "remove the line, and run the experiment again");
}

/** The number of the run that a line is about; what else the line holds is not looked at, where it begins as these lines do. */
export function indexOfLine(line: string): number {
  const [, digits] = /^\{"index":(\d{1,9}),/.exec(line) ?? [];
  return digits === undefined ? indexOf(parsed(line)) : Number(digits);
}

/** The same line for a run that has this number in another plan. */
export function renumbered(line: string, index: number): string {
  const [head] = /^\{"index":\d+,/.exec(line) ?? [];
  return head === undefined
    ? JSON.stringify({ ...parsed(line), index })
    : `{"index":${index},${line.slice(head.length)}`;
}

function indexOf(read: Readonly<Record<string, unknown>>): number {
  const { index } = read;
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0) throw noRecord();
  return index;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && "index" in value)
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // told below
  }
  throw noRecord();
}

function noRecord(): UsageError {
  return new UsageError("store", "it is no record", "remove the line, and run the experiment again");
}
