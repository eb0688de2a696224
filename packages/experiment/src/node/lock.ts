// A folder belongs to one process at a time; one that was left by a process that died is free.
import { closeSync, openSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UsageError } from "@basin/objective";

// Who wants the folder makes a claim, an empty file that bears its owner's name, and then looks at the claims and locks of others.
// Of two claims at the same moment the lesser name wins; a claim that nobody disputes becomes a lock. Nothing is ever
// written into these files, so that none can be torn, and a dead owner's can be removed by anyone at any time.
const CLAIM = ".claim-";
const LOCK = ".lock-";

/** For a claim that is disputed to be settled, in looks of 10 ms. */
const LOOKS = 200;

interface Owner {
  readonly process: number;
  /** When the process began, as the system counts; 0: not known. Tells it from a later one with its number. */
  readonly began: number;
  readonly host: string;
}

/**
 * Takes the folder; the function returned gives it back.
 * @throws UsageError where another process, or this one, has it.
 */
export function lockFolder(folder: string): () => void {
  const me: Owner = { process: process.pid, began: beganOf(process.pid), host: hostOf(hostname()) };
  const name = `${me.process}-${me.began}-${me.host}`;
  const [claim, lock] = [join(folder, CLAIM + name), join(folder, LOCK + name)];
  create(folder, claim, me);
  try {
    let clean = 0;
    for (let look = 0; look < LOOKS; look++) {
      const others = othersIn(folder, name);
      const holder = others.find(({ locked }) => locked) ?? others.find((other) => other.name < name);
      if (holder !== undefined) throw refusal(folder, holder.owner, holder.path);
      clean = others.length === 0 ? clean + 1 : 0;
      // twice: a listing may miss a claim that becomes a lock just then
      if (clean === 2) {
        create(folder, lock, me);
        return () => rmSync(lock, { force: true });
      }
      if (clean === 0) sleep(10);
    }
    throw new UsageError(folder, "other processes are about to write to it", "try again");
  } finally {
    rmSync(claim, { force: true });
  }
}

function create(folder: string, path: string, me: Owner): void {
  try {
    closeSync(openSync(path, "wx"));
  } catch (error) {
    // this very process has it
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw refusal(folder, me, path);
    throw error;
  }
}

function refusal(folder: string, { process: id, host }: Owner, path: string): UsageError {
  return new UsageError(
    folder,
    `process ${id} on ${decodeURIComponent(host)} is writing to it`,
    `wait for it to end; if no such process runs there, remove ${path}`,
  );
}

/** Claims and locks of processes that live, or may live; those of the dead are removed. */
function othersIn(
  folder: string,
  mine: string,
): { name: string; locked: boolean; owner: Owner; path: string }[] {
  return readdirSync(folder).flatMap((file) => {
    const prefix = [CLAIM, LOCK].find((one) => file.startsWith(one));
    if (prefix === undefined) return [];
    const name = file.slice(prefix.length);
    const [, id, began, host] = /^(\d+)-(\d+)-(.+)$/.exec(name) ?? [];
    const locked = prefix === LOCK;
    if (id === undefined || (name === mine && !locked)) return [];
    const owner = { process: Number(id), began: Number(began), host: host! };
    const path = join(folder, file);
    if (lives(owner)) return [{ name, locked, owner, path }];
    rmSync(path, { force: true });
    return [];
  });
}

function lives({ process: id, began, host }: Owner): boolean {
  // of a process elsewhere nothing is known
  if (host !== hostOf(hostname())) return true;
  try {
    process.kill(id, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = beganOf(id);
  return began === 0 || now === 0 || now === began;
}

/** Ticks after the start of the machine (Linux: field 22 of /proc/…/stat, counted after the name, which may hold anything); else 0. */
function beganOf(id: number): number {
  try {
    const text = readFileSync(`/proc/${id}/stat`, "latin1");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[19]) || 0;
  } catch {
    return 0;
  }
}

/** As part of a file's name. */
function hostOf(name: string): string {
  return encodeURIComponent(name === "" ? "?" : name.slice(0, 60));
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
