// What a store does with files: whole or not at all, and on the disk before it goes on.
import {
  closeSync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "@basin/objective";

/** With those above it. (Node's own recursive mkdir says of a disk that can only be read that the folder "is not there".) */
export function makeFolder(path: string): void {
  try {
    return makeOne(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || path === "" || dirname(path) === path)
      throw error;
  }
  makeFolder(dirname(path));
  // in some folders (/proc) there is no room for others although they are there
  makeOne(path);
}

function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // perhaps another process made it meanwhile
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !statSync(path).isDirectory()) throw error;
  }
}

/** Files in this folder inside of a folder stand for those of the folder itself: they are about to take their places. */
export const AHEAD = ".extended";

/** What a file of a folder holds. */
export function bytesOf(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, AHEAD, name));
  } catch {
    return readFileSync(join(folder, name));
  }
}

/** Unfinished files have such names: hidden, so that a folder that has nothing else counts as empty. */
export const draftOf = (path: string): string => join(dirname(path), `.${basename(path)}.part`);

/** A new file of these texts, one after the other, in the place of the old one, whole or not at all, whenever the process or the machine ends. */
export function writeWhole(path: string, texts: readonly string[]): void {
  const draft = draftOf(path);
  try {
    const file = openSync(draft, "w");
    try {
      for (const text of texts) writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Names are on the disk once their folder is. Some systems (Windows) cannot do that, and need not. */
export function syncFolder(folder: string): void {
  let file: number;
  try {
    file = openSync(folder, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(file);
  } catch {
    // told above
  } finally {
    closeSync(file);
  }
}

/** A file that only grows, by whole lines. */
export interface Appender {
  /** The end of the process cannot lose it once this returns. What could not be written whole is taken back. */
  append(text: string): void;
  /**
   * Has what was appended brought onto the disk, where the end of the machine cannot lose it either: before this returns where the last
   * flush was a while ago, and otherwise in a moment, together with what comes meanwhile.
   */
  flush(): void;
  /** Brings it all onto the disk, and lets go of the file. */
  close(): void;
}

/** What brings a file onto the disk: at once, and beside the work. */
export interface Disk {
  readonly sync: (file: number) => void;
  readonly syncBeside: (file: number, done: (error: Error | null) => void) => void;
}

/** Milliseconds between two flushes: each takes some (4 here), and who appends more often than that must not wait for each. */
const FLUSH_EVERY = 50;

/** `failed` hears of what the disk did not take although `flush` had returned. */
export function openAppender(
  path: string,
  failed: (error: Error) => void,
  disk: Disk = { sync: fsyncSync, syncBeside: fsync },
): Appender {
  const file = openSync(path, "a");
  let { size } = fstatSync(file);
  let timer: NodeJS.Timeout | undefined;
  let [syncing, dirty, closed] = [false, false, false];
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (dirty) beside();
    }, FLUSH_EVERY);
  };
  const beside = (): void => {
    [syncing, dirty] = [true, false];
    disk.syncBeside(file, (error) => {
      syncing = false;
      if (closed) closeSync(file);
      else if (error !== null) failed(error);
      else rest();
    });
  };
  return {
    append(text) {
      const bytes = Buffer.from(text);
      try {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      } catch (error) {
        // the half of a line must not stand before the next one
        ftruncateSync(file, size);
        throw error;
      }
      size += bytes.length;
    },
    flush() {
      dirty = true;
      if (timer !== undefined || syncing) return;
      disk.sync(file);
      dirty = false;
      rest();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      try {
        disk.sync(file);
      } finally {
        // a file that is still in hand is closed by whoever has it
        if (!syncing) closeSync(file);
      }
    },
  };
}

const known: Readonly<Record<string, readonly [found: string, advice: string]>> = {
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
  EFBIG: [
    "a file is as large as it may be here",
    "raise the limit; what has ended is kept, and the same command goes on from there",
  ],
  ENOTDIR: ["it is not a folder", "choose another name"],
  EEXIST: ["it is a file, not a folder", "choose another name"],
  EISDIR: ["it, or one of its files, is a folder", "choose another name"],
  ENOENT: ["it is not there", "check the name"],
};

/** What the system said, in plain words. */
export function asUsageError(folder: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  const [found, advice] = known[code] ?? [message, "check the folder"];
  return new UsageError(folder === "" ? '""' : folder, found, advice);
}
