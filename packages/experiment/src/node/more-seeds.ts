// More seeds for the experiment of a folder: its runs get other numbers, in all files at once, whenever the process ends.
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { plan } from "../plan.ts";
import { renumbered } from "../record-line.ts";
import { specJson } from "../spec-json.ts";
import type { ExperimentSpec } from "../spec.ts";
import { CHECKPOINTS } from "./checkpoints.ts";
import { RUNS, SPEC, TIMING, linesOf, readTimings } from "./contents.ts";
import { AHEAD, syncFolder, writeWhole } from "./files.ts";

/**
 * Gives the runs of a folder the numbers that they have among more seeds. All files are written anew in a folder inside, which gets its name
 * once they are whole: from then on they stand for those of the folder, and take their places one by one.
 */
export function makeRoom(folder: string, from: ExperimentSpec, to: ExperimentSpec): void {
  const part = join(folder, `${AHEAD}.part`);
  const old = plan(from);
  const numberOf = (index: number): number | undefined => {
    const run = old[index];
    return run && (run.problem * to.optimizers.length + run.entry) * to.replicates + run.spec.replicate;
  };
  const moved = (lines: Iterable<readonly [number, string]>): string[] =>
    [...lines].flatMap(([index, line]) => {
      const number = numberOf(index);
      return number === undefined ? [] : [`${renumbered(line, number)}\n`];
    });
  try {
    mkdirSync(part);
    const lines = [...linesOf(folder, RUNS, false)].map(([index, { line }]) => [index, line] as const);
    writeWhole(join(part, RUNS), moved(lines));
    writeWhole(join(part, TIMING), moved(readTimings(folder, false)));
    moveCheckpoints(join(folder, CHECKPOINTS), join(part, CHECKPOINTS), numberOf);
    writeWhole(join(part, SPEC), [specJson(to)]);
    renameSync(part, join(folder, AHEAD));
    syncFolder(folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
  settle(folder);
}

function moveCheckpoints(from: string, to: string, numberOf: (index: number) => number | undefined): void {
  const names = namesIn(from).filter((name) => /^\d+\.json$/.test(name));
  if (names.length === 0) return;
  mkdirSync(to);
  for (const name of names) {
    const number = numberOf(Number.parseInt(name, 10));
    if (number !== undefined) copyFileSync(join(from, name), join(to, `${number}.json`));
  }
}

/** Ends what `makeRoom` began in a process that ended before: what was whole takes its place, and what was not is as good as nothing. */
export function settle(folder: string): void {
  rmSync(join(folder, `${AHEAD}.part`), { recursive: true, force: true });
  const ahead = join(folder, AHEAD);
  const names = namesIn(ahead);
  if (names.includes(CHECKPOINTS)) rmSync(join(folder, CHECKPOINTS), { recursive: true, force: true });
  for (const name of names) renameSync(join(ahead, name), join(folder, name));
  try {
    rmdirSync(ahead);
  } catch {
    // there was none
    return;
  }
  syncFolder(folder);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
