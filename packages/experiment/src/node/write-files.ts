// Files that are made of an experiment: each whole or not at all, and what goes wrong in plain words.
import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { asUsageError, draftOf, makeFolder, writeWhole } from "./files.ts";

/**
 * Writes files (paths in the folder, and their texts) with the folders that they need.
 * @throws UsageError where one cannot be written; those before it are there.
 */
export function writeFiles(folder: string, files: Iterable<readonly [name: string, text: string]>): void {
  try {
    makeFolder(folder);
    for (const [name, text] of files) {
      const path = join(folder, name);
      makeFolder(dirname(path));
      writeWhole(path, [text]);
    }
  } catch (error) {
    throw asUsageError(folder, error);
  }
}

/**
 * Looks whether a file could be written, before hours are spent on what goes into it.
 * @throws UsageError where it could not.
 */
export function expectWritable(path: string): void {
  try {
    makeFolder(dirname(path));
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
      throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    const draft = draftOf(path);
    closeSync(openSync(draft, "w"));
    rmSync(draft);
  } catch (error) {
    throw asUsageError(path, error);
  }
}
