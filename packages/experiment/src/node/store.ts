// A folder that keeps an experiment: append-only records, so that nothing that has ended is lost, whatever happens to the process.
import { readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@basin/objective";
import { gridOf, type Catalog } from "@basin/runner";
import { budgetOf } from "../budget.ts";
import { canonical } from "../fingerprint.ts";
import { plan } from "../plan.ts";
import { encodeRecord, encodeTiming } from "../record-line.ts";
import { specJson } from "../spec-json.ts";
import type { ExperimentSpec, RunRecord } from "../spec.ts";
import { version } from "../version.ts";
import { checkpointsIn, type Checkpoints } from "./checkpoints.ts";
import {
  ENVIRONMENT,
  RUNS,
  SPEC,
  TIMING,
  linesOf,
  readRecords,
  readSpec,
  readTimings,
  versionOf,
} from "./contents.ts";
import { asUsageError, makeFolder, openAppender, writeWhole } from "./files.ts";
import { lockFolder } from "./lock.ts";
import { makeRoom, settle } from "./more-seeds.ts";

export interface StoreOptions {
  readonly catalog: Catalog;
  /** With what the experiment runs: goes into environment.json, outside of every comparison. */
  readonly environment?: Readonly<Record<string, unknown>>;
  /** Replaces what is in the folder, if it is another experiment. Files that are no store's stay. Default false. */
  readonly force?: boolean;
  /** Takes in a folder with this same experiment and fewer seeds: what it has stays, and the rest is missing. Default false. */
  readonly extend?: boolean;
}

/** An open store: one process at a time has it. */
export interface Store {
  readonly folder: string;
  readonly spec: ExperimentSpec;
  /** Records that were there when it was opened, in the order of the plan. */
  readonly known: readonly RunRecord[];
  /** How many seeds the folder had, if this opening gave it more. */
  readonly extendedFrom?: number;
  /** Of runs that have not ended. */
  readonly checkpoints: Pick<Checkpoints, "load" | "save" | "count">;
  /**
   * Keeps a record: once this returns, the end of the process cannot lose it; nor can that of the machine, at once where no other was kept in
   * the last twentieth of a second, and otherwise after it.
   * @throws UsageError where it cannot be kept, and from then on always: no half of a record is left.
   */
  add(record: RunRecord): void;
  /** Keeps records that were computed before, all at once. */
  addAll(records: readonly RunRecord[]): void;
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
 * Opens a folder for an experiment in normal form: a new one, or one that holds a part of this same experiment.
 * @throws UsageError where the folder cannot be written, is too small, is in use, or holds something else or something damaged.
 */
export function openStore(folder: string, spec: ExperimentSpec, options: StoreOptions): Store {
  try {
    makeFolder(folder);
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
  const checkpoints = checkpointsIn(folder);
  settle(folder);
  const found = whatElse(folder, spec, options.catalog);
  const fewer =
    typeof found === "object" && options.extend === true && found.kept.replicates < spec.replicates
      ? found.kept
      : undefined;
  const other = fewer === undefined ? found : undefined;
  if (fewer !== undefined) {
    // what is damaged is told before anything is touched
    const kept = readRecords(folder, fewer, false).length;
    checkSpace(folder, spec, kept);
    makeRoom(folder, fewer, spec);
  }
  if (other !== undefined && other !== "nothing") {
    if (options.force !== true) throw refusal(folder, other, spec, options);
    for (const name of [RUNS, TIMING, ENVIRONMENT, SPEC]) rmSync(path(name), { force: true });
    checkpoints.removeAll();
  }
  const known = other === undefined ? readRecords(folder, spec, true) : [];
  for (const { run } of known) checkpoints.remove(run.index);
  checkSpace(folder, spec, known.length);
  if (other !== undefined) writeWhole(path(SPEC), [specJson(spec)]);
  writeWhole(path(ENVIRONMENT), [`${JSON.stringify({ basin: version, ...options.environment }, null, 2)}\n`]);

  let isOpen = true;
  let broken: UsageError | undefined;
  const failed = (error: Error): void => {
    broken ??= asUsageError(folder, error);
  };
  const [runs, timing] = [openAppender(path(RUNS), failed), openAppender(path(TIMING), failed)];
  /** Does something to the folder, and says in plain words what went wrong. */
  const attempt = (work: () => void): void => {
    if (broken !== undefined) throw broken;
    try {
      work();
    } catch (error) {
      throw (broken ??= asUsageError(folder, error));
    }
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    try {
      runs.close();
      timing.close();
      checkpoints.tidy();
    } finally {
      unlock();
    }
  };
  const addAll = (records: readonly RunRecord[]): void =>
    attempt(() => {
      const text = (line: (record: RunRecord) => string): string =>
        records.map((record) => `${line(record)}\n`).join("");
      // the record last: where it is there, its seconds are there too
      timing.append(text(encodeTiming));
      runs.append(text(encodeRecord));
      runs.flush();
      for (const { run } of records) checkpoints.remove(run.index);
    });
  return {
    folder,
    spec,
    known,
    ...(fewer === undefined ? {} : { extendedFrom: fewer.replicates }),
    checkpoints,
    add: (record) => addAll([record]),
    addAll,
    write: (name, text) => attempt(() => writeWhole(path(name), [text])),
    finish() {
      try {
        attempt(() => {
          writeWhole(path(RUNS), sorted([...linesOf(folder, RUNS, true)].map(([i, { line }]) => [i, line])));
          writeWhole(path(TIMING), sorted([...readTimings(folder, true)]));
          checkpoints.removeAll();
        });
      } finally {
        close();
      }
    },
    close,
  };
}

/** In the order of the runs. */
function sorted(lines: readonly (readonly [number, string])[]): string[] {
  return lines.toSorted(([a], [b]) => a - b).map(([, line]) => `${line}\n`);
}

function checkSpace(folder: string, spec: ExperimentSpec, known: number): void {
  const points = spec.problems.reduce((sum, _, p) => sum + gridOf(budgetOf(spec, p)).length, 0);
  const share = 1 - known / plan(spec).length;
  const needed = share * points * spec.optimizers.length * spec.replicates * BYTES_PER_POINT;
  const { bavail, bsize } = statfsSync(folder);
  const size = (bytes: number): string =>
    bytes < 1e7 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.ceil(bytes / 1e6)} MB`;
  if (bavail * bsize < needed)
    throw new UsageError(
      folder,
      `there is room for ${size(bavail * bsize)}, but the records may take ${size(needed)}`,
      "free some room, or choose another disk",
    );
}

/** The folder has the same experiment with other seeds. */
interface OtherSeeds {
  readonly kept: ExperimentSpec;
}

function refusal(
  folder: string,
  other: string | OtherSeeds,
  { replicates }: ExperimentSpec,
  { extend = false }: StoreOptions,
): UsageError {
  if (typeof other === "string")
    return new UsageError(folder, other, "choose another folder, or add --force to replace it");
  const there = other.kept.replicates;
  return new UsageError(
    folder,
    `it holds this experiment with ${there} seeds, and ${replicates} are asked for`,
    `${extend ? `ask for ${there} or more, ` : ""}choose another folder, or add --force to replace it`,
  );
}

/** What else is in the folder, in words; undefined: this experiment; "nothing": it is empty. */
function whatElse(folder: string, spec: ExperimentSpec, catalog: Catalog): string | OtherSeeds | undefined {
  const found = readdirSync(folder).filter((name) => !name.startsWith("."));
  if (found.length === 0) return "nothing";
  if (!found.includes(SPEC)) return "it holds files, but no experiment";
  let kept: ExperimentSpec;
  try {
    kept = readSpec(folder, catalog);
  } catch {
    return "it holds an experiment that cannot be read";
  }
  const parts = differing(kept, spec);
  const onlySeeds = parts.length === 1 && parts[0] === "replicates";
  if (parts.length > 0 && !onlySeeds)
    return `it holds another experiment (with other ${parts.map((part) => told(part, kept, spec)).join(", ")})`;
  const by = versionOf(folder);
  if (by !== version) return `it holds this experiment, but run by basin ${by}, and this is ${version}`;
  return onlySeeds ? { kept } : undefined;
}

/** A part that differs, with what it is in the folder where that is short. */
function told(part: keyof ExperimentSpec, kept: ExperimentSpec, given: ExperimentSpec): string {
  const [there, here] = [kept[part], given[part]];
  return [there, here].some((value) => typeof value === "object")
    ? part
    : `${part}: ${String(there ?? "none")} there, ${String(here ?? "none")} here`;
}

/** The parts in which two experiments differ. */
export function differing(a: ExperimentSpec, b: ExperimentSpec): (keyof ExperimentSpec)[] {
  return (Object.keys({ ...a, ...b }) as (keyof ExperimentSpec)[]).filter(
    (part) => canonical(a[part] ?? null) !== canonical(b[part] ?? null),
  );
}
