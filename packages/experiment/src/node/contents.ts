// What is in the folder of a store, read: the experiment, its records, and who made them.
import { existsSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@basin/objective";
import type { Catalog } from "@basin/runner";
import { parseSpec } from "../parse-spec.ts";
import { plan } from "../plan.ts";
import { decodeRecord, indexOfLine } from "../record-line.ts";
import type { ExperimentResult, ExperimentSpec, RunRecord } from "../spec.ts";
import { version } from "../version.ts";
import { asUsageError, bytesOf } from "./files.ts";

/** The experiment, in normal form. */
export const SPEC = "spec.json";
/** A record a line: the same bytes whenever and wherever a run was carried out. */
export const RUNS = "runs.ndjson";
/** A line a run of what is not: its seconds, how often it was begun. */
export const TIMING = "timing.ndjson";
/** Of the process that wrote last. */
export const ENVIRONMENT = "environment.json";

/**
 * The experiment in a folder, finished or not. Reads only, so that it may be looked at while another process writes.
 * @throws UsageError where the folder holds none, or one that was damaged.
 */
export function readStore(folder: string, catalog: Catalog): ExperimentResult {
  return read(folder, catalog, false);
}

/** The same, without looking whether fingerprints are those of the bits: for who runs it all again. */
export function readUnchecked(folder: string, catalog: Catalog): ExperimentResult {
  return read(folder, catalog, true);
}

function read(folder: string, catalog: Catalog, unchecked: boolean): ExperimentResult {
  const before = specText(folder);
  try {
    const spec = readSpec(folder, catalog);
    const records = readRecords(folder, spec, false, unchecked);
    if (specText(folder) === before) return { spec, records };
  } catch (error) {
    if (specText(folder) === before) {
      if (before === undefined && existsSync(folder) && (error as NodeJS.ErrnoException).code === "ENOENT")
        throw new UsageError(
          folder,
          "it holds no experiment",
          "name a folder that was written by basin run -o",
        );
      throw asUsageError(folder, error);
    }
  }
  // more seeds came meanwhile, and with them other numbers for the runs
  return read(folder, catalog, unchecked);
}

function specText(folder: string): string | undefined {
  try {
    return bytesOf(folder, SPEC).toString();
  } catch {
    // told when it is read
    return undefined;
  }
}

export function readSpec(folder: string, catalog: Catalog): ExperimentSpec {
  const text = bytesOf(folder, SPEC).toString();
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new UsageError(folder, `its ${SPEC} is not JSON: ${(error as Error).message}`, "restore it");
  }
  return parseSpec(given, catalog);
}

/** In the order of the plan. `heal`: cuts off a last line that was torn by the end of a process. */
export function readRecords(
  folder: string,
  spec: ExperimentSpec,
  heal: boolean,
  unchecked = false,
): RunRecord[] {
  const runs = plan(spec);
  const timings = readTimings(folder, heal);
  return [...linesOf(folder, RUNS, heal)]
    .map(([index, { line, number }]) => {
      try {
        return decodeRecord(line, runs, timings.get(index), unchecked);
      } catch (error) {
        throw atLine(folder, RUNS, number, error);
      }
    })
    .sort((a, b) => a.run.index - b.run.index);
}

/** Lines of runs.ndjson by the number of their run. */
export function linesOf(
  folder: string,
  name: string,
  heal: boolean,
): ReadonlyMap<number, { readonly line: string; readonly number: number }> {
  const lines = new Map<number, { line: string; number: number }>();
  for (const [i, line] of wholeLines(folder, name, heal).entries()) {
    let index: number;
    try {
      index = indexOfLine(line);
    } catch (error) {
      throw atLine(folder, name, i + 1, error);
    }
    if (!lines.has(index)) lines.set(index, { line, number: i + 1 });
  }
  return lines;
}

/** Of each run the last, which is of the attempt that ended. What cannot be read is left out: seconds decide nothing. */
export function readTimings(folder: string, heal: boolean): ReadonlyMap<number, string> {
  return new Map(
    wholeLines(folder, TIMING, heal).flatMap((line) => {
      try {
        return [[indexOfLine(line), line] as const];
      } catch {
        return [];
      }
    }),
  );
}

/** By which version of basin; undefined where the process ended before it said so: then nothing had run. */
export function versionOf(folder: string): string {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, ENVIRONMENT), "utf8"));
    return String((read as { basin?: unknown }).basin);
  } catch {
    return version;
  }
}

function wholeLines(folder: string, name: string, heal: boolean): string[] {
  let bytes: Buffer;
  try {
    bytes = bytesOf(folder, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const whole = bytes.lastIndexOf(10) + 1;
  if (whole < bytes.length && heal) truncateSync(join(folder, name), whole);
  // line by line: all of it may be longer than a string can be
  const lines: string[] = [];
  for (let from = 0, to = 0; from < whole; from = to + 1) {
    to = bytes.indexOf(10, from);
    lines.push(bytes.toString("utf8", from, to));
  }
  return lines;
}

function atLine(folder: string, name: string, number: number, error: unknown): UsageError {
  const { found, advice } = asUsageError(folder, error);
  return new UsageError(folder, `line ${number} of ${name}: ${found}`, advice);
}
