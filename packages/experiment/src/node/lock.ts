// A folder belongs to one process at a time; one that was left by a process that died is free.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UsageError } from "@basin/objective";

const LOCK = ".lock";

/**
 * Takes the folder; the function returned gives it back.
 * @throws UsageError where another process has it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK);
  const mine = JSON.stringify({ process: process.pid, host: hostname() });
  // twice: the second time after a lock that nobody holds has been removed
  for (const last of [false, true]) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, mine);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = holderOf(path);
      if (last || isHeld(holder))
        throw new UsageError(
          folder,
          `process ${holder?.process ?? "?"} on ${holder?.host ?? "?"} is writing to it`,
          `wait for it to end; if no such process runs there, remove ${path}`,
        );
      rmSync(path, { force: true });
    }
  }
  throw new UsageError(folder, "it could not be locked", "try again");
}

function holderOf(path: string): { readonly process: number; readonly host: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as { process: number; host: string };
  } catch {
    // torn, or given back this moment
    return undefined;
  }
}

function isHeld(holder: { readonly process: number; readonly host: string } | undefined): boolean {
  if (holder === undefined) return false;
  // of a process elsewhere nothing is known
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.process, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
