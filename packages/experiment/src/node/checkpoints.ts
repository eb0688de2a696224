// The checkpoints of runs under way, a file each in a folder of the store: gone once the run has ended.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import type { StoredCheckpoint } from "@basin/runner";
import { writeWhole } from "./files.ts";

export const CHECKPOINTS = "checkpoints";

export interface Checkpoints {
  /** The last that was saved of run number `index`, if it is whole: what was touched since is as good as none. */
  load(index: number): StoredCheckpoint | undefined;
  /** Does nothing where it cannot be written: the run goes on all the same. */
  save(index: number, checkpoint: StoredCheckpoint): void;
  /** How many are there. */
  count(): number;
  remove(index: number): void;
  removeAll(): void;
  /** Removes the folder, if nothing is in it. */
  tidy(): void;
}

export function checkpointsIn(store: string): Checkpoints {
  const folder = join(store, CHECKPOINTS);
  const path = (index: number): string => join(folder, `${index}.json`);
  return {
    load(index) {
      try {
        const [digest, text = ""] = readFileSync(path(index), "utf8").split("\n");
        // a state that was changed would be told nonsense
        return digest === digestOf(text) ? (JSON.parse(text) as StoredCheckpoint) : undefined;
      } catch {
        return undefined;
      }
    },
    save(index, checkpoint) {
      const text = JSON.stringify(checkpoint);
      try {
        mkdirSync(folder, { recursive: true });
        writeWhole(path(index), [`${digestOf(text)}\n${text}\n`]);
      } catch {
        // the record of the run, once it has ended, will tell what is wrong with the disk
      }
    },
    count() {
      try {
        return readdirSync(folder).filter((name) => name.endsWith(".json") && !name.startsWith(".")).length;
      } catch {
        return 0;
      }
    },
    remove: (index) => rmSync(path(index), { force: true }),
    removeAll: () => rmSync(folder, { recursive: true, force: true }),
    tidy() {
      try {
        rmdirSync(folder);
      } catch {
        // it is not there, or not empty
      }
    },
  };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
