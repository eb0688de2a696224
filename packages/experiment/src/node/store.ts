// A folder that keeps an experiment: append-only records, so that nothing that has ended is lost, whatever happens to the process.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { UsageError } from "@basin/objective";
import { gridOf, type Catalog } from "@basin/runner";
import { canonical } from "../fingerprint.ts";
import { parseSpec } from "../parse-spec.ts";
import { plan } from "../plan.ts";
import { decodeRecord, encodeRecord, encodeTiming, indexOfLine } from "../record-line.ts";
import type { ExperimentResult, ExperimentSpec, RunRecord } from "../spec.ts";
import { version } from "../version.ts";
import { lockFolder } from "./lock.ts";

const SPEC = "spec.json";
const RUNS = "runs.ndjson";
const TIMING = "timing.ndjson";
const ENVIRONMENT = "environment.json";

export interface StoreOptions {
  readonly catalog: Catalog;
  /** With what the experiment runs: goes into environment.json, outside of every comparison. */
  readonly environment?: Readonly<Record<string, unknown>>;
  /** Replaces what is in the folder, if it is another experiment. Files that are no store's stay. Default false. */
  readonly force?: boolean;
}

/** An open store: one process at a time has it. */
export interface Store {
  readonly folder: string;
  /** Records that were there when it was opened, in the order of the plan. */
  readonly known: readonly RunRecord[];
  /** Keeps a record: once this returns, the end of the process cannot lose it. */
  add(record: RunRecord): void;
  /** Writes another file of the experiment, whole or not at all. */
  write(name: string, text: string): void;
  /** Sorts the records, so that the same experiment leaves the same bytes however it came about; and lets go of the folder. */
  finish(): void;
  /** Lets go of the folder. Does nothing a second time. */
  close(): void;
}

/** What a record takes on a disk, in bytes for each point of its trace: generous. */
const BYTES_PER_POINT = 250;

/**
 * Opens a folder for an experiment: a new one, or one that holds a part of this same experiment.
 * @throws UsageError where the folder cannot be written, is too small, is in use, or holds something else.
 */
export function openStore(folder: string, spec: ExperimentSpec, options: StoreOptions): Store {
  try {
    mkdirSync(folder, { recursive: true });
    const unlock = lockFolder(folder);
    try {
      return opened(folder, spec, options, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  } catch (error) {
    throw asUsageError(folder, error);
  }
}

function opened(folder: string, spec: ExperimentSpec, options: StoreOptions, unlock: () => void): Store {
  const path = (name: string): string => join(folder, name);
  const other = whatElse(folder, spec, options.catalog);
  if (other !== undefined && other !== "nothing") {
    if (options.force !== true)
      throw new UsageError(folder, other, "choose another folder, or add --force to replace it");
    for (const name of [SPEC, RUNS, TIMING, ENVIRONMENT]) rmSync(path(name), { force: true });
  }
  const known = other === undefined ? readRecords(folder, spec, true) : [];
  const points = gridOf(spec.budget).length;
  const { bavail, bsize } = statfsSync(folder);
  const needed = (plan(spec).length - known.length) * points * BYTES_PER_POINT;
  if (bavail * bsize < needed)
    throw new UsageError(
      folder,
      `there is room for ${mega(bavail * bsize)} MB, but the records may take ${mega(needed)} MB`,
      "free some room, or choose another disk",
    );
  if (other !== undefined) writeWhole(path(SPEC), `${JSON.stringify(spec, null, 2)}\n`);
  writeWhole(path(ENVIRONMENT), `${JSON.stringify({ basin: version, ...options.environment }, null, 2)}\n`);

  const files = [RUNS, TIMING].map((name) => openSync(path(name), "a"));
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    for (const file of files) closeSync(file);
    unlock();
  };
  return {
    folder,
    known,
    add(record) {
      try {
        // The record last: where it is there, its timing is there too.
        append(files[1]!, `${encodeTiming(record)}\n`);
        append(files[0]!, `${encodeRecord(record)}\n`);
      } catch (error) {
        throw asUsageError(folder, error);
      }
    },
    write(name, text) {
      try {
        writeWhole(path(name), text);
      } catch (error) {
        throw asUsageError(folder, error);
      }
    },
    finish() {
      try {
        for (const name of [RUNS, TIMING]) {
          const lines = [...linesOf(path(name), true)].sort(([a], [b]) => a - b);
          writeWhole(path(name), lines.map(([, line]) => `${line}\n`).join(""));
        }
      } catch (error) {
        throw asUsageError(folder, error);
      } finally {
        close();
      }
    },
    close,
  };
}

/**
 * The experiment in a folder, finished or not.
 * @throws UsageError where the folder holds none.
 */
export function readStore(folder: string, catalog: Catalog): ExperimentResult {
  try {
    const spec = readSpec(folder, catalog);
    return { spec, records: readRecords(folder, spec, false) };
  } catch (error) {
    throw asUsageError(folder, error);
  }
}

function readSpec(folder: string, catalog: Catalog): ExperimentSpec {
  return parseSpec(JSON.parse(readFileSync(join(folder, SPEC), "utf8")), catalog);
}

/** What else is in the folder, in words; undefined: this experiment; "nothing": it is empty. */
function whatElse(folder: string, spec: ExperimentSpec, catalog: Catalog): string | undefined {
  const found = readdirSync(folder).filter((name) => !name.startsWith("."));
  if (found.length === 0) return "nothing";
  if (!found.includes(SPEC)) return "it holds files, but no experiment";
  let kept: ExperimentSpec;
  try {
    kept = readSpec(folder, catalog);
  } catch {
    return "it holds an experiment that cannot be read";
  }
  const parts = (Object.keys({ ...kept, ...spec }) as (keyof ExperimentSpec)[]).filter(
    (part) => canonical(kept[part] ?? null) !== canonical(spec[part] ?? null),
  );
  if (parts.length > 0) return `it holds another experiment (with other ${parts.join(", ")})`;
  const by = versionOf(folder);
  return by === version
    ? undefined
    : `it holds this experiment, but run by basin ${by}, and this is ${version}`;
}

function versionOf(folder: string): string {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, ENVIRONMENT), "utf8"));
    return String((read as { basin?: unknown }).basin);
  } catch {
    // the process ended between the two files: nothing has run yet
    return version;
  }
}

function readRecords(folder: string, spec: ExperimentSpec, heal: boolean): RunRecord[] {
  const runs = plan(spec);
  const timings = new Map(linesOf(join(folder, TIMING), heal));
  return [...linesOf(join(folder, RUNS), heal)]
    .map(([index, line]) => decodeRecord(line, runs, timings.get(index)))
    .sort((a, b) => a.run.index - b.run.index);
}

/** Lines by the number of their run. A last line that was torn by the end of a process is left out, and cut off if `heal`. */
function linesOf(path: string, heal: boolean): ReadonlyMap<number, string> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw error;
  }
  const whole = bytes.lastIndexOf(10) + 1;
  if (whole < bytes.length && heal) truncateSync(path, whole);
  const lines = new Map<number, string>();
  for (const line of bytes.subarray(0, whole).toString("utf8").split("\n"))
    if (line !== "") {
      const index = indexOfLine(line);
      if (!lines.has(index)) lines.set(index, line);
    }
  return lines;
}

function append(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  fsyncSync(file);
}

/** A new file in the place of the old one, whole or not at all. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.part`;
  const file = openSync(draft, "w");
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

const mega = (bytes: number): string => String(Math.ceil(bytes / 1e6));

const known: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ["it may not be written to", "change its permissions, or choose another folder"],
  EPERM: ["it may not be written to", "change its permissions, or choose another folder"],
  EROFS: ["it is on a disk that can only be read", "choose another folder"],
  ENOSPC: [
    "the disk is full",
    "free some room; what has ended is kept, and the same command goes on from there",
  ],
  EDQUOT: [
    "the quota is used up",
    "free some room; what has ended is kept, and the same command goes on from there",
  ],
  ENOTDIR: ["it is not a folder", "choose another name"],
  EEXIST: ["it is a file, not a folder", "choose another name"],
  ENOENT: ["it is not there", "check the name"],
};

function asUsageError(folder: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  const [found, advice] = known[code] ?? [message, "check the folder"];
  return new UsageError(folder, found, advice);
}
